package boutique.payments.books;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;

/** Somebody who takes the same time for each answer, by a clock that nothing else moves. */
final class SlowAnswers implements InstantSource {
  private final Instant begun;
  private final Duration each;
  private final Queue<Open> open = new ArrayDeque<>();
  private Instant now;
  private int asked;
  private int mostAtOnce;

  private record Open(Instant at, Promise<Void> answer) {}

  SlowAnswers(Instant begun, Duration each) {
    this.begun = begun;
    this.each = each;
    this.now = begun;
  }

  @Override
  public Instant instant() {
    return now;
  }

  Future<Void> answer() {
    var answer = Promise.<Void>promise();
    open.add(new Open(now.plus(each), answer));
    asked++;
    mostAtOnce = Math.max(mostAtOnce, open.size());
    return answer.future();
  }

  /** Time goes by until something is done. */
  <T> T until(Future<T> done) {
    while (!done.isComplete()) {
      var next = open.remove();
      now = next.at();
      next.answer().complete();
    }
    return done.result();
  }

  Duration taken() {
    return Duration.between(begun, now);
  }

  int asked() {
    return asked;
  }

  int waiting() {
    return open.size();
  }

  int mostAtOnce() {
    return mostAtOnce;
  }
}
