package boutique.users;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.SignIn;
import boutique.language.users.UserCommand.SignUp;
import boutique.language.users.UserEvent;
import boutique.language.users.UserEvent.UserCreated;
import boutique.users.Account.Free;
import boutique.users.Account.Open;

/** The rules of an account. */
public final class AccountDecider implements Decider<UserCommand, Account, UserEvent> {

  @Override
  public Account initial() {
    return new Free();
  }

  @Override
  public Decision<UserEvent> decide(Account account, UserCommand command) {
    return switch (command) {
      case SignUp c -> signUp(account, c);
      case SignIn _ -> accept(); // the password is compared at the door
    };
  }

  @Override
  public Account evolve(Account account, UserEvent event) {
    return switch (event) {
      case UserCreated e -> new Open(e.user());
    };
  }

  private static Decision<UserEvent> signUp(Account account, SignUp c) {
    return switch (account) {
      case Free _ -> accept(new UserCreated(c.user(), c.at()));
      case Open(var user) when user.equals(c.user()) -> accept();
      case Open _ -> refuse("email.taken", "There is an account with this e-mail address.");
    };
  }
}
