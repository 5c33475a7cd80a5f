package boutique.gateway.live;

import boutique.gateway.conventions.Idempotency;
import boutique.gateway.door.TurnedAway;
import boutique.gateway.sessions.Revocations;
import boutique.kernel.Bus;
import boutique.kernel.store.TimeKey;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Page;
import boutique.language.Revoked;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all gateways of a process have in common: which tokens are refused, how many sockets are
 * open, and who was turned away. It must be deployed before them.
 *
 * <p>What was revoked it hears from the other nodes at once, and finds in the store as well: all of
 * it at the start, the latest now and then, in case a word was lost.
 */
public final class Lobby extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Lobby.class);
  private static final String REVOCATIONS = "revocations";
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration SWEEP = Duration.ofHours(1);
  private static final Duration LATEST = Duration.ofMinutes(1);
  private static final int PAGE = 500;

  private final Revocations revocations;
  private final OpenSockets sockets;
  private final Idempotency idempotency;
  private final TurnedAway turnedAway = new TurnedAway();
  private final Views views;
  private final InstantSource clock;
  private final Duration life;

  /**
   * An empty one.
   *
   * @param life of a token
   */
  public Lobby(Duration life, SocketCaps caps, Views views, InstantSource clock) {
    this.revocations = new Revocations(life, clock);
    this.sockets = new OpenSockets(caps);
    this.idempotency = new Idempotency(views, clock);
    this.views = views;
    this.clock = clock;
    this.life = life;
  }

  public Revocations revocations() {
    return revocations;
  }

  public Idempotency idempotency() {
    return idempotency;
  }

  public TurnedAway turnedAway() {
    return turnedAway;
  }

  public int openSockets() {
    return sockets.count();
  }

  OpenSockets sockets() {
    return sockets;
  }

  @Override
  public Future<?> start() {
    return new Bus(vertx)
        .revocations(revocations::add)
        .completion()
        .compose(_ -> readOn(TimeKey.of(clock.instant().minus(life).minus(LATEST))))
        .onSuccess(_ -> {
          vertx.setPeriodic(LOOK.toMillis(), _ -> look());
          vertx.setPeriodic(0, SWEEP.toMillis(), _ -> sweep());
        });
  }

  private void sweep() {
    idempotency
        .sweep()
        .onFailure(failure -> LOG.warn("old answers stay for now: {}", failure.getMessage()));
  }

  private void look() {
    revocations.forgetOld();
    readOn(TimeKey.of(clock.instant().minus(LATEST)))
        .onFailure(failure -> LOG.warn("revocations cannot be read: {}", failure.getMessage()));
  }

  private Future<Void> readOn(String after) {
    return views
        .scan(REVOCATIONS, new Page("", after, false, PAGE))
        .compose(entries -> {
          entries.forEach(entry -> revocations.add(revoked(entry.document())));
          return entries.size() < PAGE ? Future.succeededFuture() : readOn(entries.getLast().key());
        });
  }

  private static Revoked revoked(JsonObject document) {
    return new Revoked(
        document.getString("user"), document.getString("session"), document.getLong("epoch"));
  }
}
