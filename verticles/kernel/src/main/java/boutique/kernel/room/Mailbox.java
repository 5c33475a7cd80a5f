package boutique.kernel.room;

import boutique.kernel.Decision.Accepted;
import boutique.kernel.Decision.Declined;
import boutique.kernel.Unavailable;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.VersionConflict;
import boutique.language.Command;
import boutique.language.Context;
import boutique.language.Event;
import boutique.language.Reply;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream at work. While a commit is on its way to the store, further commands wait; then all of
 * them are decided in turn and their events become one commit, so that a hot stream gets cheaper
 * per command. Nobody is answered before what the answer rests on is durable.
 *
 * <p>Runs on its room's event loop alone. The store's expected version is the lock on every event.
 */
final class Mailbox<C extends Command, S, E extends Event> {
  private static final int MOST_WAITING = 20_000;
  private static final int MOST_EVENTS = 512;
  private static final int MOST_CONFLICTS = 20;

  private final StreamId stream;
  private final Room<C, S, E> room;
  private final Histories<S, E> histories;
  private final Told<S> told;
  private final BooleanSupplier certain;
  private final Shelf shelf;
  private final Deque<Waiting<C>> waiting = new ArrayDeque<>();
  private @Nullable History<S> known;
  private boolean busy;
  private int conflicts;
  private boolean left;
  private @Nullable Promise<Void> drained;

  /**
   * A mailbox for one stream.
   *
   * @param certain whether nobody else can have written to the stream: if not, it is read again
   *     before each turn, since an answer without an event is not guarded by the store's lock. It
   *     may be asked on any thread
   * @param shelf where the stream is shown to the whole node
   */
  Mailbox(
      StreamId stream,
      Room<C, S, E> room,
      Histories<S, E> histories,
      Told<S> told,
      BooleanSupplier certain,
      Shelf shelf) {
    this.certain = certain;
    this.shelf = shelf;
    this.stream = stream;
    this.room = room;
    this.histories = histories;
    this.told = told;
  }

  boolean idle() {
    return !busy;
  }

  /** Completed when everything that was put in is answered, and nothing is shown any more. */
  Future<Void> leave() {
    left = true;
    shelf.hide(stream);
    if (!busy) {
      return Future.succeededFuture();
    }
    drained = Promise.promise();
    return drained.future();
  }

  Future<Reply> put(C command, Context context) {
    if (waiting.size() >= MOST_WAITING) {
      return Future.failedFuture(new Unavailable(stream + " has too much to do"));
    }
    return enqueue(new Waiting<>(command, context, Promise.promise()));
  }

  Future<Reply> look(Context context) {
    return known == null || !certain.getAsBoolean()
        ? enqueue(new Waiting<>(null, context, Promise.promise()))
        : Future.succeededFuture(seen(known, context));
  }

  private Future<Reply> enqueue(Waiting<C> next) {
    waiting.add(next);
    if (!busy) {
      work();
    }
    return next.answer.future();
  }

  /** Takes turns until nobody waits, or until the store has to be waited for. */
  private void work() {
    busy = false;
    while (!busy && !waiting.isEmpty()) {
      if (known == null || !certain.getAsBoolean()) {
        read();
      } else {
        take(new Turn(known));
      }
    }
    if (!busy && drained != null) {
      drained.tryComplete();
    }
  }

  private void read() {
    busy = true;
    histories
        .read(stream)
        .onComplete(read -> {
          busy = false;
          if (read.succeeded()) {
            known = shown(read.result());
            take(new Turn(known));
          } else {
            var failing = List.copyOf(waiting);
            waiting.clear();
            failAll(failing, read.cause());
          }
          if (!busy) {
            work();
          }
        });
  }

  private void take(Turn turn) {
    while (!waiting.isEmpty() && turn.events.size() < MOST_EVENTS) {
      turn.take(waiting.remove());
    }
    if (turn.events.isEmpty()) {
      turn.answer();
      return;
    }
    busy = true;
    histories
        .append(new Commit(stream, turn.before.version() + 1, turn.events))
        .onComplete(appended -> {
          if (appended.succeeded()) {
            kept(turn);
          } else {
            lost(turn, appended.cause());
          }
          work();
        });
  }

  private void kept(Turn turn) {
    conflicts = 0;
    known = shown(histories.keepSnapshot(stream, turn.after));
    turn.answer();
    told.tell(turn.happened);
  }

  private void lost(Turn turn, Throwable cause) {
    known = null;
    shelf.hide(stream);
    var again = cause instanceof VersionConflict && ++conflicts < MOST_CONFLICTS;
    if (again) {
      turn.taken.reversed().forEach(waiting::addFirst);
    } else {
      failAll(turn.taken, cause);
    }
  }

  /** Before anybody is answered: so whoever was answered sees at least that. */
  private History<S> shown(History<S> history) {
    if (!left) {
      var face = room.portrait().of(stream, history.state());
      shelf.show(stream, new Reply.Done(history.version(), face), certain);
    }
    return history;
  }

  private Reply.Done seen(History<S> history, Context context) {
    var face = room.portrait().of(stream, history.state(), context.actor());
    return new Reply.Done(history.version(), face);
  }

  /** Whoever would have been refused anyway is told that; what is so already is not refused. */
  private static Reply.Refused stale(long version) {
    return new Reply.Refused(
        "version.stale",
        "It has been changed meanwhile. Read it again, then decide again.",
        Map.of("version", Long.toString(version)));
  }

  private static <C extends Command> void failAll(List<Waiting<C>> failing, Throwable cause) {
    failing.forEach(one -> one.answer.fail(cause));
  }

  /**
   * @param command null for somebody who only looks
   */
  private record Waiting<C>(@Nullable C command, Context context, Promise<Reply> answer) {}

  /** Who hears of what has happened, once it is durable. */
  interface Told<S> {
    void tell(List<Happened<S>> happened);
  }

  record Happened<S>(Recorded recorded, Event event, S after) {}

  /** The commands that become one commit, and what each will be answered. */
  private final class Turn {
    private final History<S> before;
    private final List<Waiting<C>> taken = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private final List<Recorded> events = new ArrayList<>();
    private final List<Happened<S>> happened = new ArrayList<>();
    private History<S> after;

    private Turn(History<S> before) {
      this.before = before;
      this.after = before;
    }

    /** One whose rules break with it is told so alone; the others of its turn go on. */
    private void take(Waiting<C> next) {
      var before = after;
      var kept = events.size();
      try {
        replies.add(reply(next));
        taken.add(next);
      } catch (RuntimeException broken) {
        after = before;
        events.subList(kept, events.size()).clear();
        happened.subList(kept, happened.size()).clear();
        next.answer.fail(broken);
      }
    }

    private Reply reply(Waiting<C> next) {
      if (next.command == null) {
        return seen(after, next.context);
      }
      return switch (room.decider().decide(after.state(), next.command)) {
        case Declined<E>(var because) -> because;
        case Accepted<E>(var accepted)
            when !accepted.isEmpty() && !next.context.allows(stream, after.version()) ->
            stale(after.version());
        case Accepted<E>(var accepted) -> {
          accepted.forEach(event -> happen(event, next.command, next.context));
          yield seen(after, next.context);
        }
      };
    }

    private void happen(E event, C command, Context context) {
      after = after.next(room.decider().evolve(after.state(), event));
      var recorded = Recorded.of(stream, after.version(), event, command.at(), context.settled());
      events.add(recorded);
      happened.add(new Happened<>(recorded, event, after.state()));
    }

    private void answer() {
      for (var i = 0; i < taken.size(); i++) {
        taken.get(i).answer.complete(replies.get(i));
      }
    }
  }
}
