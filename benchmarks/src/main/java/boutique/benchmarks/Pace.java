package boutique.benchmarks;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Lets callers ask when it is time, whatever the answers take, on one event loop. */
final class Pace {
  private static final long PATIENCE_SECONDS = 30;
  private static final Duration REHEARSAL = Duration.ofSeconds(4);

  private final Vertx vertx;
  private final ArrayDeque<Callers.Work> free;
  private final ArrayDeque<Integer> due = new ArrayDeque<>();
  private final long[] nanos;
  private final double perSecond;
  private final CountDownLatch finished;
  private final long start = System.nanoTime();
  private int next;

  private Pace(Vertx vertx, List<? extends Callers.Work> callers, int count, double perSecond) {
    this.vertx = vertx;
    this.free = new ArrayDeque<>(callers);
    this.nanos = new long[count];
    this.perSecond = perSecond;
    this.finished = new CountDownLatch(count);
  }

  /**
   * Within how many milliseconds of when they wanted to ask 99 of 100 had their answer. Rehearsed,
   * for else it is our own compiler that those who ask wait for.
   */
  static double slowest(
      Vertx vertx, List<? extends Callers.Work> callers, double perSecond, Duration time)
      throws InterruptedException {
    kept(vertx, callers, perSecond, REHEARSAL);
    return kept(vertx, callers, perSecond, time);
  }

  private static double kept(
      Vertx vertx, List<? extends Callers.Work> callers, double perSecond, Duration time)
      throws InterruptedException {
    var pace = new Pace(vertx, callers, (int) (perSecond * time.toSeconds()), perSecond);
    vertx.runOnContext(_ -> pace.run());
    if (!pace.finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not keep pace");
    }
    Arrays.sort(pace.nanos);
    return pace.nanos[pace.nanos.length * 99 / 100] / 1e6;
  }

  private void run() {
    vertx.setPeriodic(
        1,
        timer -> {
          var now = Math.min(nanos.length, (int) ((System.nanoTime() - start) / 1e9 * perSecond));
          IntStream.range(next, now).forEach(due::add);
          next = Math.max(next, now);
          serve();
          if (next == nanos.length && due.isEmpty()) {
            vertx.cancelTimer(timer);
          }
        });
  }

  private void serve() {
    while (!due.isEmpty() && !free.isEmpty()) {
      var one = due.remove();
      var caller = free.remove();
      var wanted = start + (long) (one / perSecond * 1e9);
      caller
          .ask()
          .onComplete(answer -> {
            nanos[one] = answer.failed() ? Long.MAX_VALUE : System.nanoTime() - wanted;
            finished.countDown();
            free.add(caller);
            serve();
          });
    }
  }
}
