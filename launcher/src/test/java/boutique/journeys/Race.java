package boutique.journeys;

import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many at once, each one attempt after the other, as long as anybody answers. */
final class Race {
  static final int RUNNERS = 64;

  private Race() {}

  /** What one of them does. */
  interface Deed {
    void done(int number);
  }

  static Queue<Integer> attempts(int count) {
    return new ConcurrentLinkedQueue<>(IntStream.range(0, count).boxed().toList());
  }

  static void of(Queue<Integer> attempts, Deed deed) throws Exception {
    try (var everybody = Executors.newVirtualThreadPerTaskExecutor()) {
      var racing =
          IntStream.range(0, RUNNERS)
              .<Future<?>>mapToObj(_ -> everybody.submit(() -> run(attempts, deed)))
              .toList();
      for (var one : racing) {
        one.get();
      }
    }
  }

  private static void run(Queue<Integer> attempts, Deed deed) {
    try {
      for (var next = attempts.poll(); next != null; next = attempts.poll()) {
        deed.done(next);
      }
    } catch (UncheckedIOException nobodyAnswers) {
      // the shop is gone
    }
  }
}
