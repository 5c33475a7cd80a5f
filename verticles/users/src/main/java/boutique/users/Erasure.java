package boutique.users;

import boutique.kernel.mail.Mailer;
import boutique.users.Vault.Mark;
import io.vertx.core.Future;

/**
 * Forgets a person, wherever something of them is kept: mail that was kept here, then the vault.
 * The disk follows with the next {@link Scrubbing}.
 */
final class Erasure {
  private final Vault vault;
  private final Mailer mailer;

  Erasure(Vault vault, Mailer mailer) {
    this.vault = vault;
    this.mailer = mailer;
  }

  /** The vault goes last, because only there stands whose mail it was. */
  Future<Void> of(Mark mark) {
    return vault
        .emails(mark.user())
        .compose(emails -> Future.join(emails.stream().map(mailer::forget).toList()))
        .compose(_ -> vault.erase(mark));
  }
}
