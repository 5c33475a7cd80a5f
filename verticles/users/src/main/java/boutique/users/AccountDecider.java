package boutique.users;

import static boutique.kernel.Decision.accept;

import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.Reply.Refused;
import boutique.language.users.ResetToken;
import boutique.language.users.Role;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.AddAddress;
import boutique.language.users.UserCommand.BlockUser;
import boutique.language.users.UserCommand.ChangeAddress;
import boutique.language.users.UserCommand.ChangePassword;
import boutique.language.users.UserCommand.ChangeProfile;
import boutique.language.users.UserCommand.ChangeRoles;
import boutique.language.users.UserCommand.ConfirmPasswordReset;
import boutique.language.users.UserCommand.Edit;
import boutique.language.users.UserCommand.EndAllSessions;
import boutique.language.users.UserCommand.EraseUser;
import boutique.language.users.UserCommand.Filed;
import boutique.language.users.UserCommand.ImportUser;
import boutique.language.users.UserCommand.ReadPerson;
import boutique.language.users.UserCommand.RemoveAddress;
import boutique.language.users.UserCommand.RequestPasswordReset;
import boutique.language.users.UserCommand.SignIn;
import boutique.language.users.UserCommand.SignUp;
import boutique.language.users.UserCommand.UnblockUser;
import boutique.language.users.UserCommand.UpgradePassword;
import boutique.language.users.UserEvent;
import boutique.language.users.UserEvent.PasswordChanged;
import boutique.language.users.UserEvent.PasswordReset;
import boutique.language.users.UserEvent.PasswordResetRequested;
import boutique.language.users.UserEvent.PersonChanged;
import boutique.language.users.UserEvent.RolesChanged;
import boutique.language.users.UserEvent.SessionsEnded;
import boutique.language.users.UserEvent.UserBlocked;
import boutique.language.users.UserEvent.UserCreated;
import boutique.language.users.UserEvent.UserErased;
import boutique.language.users.UserEvent.UserUnblocked;
import boutique.language.users.UserId;
import boutique.users.Account.Free;
import boutique.users.Account.Open;
import boutique.users.Account.Reset;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of an account. Passwords are compared at the door, before anybody asks here. */
public final class AccountDecider implements Decider<UserCommand, Account, UserEvent> {
  static final Refused WRONG =
      new Refused("credentials.wrong", "The e-mail address or the password is wrong.");
  static final Refused TAKEN =
      new Refused("email.taken", "There is an account with this e-mail address.");
  static final Refused STALE =
      new Refused("person.stale", "Somebody else has changed this meanwhile. Please try again.");

  private static final Refused ERASED =
      new Refused("user.erased", "This account was erased. Please sign up again.");
  private static final Refused NOBODY = new Refused("user.not-found", "There is no such user.");
  private static final Refused INVALID =
      new Refused("reset.invalid", "This link is not valid any more. Please ask for a new one.");
  private static final Refused BLOCKS_SELF =
      new Refused("operator.self", "Operators cannot block themselves.");
  private static final Refused LEAVES =
      new Refused("operator.self", "Operators cannot take this role away from themselves.");
  private static final Refused IN_OFFICE =
      new Refused("operator.in-office", "Another operator has to take the role operator first.");

  @Override
  public Account initial() {
    return new Free(null);
  }

  @Override
  public Decision<UserEvent> decide(Account account, UserCommand command) {
    return switch (command) {
      case SignUp c -> may(account, c);
      case ImportUser c -> may(account, c);
      case UpgradePassword c -> may(account, c);
      case ChangePassword c -> may(account, c);
      case ConfirmPasswordReset c -> may(account, c);
      case BlockUser c -> may(account, c);
      case UnblockUser c -> may(account, c);
      case ChangeProfile c -> may(account, c);
      case AddAddress c -> may(account, c);
      case ChangeAddress c -> may(account, c);
      case RemoveAddress c -> may(account, c);
      case Filed c -> filed(account, c);
      case SignIn _ -> account instanceof Open open && !open.blocked() ? accept() : no(WRONG);
      case ReadPerson c -> owned(account, c.user()) == null ? no(NOBODY) : accept();
      case RequestPasswordReset c -> request(account, c);
      case EndAllSessions c -> endAll(account, c);
      case ChangeRoles c -> changeRoles(account, c);
      case EraseUser c -> erase(account, c);
    };
  }

  @Override
  public Account evolve(Account account, UserEvent event) {
    return switch (event) {
      case UserCreated e -> new Open(e.user(), e.person(), e.roles(), 0, false, null);
      case PersonChanged e -> open(account).with(e.person());
      case PasswordChanged e -> open(account).with(e.person()).from(e.epoch());
      case PasswordResetRequested e -> open(account).with(new Reset(e.tokenHash(), e.expiresAt()));
      case PasswordReset e -> open(account).with(e.person()).from(e.epoch());
      case SessionsEnded e -> open(account).from(e.epoch());
      case UserBlocked e -> open(account).with(e.person()).blocked(true).from(e.epoch());
      case UserUnblocked e -> open(account).with(e.person()).blocked(false);
      case RolesChanged e -> open(account).with(e.roles()).from(e.epoch());
      case UserErased e -> new Free(e.user());
    };
  }

  private static Decision<UserEvent> may(Account account, Edit edit) {
    var obstacle = obstacle(account, edit);
    return obstacle == null ? accept() : no(obstacle);
  }

  /** Why an edit may not be, whatever it makes of the person. */
  private static @Nullable Refused obstacle(Account account, Edit edit) {
    return switch (edit) {
      case SignUp c -> occupied(account, c.user());
      case ImportUser c -> occupied(account, c.user());
      case UpgradePassword c -> missing(account, c.user());
      case ChangePassword c -> missing(account, c.user());
      case ConfirmPasswordReset c -> notReset(account, c.token(), c.at());
      case BlockUser c -> c.by().equals(c.user()) ? BLOCKS_SELF : missing(account, c.user());
      case UnblockUser c -> missing(account, c.user());
      case ChangeProfile c -> missing(account, c.user());
      case AddAddress c -> missing(account, c.user());
      case ChangeAddress c -> missing(account, c.user());
      case RemoveAddress c -> missing(account, c.user());
    };
  }

  private static Decision<UserEvent> filed(Account account, Filed c) {
    var obstacle = obstacle(account, c.edit());
    if (obstacle != null) {
      return no(obstacle);
    }
    return account instanceof Open open ? filed(open, c) : created(c);
  }

  private static Decision<UserEvent> filed(Open open, Filed c) {
    if (!open.person().equals(c.before())) {
      return c.before() == null ? accept() : no(STALE); // a repeated sign-up changes nothing
    }
    var user = open.user();
    var person = c.person();
    var epoch = open.epoch() + 1;
    var at = c.at();
    return switch (c.edit()) {
      case SignUp _, ImportUser _ -> accept();
      case UpgradePassword _ -> accept(new PersonChanged(user, person, at));
      case ChangePassword _ -> accept(new PasswordChanged(user, person, epoch, at));
      case ConfirmPasswordReset _ -> accept(new PasswordReset(user, person, epoch, at));
      case BlockUser e ->
          open.blocked() ? accept() : accept(new UserBlocked(user, person, e.by(), epoch, at));
      case UnblockUser e ->
          open.blocked() ? accept(new UserUnblocked(user, person, e.by(), at)) : accept();
      case ChangeProfile _ -> accept(new PersonChanged(user, person, at));
      case AddAddress _ -> accept(new PersonChanged(user, person, at));
      case ChangeAddress _ -> accept(new PersonChanged(user, person, at));
      case RemoveAddress _ -> accept(new PersonChanged(user, person, at));
    };
  }

  /** Only the first documents of somebody can be filed where nobody is. */
  private static Decision<UserEvent> created(Filed c) {
    return switch (c.edit()) {
      case SignUp e -> accept(new UserCreated(e.user(), c.person(), e.roles(), e.at()));
      case ImportUser e -> accept(new UserCreated(e.user(), c.person(), e.roles(), e.at()));
      case UpgradePassword _,
          ChangePassword _,
          ConfirmPasswordReset _,
          BlockUser _,
          UnblockUser _,
          ChangeProfile _,
          AddAddress _,
          ChangeAddress _,
          RemoveAddress _ ->
          no(NOBODY);
    };
  }

  private static Decision<UserEvent> request(Account account, RequestPasswordReset c) {
    return account instanceof Open open && !open.blocked()
        ? accept(new PasswordResetRequested(open.user(), c.token().hash(), c.expiresAt(), c.at()))
        : no(NOBODY);
  }

  private static Decision<UserEvent> endAll(Account account, EndAllSessions c) {
    var open = owned(account, c.user());
    return open == null
        ? no(NOBODY)
        : accept(new SessionsEnded(open.user(), open.epoch() + 1, c.at()));
  }

  private static Decision<UserEvent> changeRoles(Account account, ChangeRoles c) {
    var open = owned(account, c.user());
    if (open == null) {
      return no(NOBODY);
    }
    if (c.by().equals(c.user()) && !c.roles().contains(Role.OPERATOR)) {
      return no(LEAVES); // so there is always an operator left: the one who asks
    }
    return open.roles().equals(c.roles())
        ? accept()
        : accept(new RolesChanged(open.user(), c.roles(), c.by(), open.epoch() + 1, c.at()));
  }

  private static Decision<UserEvent> erase(Account account, EraseUser c) {
    var open = owned(account, c.user());
    if (open == null) {
      return no(NOBODY);
    }
    return open.roles().contains(Role.OPERATOR)
        ? no(IN_OFFICE)
        : accept(new UserErased(open.user(), open.epoch() + 1, c.at()));
  }

  private static @Nullable Refused occupied(Account account, UserId user) {
    return switch (account) {
      case Free(var erased) -> Objects.equals(erased, user) ? ERASED : null;
      case Open open -> open.user().equals(user) ? null : TAKEN;
    };
  }

  private static @Nullable Refused missing(Account account, UserId user) {
    return owned(account, user) == null ? NOBODY : null;
  }

  private static @Nullable Refused notReset(Account account, ResetToken token, Instant at) {
    var reset = account instanceof Open open ? open.reset() : null;
    return reset != null && reset.allows(token, at) ? null : INVALID;
  }

  private static @Nullable Open owned(Account account, UserId user) {
    return account instanceof Open open && open.user().equals(user) ? open : null;
  }

  /** What happens to an account after it was opened happens to an open one. */
  private static Open open(Account account) {
    return (Open) account;
  }

  private static Decision<UserEvent> no(Refused because) {
    return new Decision.Declined<>(because);
  }
}
