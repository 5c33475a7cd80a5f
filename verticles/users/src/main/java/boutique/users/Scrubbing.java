package boutique.users;

import boutique.kernel.Bus;
import boutique.kernel.mail.Mailer;
import boutique.kernel.store.Views;
import boutique.kernel.sweep.Sweep;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Brings erasures down to the disk: what was deleted can still be read there by whoever gets hold
 * of it. All who were erased since the last round share one, because it costs the same for one as
 * for a hundred; and as each leaves a note in the vault that goes only afterwards, a round that
 * died is made up for as soon as the house is open again.
 */
public final class Scrubbing implements Sweep.Round {
  public static final Duration EVERY = Duration.ofSeconds(5);

  private final Vault vault;
  private final Mailer mailer;

  public Scrubbing(Views views, Mailer mailer) {
    this.vault = new Vault(views);
    this.mailer = mailer;
  }

  @Override
  public Future<?> go(Bus bus) {
    return vault
        .erased()
        .compose(erased ->
            erased.isEmpty()
                ? Future.succeededFuture()
                : vault.scrub().compose(_ -> mailer.scrub()).compose(_ -> vault.scrubbed(erased)));
  }
}
