package boutique.users;

import boutique.kernel.Unavailable;
import boutique.language.users.EmailHash;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Lets those who change one person go one after the other. Nothing would be lost without it, but of
 * many at once all except one would have made their change from a document that does not count any
 * more, and somebody could lose again and again. Whoever has precedence goes before all who wait:
 * so nobody keeps an operator from blocking them by being busy.
 *
 * <p>Runs on its room's event loop alone.
 */
final class Turns {
  static final int MOST_WAITING = 100;

  private final Map<EmailHash, Line> lines = new HashMap<>();

  private record Line(Queue<Runnable> ahead, Queue<Runnable> waiting) {}

  /** Does it when it is its turn. */
  <T> Future<T> take(EmailHash account, Supplier<Future<T>> work) {
    var line = lines.get(account);
    return line == null ? begin(account, work) : enqueue(account, line.waiting, work);
  }

  /** Does it next. */
  <T> Future<T> takeFirst(EmailHash account, Supplier<Future<T>> work) {
    var line = lines.get(account);
    return line == null ? begin(account, work) : enqueue(account, line.ahead, work);
  }

  private <T> Future<T> begin(EmailHash account, Supplier<Future<T>> work) {
    lines.put(account, new Line(new ArrayDeque<>(), new ArrayDeque<>()));
    return go(account, work);
  }

  private <T> Future<T> enqueue(
      EmailHash account, Queue<Runnable> where, Supplier<Future<T>> work) {
    if (where.size() >= MOST_WAITING) {
      return Future.failedFuture(new Unavailable("too many change one person at once"));
    }
    var done = Promise.<T>promise();
    where.add(() -> go(account, work).onComplete(done));
    return done.future();
  }

  private <T> Future<T> go(EmailHash account, Supplier<Future<T>> work) {
    Future<T> going;
    try {
      going = work.get();
    } catch (RuntimeException broken) {
      going = Future.failedFuture(broken);
    }
    return going.onComplete(_ -> next(account));
  }

  private void next(EmailHash account) {
    var line = lines.get(account);
    if (line == null) {
      return;
    }
    var next = line.ahead.isEmpty() ? line.waiting.poll() : line.ahead.poll();
    if (next == null) {
      lines.remove(account);
    } else {
      next.run();
    }
  }
}
