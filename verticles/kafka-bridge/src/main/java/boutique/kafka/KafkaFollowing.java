package boutique.kafka;

import static java.util.Map.entry;

import boutique.kernel.Unavailable;
import boutique.kernel.feed.FactLog.Fact;
import boutique.kernel.feed.FactLog.Following;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One group's way through the topics, on one thread of its own that alone touches the consumer.
 *
 * <p>It never stops polling, so that the group does not take it for dead: when enough facts wait to
 * be asked for, it pauses the partitions and polls on. Only what is {@code done} is committed, at
 * once and by this thread, so commits cannot overtake each other. When partitions go to another
 * member, what was read of them ahead is dropped here and read again there. A record that is none
 * of ours is skipped with an error in the log, for it would stand in the way for ever.
 *
 * <p>While Kafka is away, now or from the start, there is simply nothing to read.
 */
final class KafkaFollowing implements Following {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaFollowing.class);
  private static final int MOST_HELD = 2_000;
  private static final int MOST_ASKED = 256;
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);
  private static final Duration BRIEFLY = Duration.ofMillis(20);
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);
  private static final Duration ONE_CALL = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final KafkaAccess access;
  private final String group;
  private final List<String> rooms;

  // What others touch.
  private final BlockingQueue<Runnable> inbox = new ArrayBlockingQueue<>(MOST_ASKED);
  private final AtomicReference<@Nullable Consumer<?, ?>> polling = new AtomicReference<>();
  private final Promise<Void> ended = Promise.promise();
  private volatile boolean caughtUp;
  private volatile boolean closing;

  // What only the thread touches.
  private final Map<TopicPartition, Lane> lanes = new HashMap<>();
  private final Queue<Held> held = new ArrayDeque<>();
  private final List<Telling> tellings = new ArrayList<>();
  private @Nullable Consumer<byte[], byte[]> consumer;
  private @Nullable Asking asking;
  private boolean joined;
  private boolean paused;
  private boolean away;
  private long looked = System.nanoTime() - LOOK_EVERY.toNanos();

  KafkaFollowing(Vertx vertx, KafkaAccess access, String group, Set<String> rooms) {
    this.vertx = vertx;
    this.access = access;
    this.group = group;
    this.rooms = rooms.stream().sorted().toList();
    Thread.ofPlatform().daemon().name("kafka-" + group).start(this::run);
  }

  private record Held(TopicPartition partition, Fact fact) {}

  private record Asking(int limit, long deadline, Answer<List<Fact>> answer) {}

  private record Telling(long deadline, Answer<Void> answer) {}

  /** One at a time. */
  @Override
  public Future<List<Fact>> next(int limit) {
    var answer = new Answer<List<Fact>>(vertx);
    tell(
        answer,
        () -> {
          if (asking != null) {
            answer.fail(new IllegalStateException("the last question is not answered yet"));
          } else {
            asking = new Asking(limit, System.nanoTime() + PATIENCE.toNanos(), answer);
          }
        });
    return answer.future();
  }

  /**
   * Completed when Kafka knows; fails with {@link Unavailable} when that takes too long, and goes
   * on trying. Partitions that are another member's by now are nobody's business here.
   */
  @Override
  public Future<Void> done(Map<Integer, Long> positions) {
    var answer = new Answer<Void>(vertx);
    tell(
        answer,
        () -> {
          lanes.forEach((partition, lane) -> {
            var position = positions.get(number(partition));
            if (position != null) {
              lane.done(position);
            }
          });
          tellings.add(new Telling(System.nanoTime() + access.deadline().toNanos(), answer));
        });
    return answer.future();
  }

  @Override
  public boolean caughtUp() {
    return caughtUp;
  }

  @Override
  public Future<Void> close() {
    closing = true;
    var _ = inbox.offer(() -> {}); // wakes it when it idles
    wake();
    var answer = new Answer<Void>(vertx);
    ended.future().onSuccess(_ -> answer.give());
    return answer.future();
  }

  private void tell(Answer<?> answer, Runnable action) {
    if (closing) {
      answer.fail(closed());
    } else if (inbox.offer(action)) {
      wake();
      if (ended.future().isComplete()) {
        answer.fail(closed()); // it came too late to be read
      }
    } else {
      answer.fail(new Unavailable(group + " is asked too much at once"));
    }
  }

  /** Calls the thread back from a poll, and from nothing else. */
  private void wake() {
    var polled = polling.getAndSet(null);
    if (polled != null) {
      polled.wakeup();
    }
  }

  private void run() {
    try {
      while (!closing) {
        try {
          if (consumer == null) {
            join();
          } else {
            step(consumer);
          }
        } catch (RuntimeException failure) {
          leave();
          isAway(failure);
          idle(RETRY_AFTER);
        }
      }
      leave();
    } catch (InterruptedException _) {
      LOG.error("{} was interrupted, and follows no more", group);
    } finally {
      ended.complete();
      endAll();
    }
  }

  /** Waits for Kafka and for the topics; goes on answering meanwhile. */
  private void join() throws InterruptedException {
    var admin = Topics.admin(access);
    try {
      var topics = Topics.create(admin, rooms, access.partitions());
      while (!topics.isDone()) {
        if (closing) {
          return;
        }
        idle(BRIEFLY);
      }
      topics.join();
    } finally {
      admin.close(Duration.ZERO);
    }
    var joining = open();
    consumer = joining;
    joining.subscribe(rooms.stream().map(Topics::of).toList(), new Assignments(joining));
    isBack();
  }

  /**
   * A broker answers the questions of one connection in turn: behind a fetch that waits for news,
   * every other has to wait as long. So fetches wait briefly.
   */
  private Consumer<byte[], byte[]> open() {
    return new KafkaConsumer<>(
        access.settings(
            Map.ofEntries(
                entry("group.id", group),
                entry("enable.auto.commit", false),
                entry("auto.offset.reset", "earliest"),
                entry("allow.auto.create.topics", false),
                entry("partition.assignment.strategy", CooperativeStickyAssignor.class.getName()),
                entry("session.timeout.ms", 10_000),
                entry("heartbeat.interval.ms", 1_000),
                entry("fetch.max.wait.ms", 100),
                entry("fetch.max.bytes", 2 * Topics.LARGEST_RECORD),
                entry("max.poll.records", MOST_HELD / 4))),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void step(Consumer<byte[], byte[]> consumer) {
    for (var action = inbox.poll(); action != null; action = inbox.poll()) {
      action.run();
    }
    commit(consumer);
    holdBack(consumer);
    answer(consumer);
    poll(consumer);
  }

  private void commit(Consumer<?, ?> consumer) {
    var moved = new HashMap<TopicPartition, OffsetAndMetadata>();
    lanes.forEach((partition, lane) -> {
      if (lane.hasMoved()) {
        moved.put(partition, new OffsetAndMetadata(lane.position()));
      }
    });
    if (!moved.isEmpty()) {
      try {
        throughCalls(() -> {
          consumer.commitSync(moved, ONE_CALL);
          return moved;
        });
      } catch (RetriableException | RebalanceInProgressException | CommitFailedException _) {
        failOverdue();
        return;
      }
      moved.forEach((partition, position) -> committed(partition, position.offset()));
    }
    tellings.forEach(telling -> telling.answer.give());
    tellings.clear();
  }

  private void committed(TopicPartition partition, long position) {
    var lane = lanes.get(partition);
    if (lane != null) {
      lane.committed(position);
    }
  }

  private void holdBack(Consumer<?, ?> consumer) {
    var full = held.size() >= (paused ? MOST_HELD / 2 : MOST_HELD);
    if (full && !paused) {
      consumer.pause(consumer.assignment());
    } else if (!full && paused) {
      consumer.resume(consumer.assignment());
    }
    paused = full;
  }

  private void answer(Consumer<?, ?> consumer) {
    var asked = asking;
    if (asked == null) {
      return;
    }
    if (!held.isEmpty()) {
      asking = null;
      caughtUp = false;
      asked.answer.give(handOut(asked.limit));
      // The facts need not wait for it, and it need not be asked more often than anybody looks.
      if (held.isEmpty() && System.nanoTime() - looked >= LOOK_EVERY.toNanos()) {
        caughtUp = nothingMore(consumer);
      }
    } else if (System.nanoTime() - asked.deadline >= 0) {
      asking = null;
      caughtUp = nothingMore(consumer);
      asked.answer.give(List.of());
    }
  }

  private List<Fact> handOut(int limit) {
    var facts = new ArrayList<Fact>(Math.min(limit, held.size()));
    while (facts.size() < limit && !held.isEmpty()) {
      var next = held.remove();
      Objects.requireNonNull(lanes.get(next.partition)).handOut(next.fact.position());
      facts.add(next.fact);
    }
    return facts;
  }

  /** Asks Kafka itself, which also shows whether it is there. */
  private boolean nothingMore(Consumer<?, ?> consumer) {
    var ours = consumer.assignment();
    var known = ours.isEmpty() ? Set.of(new TopicPartition(topic(), 0)) : ours;
    try {
      var ends = throughCalls(() -> consumer.endOffsets(known, ONE_CALL));
      isBack();
      return joined
          && ours.stream()
              .allMatch(one -> position(consumer, one) >= ends.getOrDefault(one, Long.MAX_VALUE));
    } catch (RetriableException failure) {
      isAway(failure);
      return false;
    } finally {
      looked = System.nanoTime();
    }
  }

  private static long position(Consumer<?, ?> consumer, TopicPartition partition) {
    return throughCalls(() -> consumer.position(partition, ONE_CALL));
  }

  private void poll(Consumer<byte[], byte[]> consumer) {
    var limit = LONGEST_POLL;
    if (asking != null) {
      var left = Duration.ofNanos(asking.deadline - System.nanoTime());
      limit = left.isNegative() ? Duration.ZERO : left.compareTo(limit) < 0 ? left : limit;
    }
    polling.set(consumer);
    try {
      take(consumer.poll(inbox.isEmpty() && !closing ? limit : Duration.ZERO));
    } catch (WakeupException _) {
      // somebody has a question
    } finally {
      polling.set(null);
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (var partition : records.partitions()) {
      var lane = Objects.requireNonNull(lanes.get(partition));
      var number = number(partition);
      var strange = new ArrayList<String>();
      for (var record : records.records(partition)) {
        try {
          var fact = new Fact(number, record.offset(), CloudEvents.read(record));
          lane.read(record.offset());
          held.add(new Held(partition, fact));
        } catch (IllegalArgumentException none) {
          lane.skip(record.offset());
          strange.add(record.offset() + ": " + none.getMessage());
        }
      }
      if (!strange.isEmpty()) {
        LOG.error(
            "{} skips {} records of {} that are none of ours, the first at {}",
            group,
            strange.size(),
            partition,
            strange.getFirst());
      }
    }
  }

  /** Lets time pass without a consumer. */
  private void idle(Duration limit) throws InterruptedException {
    var action = inbox.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (action != null) {
      action.run();
    }
    if (asking != null && System.nanoTime() - asking.deadline >= 0) {
      asking.answer.give(List.of());
      asking = null;
    }
    failOverdue();
  }

  private void failOverdue() {
    var now = System.nanoTime();
    tellings.removeIf(telling -> {
      var overdue = now - telling.deadline >= 0;
      if (overdue) {
        telling.answer.fail(new Unavailable("Kafka does not hear how far " + group + " is"));
      }
      return overdue;
    });
  }

  /** Leaves the group, so that others need not wait to find out. */
  private void leave() {
    var leaving = consumer;
    if (leaving == null) {
      return;
    }
    try {
      commit(leaving);
    } catch (RuntimeException failure) {
      LOG.debug("{} leaves without saying how far it is", group, failure);
    }
    try {
      leaving.close(CloseOptions.timeout(ONE_CALL));
    } catch (RuntimeException failure) {
      LOG.debug("{} leaves without a word", group, failure);
    }
    consumer = null;
    lanes.clear();
    held.clear();
    joined = false;
    paused = false;
  }

  private void endAll() {
    for (var action = inbox.poll(); action != null; action = inbox.poll()) {
      action.run();
    }
    if (asking != null) {
      asking.answer.give(List.of());
    }
    tellings.forEach(telling -> telling.answer.fail(closed()));
  }

  private void isAway(RuntimeException cause) {
    caughtUp = false;
    LOG.debug("{} cannot go on", group, cause);
    if (!away) {
      away = true;
      LOG.warn("Kafka is away, {} waits: {}", group, String.valueOf(cause.getMessage()));
    }
  }

  private void isBack() {
    if (away) {
      away = false;
      LOG.info("Kafka is back, {} reads on", group);
    }
  }

  private Unavailable closed() {
    return new Unavailable(group + " is closed");
  }

  private String topic() {
    return Topics.of(rooms.getFirst());
  }

  private static int number(TopicPartition partition) {
    return Topics.number(Topics.room(partition.topic()), partition.partition());
  }

  /** A question that came a moment after a poll had ended calls back the next call instead. */
  private static <T> T throughCalls(Supplier<T> call) {
    while (true) {
      try {
        return call.get();
      } catch (WakeupException _) {
        // once more
      }
    }
  }

  private final class Assignments implements ConsumerRebalanceListener {
    private final Consumer<?, ?> consumer;

    private Assignments(Consumer<?, ?> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      partitions.forEach(partition -> lanes.put(partition, new Lane()));
      joined = true;
      paused = false; // new ones are not, so none is until the next look
      consumer.resume(consumer.assignment());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commit(consumer);
      drop(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      drop(partitions);
    }

    private void drop(Collection<TopicPartition> partitions) {
      partitions.forEach(lanes::remove);
      held.removeIf(one -> partitions.contains(one.partition));
    }
  }
}
