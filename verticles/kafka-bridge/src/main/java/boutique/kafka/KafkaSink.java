package boutique.kafka;

import static java.util.Map.entry;

import boutique.kernel.Unavailable;
import boutique.kernel.feed.FactSink;
import boutique.kernel.store.Commit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends committed facts to their topics. An event is never in Kafka before an earlier one of its
 * stream has been.
 *
 * <p>Within one producer this holds because it has one request at a time under way to a broker, and
 * repeats that one until it is answered: nothing overtakes, nothing expires. When something fails
 * nevertheless, or the deadline is over, the producer is cut off at once, with everything that it
 * still holds, before it can send what comes behind the failure. So Kafka has, of each stream, a
 * beginning of what was published; and whoever publishes it all again, in the same order, fills it
 * up. Publications are made one after the other, and those that wait behind a failed one fail too,
 * for they may go on with the same streams.
 */
public final class KafkaSink implements FactSink {
  private static final int MOST_WAITING = 16;

  private final Vertx vertx;
  private final KafkaAccess access;
  private final Thread thread;
  private final Queue<Publication> waiting = new ArrayDeque<>();
  private final Promise<Void> ended = Promise.promise();
  private final Set<String> rooms = new HashSet<>();
  private @Nullable Producer<byte[], byte[]> producer;
  private boolean closed;

  public KafkaSink(Vertx vertx, KafkaAccess access) {
    this.vertx = vertx;
    this.access = access;
    this.thread = Thread.ofPlatform().daemon().name("kafka-sink").start(this::run);
  }

  /**
   * Fails with {@link Unavailable} when Kafka has not everything within the deadline: then all of
   * it is to be published again before anything else of these streams is.
   */
  @Override
  public Future<Void> publish(List<Commit> commits) {
    if (commits.isEmpty()) {
      return Future.succeededFuture();
    }
    var publication = new Publication(List.copyOf(commits), new Answer<>(vertx));
    var refusal = offer(publication);
    return refusal == null ? publication.answer.future() : Future.failedFuture(refusal);
  }

  /** Gives up what is on its way. */
  @Override
  public Future<Void> close() {
    synchronized (waiting) {
      closed = true;
    }
    thread.interrupt();
    var answer = new Answer<Void>(vertx);
    ended.future().onSuccess(_ -> answer.give());
    return answer.future();
  }

  private @Nullable Unavailable offer(Publication publication) {
    synchronized (waiting) {
      if (closed) {
        return new Unavailable("the way to Kafka is closed");
      }
      if (waiting.size() >= MOST_WAITING) {
        return new Unavailable("too much waits for Kafka");
      }
      waiting.add(publication);
      waiting.notifyAll();
      return null;
    }
  }

  private void run() {
    try {
      while (true) {
        bring(take());
      }
    } catch (InterruptedException _) {
      // closed
    } finally {
      synchronized (waiting) {
        closed = true;
      }
      failAll(new Unavailable("the way to Kafka is closed"));
      cut();
      ended.complete();
    }
  }

  private Publication take() throws InterruptedException {
    synchronized (waiting) {
      while (waiting.isEmpty()) {
        if (closed) {
          throw new InterruptedException();
        }
        waiting.wait();
      }
      return waiting.remove();
    }
  }

  private void bring(Publication publication) throws InterruptedException {
    try {
      send(publication.commits);
      publication.answer.give();
    } catch (ExecutionException | TimeoutException | RuntimeException failure) {
      cut();
      var unavailable = new Unavailable("Kafka does not take facts: " + reason(failure), failure);
      publication.answer.fail(unavailable);
      failAll(unavailable);
    } catch (InterruptedException closing) {
      publication.answer.fail(new Unavailable("the way to Kafka is closed"));
      throw closing;
    }
  }

  private void send(List<Commit> commits)
      throws InterruptedException, ExecutionException, TimeoutException {
    var deadline = System.nanoTime() + access.deadline().toNanos();
    createTopics(commits, deadline);
    var open = producer();
    var events = commits.stream().map(Commit::events).flatMap(List::stream).toList();
    var delivery = new Delivery(open, events.size());
    try {
      for (var event : events) {
        var _ = open.send(CloudEvents.write(event), delivery);
      }
    } catch (RuntimeException closed) {
      if (!delivery.hasFailed()) {
        throw closed;
      }
    }
    delivery.await(deadline);
  }

  private void createTopics(List<Commit> commits, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    var missing = new TreeSet<String>();
    for (var commit : commits) {
      missing.add(commit.stream().room());
    }
    missing.removeAll(rooms);
    if (missing.isEmpty()) {
      return;
    }
    var admin = Topics.admin(access);
    try {
      Topics.create(admin, missing, access.partitions())
          .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } finally {
      admin.close(Duration.ZERO);
    }
    rooms.addAll(missing);
  }

  private Producer<byte[], byte[]> producer() {
    var open = producer;
    if (open == null) {
      open = open();
      producer = open;
    }
    return open;
  }

  private Producer<byte[], byte[]> open() {
    return open(access);
  }

  /** A producer that keeps the order, and that nobody asks to hurry. */
  static Producer<byte[], byte[]> open(KafkaAccess access) {
    var limit = Math.toIntExact(access.deadline().toMillis());
    return new KafkaProducer<>(
        access.settings(
            Map.ofEntries(
                entry("acks", "all"),
                entry("enable.idempotence", true),
                entry("max.in.flight.requests.per.connection", 1),
                entry("retries", Integer.MAX_VALUE),
                entry("delivery.timeout.ms", Integer.MAX_VALUE),
                entry("request.timeout.ms", limit),
                entry("max.block.ms", limit / 2),
                entry("linger.ms", 1),
                entry("batch.size", 128 << 10),
                entry("max.request.size", Topics.LARGEST_RECORD),
                entry("compression.type", "lz4"))),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Leaves the producer, with everything that it holds, and what we know of topics. */
  private void cut() {
    var interrupted = Thread.interrupted(); // closing a producer is not for the interrupted
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
    rooms.clear();
    if (interrupted) {
      thread.interrupt();
    }
  }

  private String reason(Exception failure) {
    return switch (failure) {
      case TimeoutException _ -> "not within " + access.deadline();
      case ExecutionException wrapped -> String.valueOf(wrapped.getCause());
      default -> failure.toString();
    };
  }

  private void failAll(Unavailable cause) {
    var failed = new ArrayList<Publication>();
    synchronized (waiting) {
      failed.addAll(waiting);
      waiting.clear();
    }
    failed.forEach(publication -> publication.answer.fail(cause));
  }

  private record Publication(List<Commit> commits, Answer<Void> answer) {}

  /** Counts acknowledgements; the first failure ends it, and the producer with it. */
  private static final class Delivery implements Callback {
    private final Producer<?, ?> producer;
    private final AtomicInteger left;
    private final CompletableFuture<Void> arrival = new CompletableFuture<>();

    private Delivery(Producer<?, ?> producer, int records) {
      this.producer = producer;
      this.left = new AtomicInteger(records);
    }

    /** On the producer's own thread: what it has not sent by now it will not send any more. */
    @Override
    public void onCompletion(RecordMetadata place, @Nullable Exception failure) {
      if (failure != null) {
        if (arrival.completeExceptionally(failure)) {
          producer.close(Duration.ZERO);
        }
      } else if (left.decrementAndGet() == 0) {
        arrival.complete(null);
      }
    }

    private boolean hasFailed() {
      return arrival.isCompletedExceptionally();
    }

    private void await(long deadline)
        throws InterruptedException, ExecutionException, TimeoutException {
      arrival.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }
}
