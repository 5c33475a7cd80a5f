package boutique.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * So many callers on as many event loops as the shop's rooms have. Each waits for its answer before
 * it asks again: nobody is faster than the answers.
 */
final class Callers {
  static final int LOOPS = Math.min(4, Runtime.getRuntime().availableProcessors());
  private static final long PATIENCE_SECONDS = 20;

  private final Vertx vertx;
  private final int callers;
  private final Supplier<Work> kind;
  private final AtomicLong loops = new AtomicLong();
  private final LongAdder answered = new LongAdder();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch finished;
  private volatile boolean stopping;

  /** What a caller asks for, again and again. */
  @FunctionalInterface
  interface Work {
    Future<?> ask();
  }

  /**
   * What happened meanwhile.
   *
   * @param cpuMicros of this whole process, the callers included
   * @param counted by how much each counter has grown
   */
  record Load(double answered, double seconds, double cpuMicros, List<Double> counted) {
    Load {
      counted = List.copyOf(counted);
    }

    double perSecond() {
      return answered / seconds;
    }

    /** How much a counter has grown for each answer. */
    double each(int counter) {
      return counted.get(counter) / answered;
    }

    double cpuMicrosEach() {
      return cpuMicros / answered;
    }
  }

  private Callers(Vertx vertx, int callers, Supplier<Work> kind) {
    this.vertx = vertx;
    this.callers = callers;
    this.kind = kind;
    this.finished = new CountDownLatch(callers);
  }

  /** Lets them run for a while, from the first question to the last answer. */
  static Load load(Vertx vertx, int callers, Duration time, Work work, LongSupplier... counters)
      throws Exception {
    return each(vertx, callers, time, () -> work, counters);
  }

  /** The same, when each caller has something of its own to do. */
  static Load each(
      Vertx vertx, int callers, Duration time, Supplier<Work> kind, LongSupplier... counters)
      throws Exception {
    return new Callers(vertx, callers, kind).run(time, counters);
  }

  private Load run(Duration time, LongSupplier... counters) throws Exception {
    var before = read(counters);
    var cpu = cpuNanos();
    var start = System.nanoTime();
    var deployed =
        vertx
            .deployVerticle(Loop::new, new DeploymentOptions().setInstances(LOOPS))
            .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Thread.sleep(time);
    stopping = true;
    if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException("an answer has not come");
    }
    var seconds = (System.nanoTime() - start) / 1e9;
    var cpuMicros = (cpuNanos() - cpu) / 1e3;
    var after = read(counters);
    var grown = new ArrayList<Double>();
    for (var i = 0; i < after.size(); i++) {
      grown.add(after.get(i) - before.get(i));
    }
    vertx.undeploy(deployed).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    var failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a caller got no good answer", failed);
    }
    return new Load(answered.sum(), seconds, cpuMicros, grown);
  }

  /** Its share of the callers. */
  private final class Loop extends VerticleBase {
    @Override
    public Future<?> start() {
      for (var caller = loops.getAndIncrement(); caller < callers; caller += LOOPS) {
        ask(kind.get());
      }
      return Future.succeededFuture();
    }
  }

  private void ask(Work work) {
    if (stopping) {
      finished.countDown();
      return;
    }
    work.ask()
        .onComplete(answer -> {
          if (answer.failed()) {
            failure.compareAndSet(null, answer.cause());
            finished.countDown();
          } else {
            answered.increment();
            ask(work);
          }
        });
  }

  private static List<Double> read(LongSupplier... counters) {
    return Arrays.stream(counters).map(counter -> (double) counter.getAsLong()).toList();
  }

  /** How much processor time this process has used. */
  static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
