package boutique.users;

import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.SignIn;
import boutique.language.users.UserCommand.SignUp;
import boutique.language.users.UserFace;
import boutique.users.Vault.Person;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the rules: hashes and compares passwords, and keeps who a person is in the vault.
 */
final class Door implements Desk<UserCommand> {
  private static final Refused WRONG =
      new Refused("credentials.wrong", "The e-mail address or the password is wrong.");

  private final Desk<UserCommand> accounts;
  private final Vault vault;
  private final Passwords passwords;

  Door(Desk<UserCommand> accounts, Vault vault, Passwords passwords) {
    this.accounts = accounts;
    this.vault = vault;
    this.passwords = passwords;
  }

  @Override
  public Future<Reply> handle(UserCommand command, Context context) {
    return switch (command) {
      case SignUp c -> signUp(c, context);
      case SignIn c -> accounts.handle(c, context).compose(reply -> signIn(c, reply));
    };
  }

  /** The vault first: an account without a person would be of no use to anybody. */
  private Future<Reply> signUp(SignUp c, Context context) {
    return passwords
        .hash(c.password())
        .compose(hash -> vault.keep(c.user(), new Person(c.email(), hash)))
        .compose(_ -> accounts.handle(c, context))
        .compose(reply ->
            switch (reply) {
              case Done _ -> Future.succeededFuture(reply);
              case Refused _ -> vault.forget(c.user()).map(reply);
            });
  }

  private Future<Reply> signIn(SignIn c, Reply reply) {
    return reply instanceof Done(var _, UserFace(var user))
        ? vault.find(user).compose(person -> compare(c, reply, person))
        : passwords.matchesNobody(c.password()).map(WRONG);
  }

  private Future<Reply> compare(SignIn c, Reply reply, @Nullable Person person) {
    return person == null
        ? passwords.matchesNobody(c.password()).map(WRONG)
        : passwords.matches(c.password(), person.passwordHash()).map(same -> same ? reply : WRONG);
  }
}
