package boutique.users;

import static boutique.users.Anna.ANNA;
import static boutique.users.Anna.BOTH;
import static boutique.users.Anna.CUSTOMER;
import static boutique.users.Anna.FIRST;
import static boutique.users.Anna.HASH;
import static boutique.users.Anna.NEXT;
import static boutique.users.Anna.NOW;
import static boutique.users.Anna.OPERATOR;
import static boutique.users.Anna.nobody;
import static boutique.users.Anna.signedUp;

import boutique.language.users.Role;
import boutique.language.users.UserCommand.BlockUser;
import boutique.language.users.UserCommand.ChangeRoles;
import boutique.language.users.UserCommand.EraseUser;
import boutique.language.users.UserCommand.Filed;
import boutique.language.users.UserCommand.UnblockUser;
import boutique.language.users.UserEvent.RolesChanged;
import boutique.language.users.UserEvent.UserBlocked;
import boutique.language.users.UserEvent.UserUnblocked;
import boutique.language.users.UserId;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An operator")
class OperatorRulesTest {
  private static final UserBlocked BLOCKED = new UserBlocked(ANNA, NEXT, OPERATOR, 1, NOW);

  @Test
  @DisplayName("blocks somebody, which ends their sessions, and happens once")
  void blocks() {
    signedUp().when(new Filed(block(OPERATOR), FIRST, NEXT)).then(BLOCKED);
    signedUp(BLOCKED).when(new Filed(block(OPERATOR), NEXT, "third")).thenNothing();
    nobody().when(block(OPERATOR)).thenRefused("user.not-found");
  }

  @Test
  @DisplayName("lets somebody in again")
  void unblocks() {
    var unblock = new UnblockUser(HASH, ANNA, OPERATOR, NOW);

    signedUp(BLOCKED)
        .when(new Filed(unblock, NEXT, "third"))
        .then(new UserUnblocked(ANNA, "third", OPERATOR, NOW));
    signedUp().when(new Filed(unblock, FIRST, NEXT)).thenNothing();
  }

  @Test
  @DisplayName("says what somebody may do, which ends their sessions")
  void roles() {
    signedUp().when(roles(BOTH, OPERATOR)).then(new RolesChanged(ANNA, BOTH, OPERATOR, 1, NOW));
    signedUp(BOTH).when(roles(BOTH, OPERATOR)).thenNothing();
    nobody().when(roles(BOTH, OPERATOR)).thenRefused("user.not-found");
  }

  @Test
  @DisplayName("cannot block themselves, nor leave office by themselves: one always remains")
  void self() {
    signedUp(BOTH).when(block(ANNA)).thenRefused("operator.self");
    signedUp(BOTH).when(roles(CUSTOMER, ANNA)).thenRefused("operator.self");
    signedUp(BOTH)
        .when(roles(Set.of(Role.OPERATOR), ANNA))
        .then(new RolesChanged(ANNA, Set.of(Role.OPERATOR), ANNA, 1, NOW));
    signedUp(BOTH)
        .when(new EraseUser(HASH, ANNA, "password", NOW))
        .thenRefused("operator.in-office");
  }

  private static BlockUser block(UserId by) {
    return new BlockUser(HASH, ANNA, by, "a reason", NOW);
  }

  private static ChangeRoles roles(Set<Role> roles, UserId by) {
    return new ChangeRoles(HASH, ANNA, roles, by, NOW);
  }
}
