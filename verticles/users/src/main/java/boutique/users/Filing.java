package boutique.users;

import boutique.kernel.Unavailable;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.users.EmailHash;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.Edit;
import boutique.language.users.UserCommand.Filed;
import boutique.language.users.UserFace;
import boutique.language.users.UserId;
import boutique.users.Outcome.Becomes;
import boutique.users.Outcome.Not;
import boutique.users.Vault.Mark;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the vault and an account change together: the new document is written beside the old one,
 * then the account's rules decide whether it counts, then whichever does not is deleted. Dies the
 * process in between, the account's stream has said it or it has not. Those who change one person
 * go in turn; only where the account was until now can somebody be quicker yet.
 */
final class Filing {
  private static final Logger LOG = LoggerFactory.getLogger(Filing.class);
  private static final int MOST_ATTEMPTS = 10;

  private final Desk<UserCommand> accounts;
  private final Vault vault;
  private final Turns turns = new Turns();

  Filing(Desk<UserCommand> accounts, Vault vault) {
    this.accounts = accounts;
    this.vault = vault;
  }

  /** What to make of the person as it is now. Asked again when somebody else was quicker. */
  interface Change extends Function<Person, Future<Outcome>> {}

  /** The first document of somebody. */
  Future<Reply> open(Edit edit, UserId user, Person person, Context context) {
    return file(new Mark(user, id(), edit.hash(), null, edit.at()), edit, person, context);
  }

  /** Makes something else of the person who has the account. */
  <C extends UserCommand & Edit> Future<Reply> edit(C edit, Context context, Change change) {
    return turns.take(edit.hash(), () -> filed(edit, context, change));
  }

  /** The same for an operator, who does not wait until the person has done all they want to do. */
  <C extends UserCommand & Edit> Future<Reply> editFirst(C edit, Context context, Change change) {
    return turns.takeFirst(edit.hash(), () -> filed(edit, context, change));
  }

  /** Asks in turn: so what is told of the person is not told any more when they are gone. */
  Future<Reply> askInTurn(
      UserCommand command, Context context, Function<Known, Future<Reply>> then) {
    return turns.take(command.hash(), () -> ask(command, context, then));
  }

  /** Does what leaves nothing to change for those who wait. */
  Future<Reply> end(EmailHash account, Supplier<Future<Reply>> work) {
    return turns.takeFirst(account, work);
  }

  private <C extends UserCommand & Edit> Future<Reply> filed(
      C edit, Context context, Change change) {
    return ask(edit, context, known -> changed(edit, context, change, known));
  }

  /** Asks the rules, and goes on with the person that counts; again, when it changes meanwhile. */
  Future<Reply> ask(UserCommand command, Context context, Function<Known, Future<Reply>> then) {
    return ask(command, context, then, MOST_ATTEMPTS);
  }

  /** A person, at one version of the account. */
  record Known(long version, UserFace face, Person person) {
    Done done() {
      return new Done(version, face);
    }

    Done shown() {
      return new Done(version, person.face(face));
    }
  }

  private Future<Reply> ask(
      UserCommand command, Context context, Function<Known, Future<Reply>> then, int attempts) {
    if (attempts == 0) {
      return Future.failedFuture(new Unavailable("too many change one person at once"));
    }
    return accounts
        .handle(command, context)
        .compose(reply ->
            reply instanceof Done(var version, UserFace face)
                ? person(version, face, then)
                : Future.succeededFuture(reply))
        .compose(reply ->
            reply.equals(AccountDecider.STALE)
                ? ask(command, context, then, attempts - 1)
                : Future.succeededFuture(reply));
  }

  private Future<Reply> person(long version, UserFace face, Function<Known, Future<Reply>> then) {
    return vault
        .find(face.user(), face.person())
        .compose(person ->
            person == null
                ? Future.succeededFuture(AccountDecider.STALE)
                : then.apply(new Known(version, face, person)));
  }

  private Future<Reply> changed(Edit edit, Context context, Change change, Known known) {
    return change
        .apply(known.person())
        .compose(outcome ->
            switch (outcome) {
              case Not(var because) -> Future.succeededFuture(because);
              case Becomes(var same) when same.equals(known.person()) ->
                  Future.succeededFuture(known.done());
              case Becomes(var person) ->
                  file(mark(edit.hash(), known.face(), edit), edit, person, context);
            });
  }

  private static Mark mark(EmailHash hash, UserFace face, Edit edit) {
    return new Mark(face.user(), id(), hash, face.person(), edit.at());
  }

  private Future<Reply> file(Mark mark, Edit edit, Person person, Context context) {
    return vault
        .keep(mark, person)
        .compose(_ -> accounts.handle(new Filed(edit, mark.before(), mark.person()), context))
        .compose(reply -> tidied(mark, reply).map(reply));
  }

  /** What cannot be deleted now is deleted by the sweep: its mark is still there. */
  private Future<Void> tidied(Mark mark, Reply reply) {
    return settled(mark, reply)
        .recover(failure -> {
          LOG.warn("a document of {} is left for later: {}", mark.user(), failure.getMessage());
          return Future.succeededFuture();
        });
  }

  /** Whose first document is refused has no account, and stays nobody. */
  private Future<Void> settled(Mark mark, Reply reply) {
    return switch (reply) {
      case Done(var _, UserFace face) when face.person().equals(mark.person()) ->
          vault.settle(mark);
      case Refused _ when mark.before() == null -> vault.forget(mark);
      case Done _, Refused _ -> vault.withdraw(mark);
    };
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }
}
