package boutique.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.backends.embedded.SimulatedProvider;
import boutique.backends.embedded.SimulatedWallets;
import boutique.gateway.Contract;
import boutique.gateway.GatewayVerticle;
import boutique.gateway.live.Lobby;
import boutique.gateway.routes.Overheard;
import boutique.gateway.sessions.Secret;
import boutique.gateway.sessions.SigningKeys;
import boutique.journeys.House;
import boutique.kernel.limits.Limits;
import boutique.kernel.payment.ShopMark;
import boutique.language.codec.RecordCodec;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The gateway's instances")
class GatewaysTest {
  private static final int INSTANCES = 3;

  @TempDir Path data;

  @Test
  @DisplayName("serve on event loops of their own, although they read one contract together")
  void serveOnLoopsOfTheirOwn() throws Exception {
    var vertx = Vertx.vertx();
    RecordCodec.register(vertx.eventBus());
    var database = RocksDatabase.open(data);
    var config =
        ConfigSources.read(
            House.root(), Map.of(), List.of("--data", data.toString(), "--port", "0"));
    var views = new RocksViews(database);
    var clock = Clock.systemUTC();
    var lobby = new Lobby(config.accessLife(), config.socketCaps(), views, clock);
    var contract = new Contract(vertx);
    var key = new Secret("a key for nobody but this one test".getBytes(UTF_8));
    var settings =
        new GatewayVerticle.Settings(
            config.frontDoor(House.root().resolve("webroot")),
            config.paymentWindow(),
            false,
            config.accessLife(),
            new SigningKeys(key, null),
            key,
            List.of(),
            new Overheard(new ShopMark("ours")),
            new SimulatedProvider(vertx, views, clock, Duration.ZERO, () -> false));
    Set<Thread> serving = ConcurrentHashMap.newKeySet();

    vertx
        .deployVerticle(lobby)
        .compose(_ ->
            vertx.deployVerticle(
                () ->
                    new GatewayVerticle(
                        settings,
                        contract,
                        lobby,
                        views,
                        Limits.NONE,
                        new SimulatedWallets(views),
                        clock,
                        () -> true,
                        _ -> serving.add(Thread.currentThread())),
                new DeploymentOptions().setInstances(INSTANCES)))
        .await();

    assertThat(serving).hasSize(INSTANCES);
    vertx.close().eventually(database::close).await();
  }
}
