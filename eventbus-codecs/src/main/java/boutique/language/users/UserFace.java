package boutique.language.users;

import boutique.language.Face;
import java.util.Set;

/**
 * Whose account it is, and what they may do. Who that is stands in the vault.
 *
 * @param hash the name of the account's stream
 * @param epoch how often all sessions of the account were ended: one that is older has ended
 * @param person which document of the vault counts
 */
public record UserFace(
    UserId user, EmailHash hash, Set<Role> roles, long epoch, boolean blocked, String person)
    implements Face {
  public UserFace {
    roles = Role.set(roles);
  }
}
