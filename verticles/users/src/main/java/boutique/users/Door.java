package boutique.users;

import boutique.kernel.Unavailable;
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
import boutique.language.users.UserFace;
import boutique.users.Filing.Change;
import boutique.users.Outcome.Becomes;
import boutique.users.Outcome.Not;
import boutique.users.Vault.Mark;
import io.vertx.core.Future;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the rules: hashes and compares passwords, and keeps who a person is in the vault.
 */
final class Door implements Desk<UserCommand> {
  private static final Refused NOT_THIS =
      new Refused("password.wrong", "This is not your password.");

  private final Desk<UserCommand> accounts;
  private final Vault vault;
  private final Filing filing;
  private final Passwords passwords;

  Door(Desk<UserCommand> accounts, Vault vault, Passwords passwords) {
    this.accounts = accounts;
    this.vault = vault;
    this.filing = new Filing(accounts, vault);
    this.passwords = passwords;
  }

  @Override
  public Future<Reply> handle(UserCommand command, Context context) {
    return switch (command) {
      case SignUp c -> signUp(c, context);
      case ImportUser c ->
          filing.open(
              c, c.user(), Person.known(c.hash(), c.email(), c.passwordHash(), c.at()), context);
      case SignIn c -> signIn(c, context);
      case ChangePassword c -> changePassword(c, context);
      case ConfirmPasswordReset c -> filing.edit(c, context, toPassword(c.password()));
      case BlockUser c -> filing.edit(c, context, to(person -> person.blocked(c.reason())));
      case UnblockUser c -> filing.edit(c, context, to(person -> person.blocked(null)));
      case ChangeProfile c -> shown(c, context, to(person -> person.with(c.profile())));
      case AddAddress c ->
          shown(
              c,
              context,
              person ->
                  Future.succeededFuture(AddressBook.add(person, c.address(), c.asDefault())));
      case ChangeAddress c ->
          shown(
              c,
              context,
              person ->
                  Future.succeededFuture(AddressBook.change(person, c.address(), c.asDefault())));
      case RemoveAddress c ->
          shown(
              c,
              context,
              person -> Future.succeededFuture(AddressBook.remove(person, c.address())));
      case ReadPerson c -> read(c, context);
      case EraseUser c -> erase(c, context);
      case UpgradePassword _, Filed _, RequestPasswordReset _, EndAllSessions _, ChangeRoles _ ->
          accounts.handle(command, context);
    };
  }

  private Future<Reply> signUp(SignUp c, Context context) {
    return accounts
        .handle(c, context)
        .compose(reply ->
            switch (reply) {
              case Done _ ->
                  passwords
                      .hash(c.password())
                      .map(hash -> Person.known(c.hash(), c.email(), hash, c.at()))
                      .compose(person -> filing.open(c, c.user(), person, context));
              case Refused _ -> Future.succeededFuture(reply);
            });
  }

  private Future<Reply> signIn(SignIn c, Context context) {
    return accounts
        .handle(c, context)
        .compose(reply ->
            reply instanceof Done(var _, UserFace face)
                ? filing.person(face).compose(person -> compare(c, reply, person))
                : passwords.matchesNobody(c.password()).map(AccountDecider.WRONG));
  }

  private Future<Reply> compare(SignIn c, Reply reply, @Nullable Person person) {
    return person == null
        ? Future.failedFuture(new Unavailable("the person changes in this moment"))
        : passwords
            .matches(c.password(), person.passwordHash())
            .map(same -> same ? reply : AccountDecider.WRONG);
  }

  private Future<Reply> changePassword(ChangePassword c, Context context) {
    return filing.edit(
        c,
        context,
        person ->
            passwords
                .matches(c.current(), person.passwordHash())
                .compose(same ->
                    same
                        ? toPassword(c.password()).apply(person)
                        : Future.succeededFuture(new Not(NOT_THIS))));
  }

  /** Answered with the person, because that is what was changed. */
  private <C extends UserCommand & Edit> Future<Reply> shown(
      C edit, Context context, Change change) {
    return filing.edit(edit, context, change).compose(this::show);
  }

  private Future<Reply> read(ReadPerson c, Context context) {
    return accounts.handle(c, context).compose(this::show);
  }

  private Future<Reply> show(Reply reply) {
    return reply instanceof Done(var version, UserFace face)
        ? filing
            .person(face)
            .compose(person ->
                person == null
                    ? Future.failedFuture(new Unavailable("the person changes in this moment"))
                    : Future.succeededFuture(new Done(version, person.face(face))))
        : Future.succeededFuture(reply);
  }

  private Future<Reply> erase(EraseUser c, Context context) {
    var mark = new Mark(c.user(), "erased", c.hash(), null, c.at());
    return accounts
        .handle(new ReadPerson(c.hash(), c.user(), c.at()), context)
        .compose(reply ->
            reply instanceof Done(var _, UserFace face)
                ? filing.person(face).compose(person -> confirmed(c, reply, person))
                : Future.succeededFuture(reply))
        .compose(reply ->
            reply instanceof Done
                ? vault.mark(mark).compose(_ -> erase(c, mark, context))
                : Future.succeededFuture(reply));
  }

  private Future<Reply> confirmed(EraseUser c, Reply reply, @Nullable Person person) {
    return person == null
        ? Future.failedFuture(new Unavailable("the person changes in this moment"))
        : passwords
            .matches(c.password(), person.passwordHash())
            .map(same -> same ? reply : NOT_THIS);
  }

  private Future<Reply> erase(EraseUser c, Mark mark, Context context) {
    return accounts
        .handle(c, context)
        .compose(reply ->
            (reply instanceof Done ? vault.forget(mark) : vault.withdraw(mark)).map(reply));
  }

  private Change toPassword(String password) {
    return person -> passwords.hash(password).map(hash -> new Becomes(person.withPassword(hash)));
  }

  private static Change to(UnaryOperator<Person> change) {
    return person -> Future.succeededFuture(new Becomes(change.apply(person)));
  }
}
