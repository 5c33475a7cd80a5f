package boutique.launcher;

import boutique.backends.embedded.DataUnusable;
import boutique.backends.embedded.LocalLimits;
import boutique.backends.embedded.LocalTimers;
import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.backends.embedded.SimulatedProvider;
import boutique.backends.embedded.SimulatedWallets;
import boutique.gateway.Contract;
import boutique.gateway.GatewayVerticle;
import boutique.gateway.live.Lobby;
import boutique.gateway.routes.Overheard;
import boutique.journeys.House;
import boutique.kernel.limits.Limits;
import boutique.kernel.payment.ShopMark;
import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.StreamId;
import boutique.language.codec.RecordCodec;
import boutique.language.sessions.SessionEnd;
import boutique.language.sessions.SessionEvent.SessionEnded;
import boutique.language.sessions.SessionId;
import boutique.language.users.UserId;
import boutique.ops.Metrics;
import boutique.users.RevocationBook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A shop with two gateways, each with all that a process has for itself, over one store and one
 * bus: as two nodes have them.
 */
public final class TwoDoors implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final InstantSource clock = Clock.systemUTC();
  private final AtomicInteger port = new AtomicInteger();
  private final RocksDatabase database;
  private final RocksViews views;
  private final Deployment deployment;

  private TwoDoors(Config config) throws DataUnusable {
    RecordCodec.register(vertx.eventBus());
    var keys = Keys.in(config.data(), config.sessionKey(), config.previousSessionKey());
    database = RocksDatabase.open(config.data());
    views = new RocksViews(database);
    deployment =
        new Deployment(
            vertx,
            new RocksEventStore(database),
            views,
            new LocalLimits(1, System::nanoTime),
            new LocalTimers(),
            new RocksFactLog(database),
            clock,
            keys,
            database::healthy,
            new Metrics());
    deployment
        .open(config, House.root(), new PrintStream(OutputStream.nullOutputStream()))
        .compose(_ -> another(config, keys))
        .await();
  }

  /** An empty one without limits, at free ports. */
  public static TwoDoors open(Path data, String... flags) throws DataUnusable {
    var all = new ArrayList<>(List.of("--data", data.toString(), "--port", "0"));
    all.addAll(List.of("--no-demo", "--no-kafka", "--limits.enabled=false"));
    all.addAll(List.of(flags));
    return new TwoDoors(ConfigSources.read(House.root(), Map.of(), all));
  }

  public URI first() {
    return URI.create("http://localhost:" + deployment.port());
  }

  public URI second() {
    return URI.create("http://localhost:" + port.get());
  }

  /** Writes into the book that a session is over, and tells nobody. */
  public void noteEnd(String user, String session) {
    var at = clock.instant();
    var ended =
        new SessionEnded(new SessionId(session), new UserId(user), SessionEnd.SIGNED_OUT, at);
    var fact =
        Recorded.of(
            new StreamId("sessions", session), 2, ended, at, new Context("test", null, user));
    new RevocationBook(views, clock).hear(fact).await();
  }

  @Override
  public void close() {
    deployment.close().eventually(vertx::close).eventually(database::close).await();
  }

  private Future<?> another(Config config, Keys keys) {
    var lobby = new Lobby(config.accessLife(), config.socketCaps(), views, clock);
    var settings =
        new GatewayVerticle.Settings(
            config.frontDoor(House.root().resolve("webroot")),
            config.paymentWindow(),
            config.hostCookies(),
            config.accessLife(),
            keys.session(),
            keys.email(),
            config.webhookSecrets(),
            new Overheard(new ShopMark("ours")),
            new SimulatedProvider(vertx, views, clock, Duration.ZERO, () -> false));
    var gateway =
        new GatewayVerticle(
            settings,
            new Contract(vertx),
            lobby,
            views,
            Limits.NONE,
            new SimulatedWallets(views),
            clock,
            () -> true,
            port::set);
    return vertx.deployVerticle(lobby).compose(_ -> vertx.deployVerticle(gateway));
  }
}
