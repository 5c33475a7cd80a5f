package boutique.users;

import boutique.kernel.mail.Mailer;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
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
import boutique.users.Filing.Known;
import boutique.users.Outcome.Becomes;
import boutique.users.Vault.Mark;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Stands before the rules: has passwords hashed and compared, and keeps who a person is in the
 * vault.
 */
final class Door implements Desk<UserCommand> {
  private static final Refused BUSY =
      new Refused(
          "rate.limited",
          "Too many sign in at this moment. Please try again soon.",
          Map.of("retryAfter", "1"));

  private final Desk<UserCommand> accounts;
  private final Vault vault;
  private final Erasure erasure;
  private final Filing filing;
  private final Credentials credentials;

  Door(
      Desk<UserCommand> accounts,
      Vault vault,
      Passwords passwords,
      Refusals refusals,
      Mailer mailer,
      Supplier<String> publicUrl) {
    this.accounts = accounts;
    this.vault = vault;
    this.erasure = new Erasure(vault, mailer);
    this.filing = new Filing(accounts, vault);
    this.credentials = new Credentials(accounts, filing, passwords, refusals, mailer, publicUrl);
  }

  @Override
  public Future<Reply> handle(UserCommand command, Context context) {
    return answer(command, context)
        .recover(failure ->
            failure instanceof Passwords.Full
                ? Future.succeededFuture(BUSY)
                : Future.failedFuture(failure));
  }

  private Future<Reply> answer(UserCommand command, Context context) {
    return switch (command) {
      case SignUp c -> credentials.signUp(c, context);
      case ImportUser c -> credentials.take(c, context);
      case SignIn c -> credentials.signIn(c, context);
      case ChangePassword c -> credentials.change(c, context);
      case RequestPasswordReset c -> credentials.mailReset(c, context);
      case ConfirmPasswordReset c -> credentials.reset(c, context);
      case BlockUser c -> rule(c, context, person -> person.blocked(c.reason()));
      case UnblockUser c -> rule(c, context, person -> person.blocked(null));
      case ReadPerson c -> show(c, context);
      case ChangeProfile c -> shown(c, context, person -> new Becomes(person.with(c.profile())));
      case AddAddress c ->
          shown(c, context, person -> AddressBook.add(person, c.address(), c.asDefault()));
      case ChangeAddress c ->
          shown(c, context, person -> AddressBook.change(person, c.address(), c.asDefault()));
      case RemoveAddress c -> shown(c, context, person -> AddressBook.remove(person, c.address()));
      case EraseUser c -> erase(c, context);
      case UpgradePassword _, Filed _, EndAllSessions _, ChangeRoles _ ->
          accounts.handle(command, context);
    };
  }

  /** What an operator does to a person. */
  private <C extends UserCommand & Edit> Future<Reply> rule(
      C edit, Context context, Function<Person, Person> change) {
    return filing.editFirst(
        edit, context, person -> Future.succeededFuture(new Becomes(change.apply(person))));
  }

  /** Answered with the person, because that is what was changed. */
  private <C extends UserCommand & Edit> Future<Reply> shown(
      C edit, Context context, Function<Person, Outcome> change) {
    return filing
        .edit(edit, context, person -> Future.succeededFuture(change.apply(person)))
        .compose(reply ->
            switch (reply) {
              case Done _ -> show(edit, context);
              case Refused _ -> Future.succeededFuture(reply);
            });
  }

  private Future<Reply> show(UserCommand of, Context context) {
    return filing.ask(of, context, known -> Future.succeededFuture(known.shown()));
  }

  /** The mark is written before the account is closed: so nothing of the person stays for ever. */
  private Future<Reply> erase(EraseUser c, Context context) {
    var mark = new Mark(c.user(), "erased", c.hash(), null, c.at());
    Function<Known, Future<Reply>> confirm = known -> credentials.confirm(c.password(), known);
    return filing
        .ask(new ReadPerson(c.hash(), c.user(), c.at()), context, confirm)
        .compose(reply ->
            reply instanceof Done
                ? vault.mark(mark).compose(_ -> filing.end(c.hash(), () -> erase(c, mark, context)))
                : Future.succeededFuture(reply));
  }

  private Future<Reply> erase(EraseUser c, Mark mark, Context context) {
    return accounts
        .handle(c, context)
        .compose(
            reply -> (reply instanceof Done ? erasure.of(mark) : vault.withdraw(mark)).map(reply));
  }
}
