package boutique.gateway.sessions;

import boutique.language.sessions.SessionId;
import boutique.language.users.EmailHash;
import boutique.language.users.Role;
import boutique.language.users.UserId;
import java.util.Set;

/**
 * Who is at the other end, and until when that is certain.
 *
 * @param account where the account is found
 * @param epoch of the account, when the session began
 */
public record Session(
    UserId user,
    EmailHash account,
    SessionId sid,
    long epoch,
    Set<Role> roles,
    long expiresAtSeconds) {
  public Session {
    roles = Role.set(roles);
  }
}
