package boutique.kernel.sweep;

import boutique.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes its rounds, one at a time, the first at once. A round that fails is made up for by the next:
 * whatever it is about is in the store.
 */
public final class Sweep extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final String what;
  private final Duration every;
  private final Round round;
  private boolean sweeping;

  /** One time through everything. */
  @FunctionalInterface
  public interface Round {
    Future<?> go(Bus bus);
  }

  /**
   * Sweeps when it is deployed.
   *
   * @param what is swept, for people
   */
  public Sweep(String what, Duration every, Round round) {
    this.what = what;
    this.every = every;
    this.round = round;
  }

  @Override
  public Future<?> start() {
    var bus = new Bus(vertx);
    vertx.setPeriodic(0, every.toMillis(), _ -> sweep(bus));
    return Future.succeededFuture();
  }

  private void sweep(Bus bus) {
    if (sweeping) {
      return;
    }
    sweeping = true;
    round
        .go(bus)
        .onFailure(failure -> LOG.warn("{} are swept later: {}", what, failure.getMessage()))
        .onComplete(_ -> sweeping = false);
  }
}
