package boutique.users;

import boutique.kernel.mail.Mailer;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.ChangePassword;
import boutique.language.users.UserCommand.ConfirmPasswordReset;
import boutique.language.users.UserCommand.ImportUser;
import boutique.language.users.UserCommand.RequestPasswordReset;
import boutique.language.users.UserCommand.SignIn;
import boutique.language.users.UserCommand.SignUp;
import boutique.language.users.UserCommand.UpgradePassword;
import boutique.language.users.UserFace;
import boutique.users.Filing.Change;
import boutique.users.Filing.Known;
import boutique.users.Outcome.Becomes;
import boutique.users.Outcome.Not;
import boutique.users.Refusals.Attempt;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How people show that they are who they say. Whether an address is known, its account blocked or
 * the password wrong, the answer is the same, what it costs, and when it is told.
 */
final class Credentials {
  static final Refused NOT_THIS =
      new Refused("password.wrong", "This is not your current password.");

  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
  private static final Refused UNREADABLE =
      new Refused("password.unreadable", "No such hash of a password can be read here.");

  private final Desk<UserCommand> accounts;
  private final Filing filing;
  private final Passwords passwords;
  private final Refusals refusals;
  private final Mailer mailer;
  private final Supplier<String> publicUrl;

  Credentials(
      Desk<UserCommand> accounts,
      Filing filing,
      Passwords passwords,
      Refusals refusals,
      Mailer mailer,
      Supplier<String> publicUrl) {
    this.accounts = accounts;
    this.filing = filing;
    this.passwords = passwords;
    this.refusals = refusals;
    this.mailer = mailer;
    this.publicUrl = publicUrl;
  }

  /**
   * A hash is made whether the address is free or not. Whoever says a sign-up again comes in as
   * they would by signing in.
   */
  Future<Reply> signUp(SignUp c, Context context) {
    return accounts
        .handle(c, context)
        .compose(reply ->
            switch (reply) {
              case Done(var _, UserFace _) ->
                  signIn(new SignIn(c.hash(), c.password(), c.at()), context)
                      .map(again ->
                          again.equals(AccountDecider.WRONG) ? AccountDecider.TAKEN : again);
              case Done _ ->
                  passwords
                      .hash(c.password())
                      .map(hash -> Person.known(c.hash(), c.email(), hash, c.at()))
                      .compose(person -> filing.open(c, c.user(), person, context));
              case Refused _ -> passwords.hash(c.password()).map(reply);
            });
  }

  Future<Reply> take(ImportUser c, Context context) {
    return Passwords.readable(c.passwordHash())
        ? filing.open(
            c, c.user(), Person.known(c.hash(), c.email(), c.passwordHash(), c.at()), context)
        : Future.succeededFuture(UNREADABLE);
  }

  Future<Reply> signIn(SignIn c, Context context) {
    var attempt = refusals.begin();
    return filing
        .ask(c, context, known -> compare(c, context, known, attempt))
        .compose(reply ->
            reply.equals(AccountDecider.WRONG)
                ? passwords.matchesNobody(c.password(), attempt::waited).map(reply)
                : Future.succeededFuture(reply))
        .compose(reply ->
            switch (reply) {
              case Done _ -> Future.succeededFuture(reply);
              case Refused because ->
                  attempt.told(because.equals(NOT_THIS) ? AccountDecider.WRONG : because);
            });
  }

  Future<Reply> change(ChangePassword c, Context context) {
    return filing.edit(
        c,
        context,
        person ->
            passwords
                .matches(c.current(), person.passwordHash())
                .compose(same ->
                    same
                        ? becomes(c.password()).apply(person)
                        : Future.succeededFuture(new Not(NOT_THIS))));
  }

  Future<Reply> mailReset(RequestPasswordReset c, Context context) {
    return filing.askInTurn(
        c,
        context,
        known ->
            mailer
                .send(ResetMail.of(known.person().email(), c.token(), publicUrl.get()))
                .map(known.done()));
  }

  Future<Reply> reset(ConfirmPasswordReset c, Context context) {
    return filing.edit(c, context, becomes(c.password()));
  }

  /** Whether it is their password, of somebody who has an account. */
  Future<Reply> confirm(String password, Known known) {
    return passwords
        .matches(password, known.person().passwordHash())
        .map(same -> same ? known.done() : NOT_THIS);
  }

  private Future<Reply> compare(SignIn c, Context context, Known known, Attempt attempt) {
    var hash = known.person().passwordHash();
    return passwords
        .matches(c.password(), hash, attempt::waited)
        .compose(same -> {
          if (!same) {
            return Future.succeededFuture(NOT_THIS);
          }
          return Passwords.upToDate(hash)
              ? Future.succeededFuture(known.done())
              : upgrade(c, context, known).map(known.done());
        });
  }

  /** A password is only ever known here, so this is when its hash can be made a better one. */
  private Future<Void> upgrade(SignIn c, Context context, Known known) {
    var old = known.person().passwordHash();
    var upgrade = new UpgradePassword(c.hash(), known.face().user(), c.at());
    return filing
        .edit(
            upgrade,
            context,
            person ->
                person.passwordHash().equals(old)
                    ? becomes(c.password()).apply(person)
                    : Future.succeededFuture(new Becomes(person)))
        .<Void>mapEmpty()
        .recover(failure -> {
          LOG.warn("a hash of {} is upgraded later: {}", upgrade.user(), failure.getMessage());
          return Future.succeededFuture();
        });
  }

  private Change becomes(String password) {
    return person -> passwords.hash(password).map(hash -> new Becomes(person.withPassword(hash)));
  }
}
