package boutique.users;

import boutique.kernel.mail.Mail;
import boutique.language.users.ResetToken;

/**
 * Brings the token to whoever has forgotten the password. The address of the shop comes from its
 * configuration: a request could name any host, and would send people there.
 */
final class ResetMail {
  private static final String TEXT =
      """
      Somebody has asked for a new password for your account at The Boutique.

      If it was you, choose one here within 30 minutes:

      {link}

      If it was not you, there is nothing to do: your password stays as it is.
      """;
  private static final String HTML =
      """
      <p>Somebody has asked for a new password for your account at The Boutique.</p>
      <p>If it was you, <a href="{link}">choose one</a> within 30 minutes.</p>
      <p>If it was not you, there is nothing to do: your password stays as it is.</p>
      """;

  private ResetMail() {}

  /** The token stands behind the #, which browsers keep to themselves. */
  static Mail of(String email, ResetToken token, String publicUrl) {
    var link = publicUrl + "/#/reset=" + token.value();
    return new Mail(
        email, "A new password", TEXT.replace("{link}", link), HTML.replace("{link}", link));
  }
}
