package boutique.kafka;

import static boutique.kernel.store.Facts.failure;
import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Unavailable;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Facts;
import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Facts on their way to Kafka")
@Timeout(120)
class KafkaSinkIT {
  private final Vertx vertx = Vertx.vertx();
  private final String room = Facts.unique("room");
  private final StreamId stream = new StreamId(room, "a");
  private KafkaSink sink = new KafkaSink(vertx, Broker.access());

  @AfterEach
  void close() {
    get(sink.close());
    get(vertx.close());
  }

  @Test
  @DisplayName("are there, all of them, when their publication is complete")
  void are_there() {
    var commits = List.of(Facts.commit(stream, 1, 3), Facts.commit(new StreamId(room, "b"), 1, 2));

    get(sink.publish(commits));

    assertThat(read(room).stream().map(CloudEvents::read))
        .containsExactlyInAnyOrderElementsOf(
            commits.stream().map(Commit::events).flatMap(List::stream).toList());
  }

  @Test
  @DisplayName("lie in a topic of several partitions that forgets nothing")
  void topic_layout() throws Exception {
    get(sink.publish(List.of(Facts.commit(stream, 1, 1))));

    try (var admin = admin()) {
      var topic = Topics.of(room);
      var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      assertThat(admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions())
          .hasSize(4);
      assertThat(config.get("retention.ms").value()).isEqualTo("-1");
      assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
      assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
    }
  }

  @Test
  @DisplayName("of one stream lie in one partition, in order, however many go at once")
  void in_order() {
    var commits = new ArrayList<Commit>();
    for (var version = 1; version <= 200; version++) {
      for (var key = 0; key < 10; key++) {
        commits.add(Facts.commit(new StreamId(room, "s" + key), version, 1));
      }
    }

    get(sink.publish(commits));

    var versions = firstArrivals(room);
    assertThat(versions).hasSize(10);
    assertThat(versions.values()).allMatch(LongStream.rangeClosed(1, 200).boxed().toList()::equals);
  }

  @Test
  @DisplayName("have no gap and never overtake each other although the broker goes away and back")
  void broker_restarts() throws Exception {
    get(sink.close());
    sink = new KafkaSink(vertx, Broker.access(Duration.ofSeconds(1)));
    var underWay = new CountDownLatch(5);
    var failed = new CountDownLatch(1);
    var restart =
        Thread.ofPlatform()
            .start(() -> {
              awaitUninterruptibly(underWay);
              Broker.stop();
              awaitUninterruptibly(failed);
              Broker.start();
            });

    // As the relay does: the same again until it is there, and only then what comes next.
    for (var round = 1; round <= 60 || restart.isAlive(); round++) {
      var commits = round(round);
      while (!isThere(sink.publish(commits), underWay)) {
        failed.countDown();
      }
    }

    restart.join();
    var versions = firstArrivals(room);
    assertThat(versions).hasSize(8);
    assertThat(versions.values())
        .allSatisfy(arrived ->
            assertThat(arrived)
                .isEqualTo(LongStream.rangeClosed(1, arrived.size()).boxed().toList())
                .hasSizeGreaterThanOrEqualTo(300));
  }

  @Test
  @DisplayName("that the broker refuses hold back everything behind them")
  void refused_by_the_broker() throws Exception {
    get(sink.publish(List.of(Facts.commit(stream, 1, 1))));
    smallestRecords(room);
    var commits = new ArrayList<Commit>();
    for (var version = 2; version <= 200; version++) {
      commits.add(large(version, version == 20 ? 300_000 : 9_000));
    }

    var failed = failure(sink.publish(commits));

    assertThat(failed).isInstanceOf(Unavailable.class).hasMessageContaining("RecordTooLarge");
    var arrived = firstArrivals(room).get(stream);
    assertThat(arrived).isEqualTo(LongStream.rangeClosed(1, arrived.size()).boxed().toList());
    assertThat(arrived).hasSizeLessThan(20);
  }

  @Test
  @DisplayName("that cannot even be sent hold back everything behind them, also what waits already")
  void refused_by_the_producer() {
    var before = sink.publish(List.of(Facts.commit(stream, 1, 1)));
    var refused =
        sink.publish(
            List.of(Facts.commit(stream, 2, 1), large(3, 8_000_000), Facts.commit(stream, 4, 1)));
    var behind = sink.publish(List.of(Facts.commit(stream, 5, 1)));

    get(before);
    assertThat(failure(refused)).isInstanceOf(Unavailable.class);
    assertThat(failure(behind)).isInstanceOf(Unavailable.class);
    assertThat(firstArrivals(room).get(stream)).startsWith(1L).doesNotContain(3L, 4L, 5L);
  }

  @Test
  @DisplayName("fail within the deadline when there is no broker")
  void no_broker() {
    var nowhere =
        new KafkaSink(vertx, new KafkaAccess("127.0.0.1:1", 4, Duration.ofMillis(300), Map.of()));
    var begun = System.nanoTime();

    var failed = failure(nowhere.publish(List.of(Facts.commit(stream, 1, 1))));

    assertThat(failed).isInstanceOf(Unavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    get(nowhere.close());
  }

  @Test
  @DisplayName("are given up when the way is closed")
  void closed() {
    var nowhere =
        new KafkaSink(vertx, new KafkaAccess("127.0.0.1:1", 4, Duration.ofMinutes(1), Map.of()));
    var under = nowhere.publish(List.of(Facts.commit(stream, 1, 1)));
    var waiting = nowhere.publish(List.of(Facts.commit(stream, 2, 1)));

    get(nowhere.close());

    assertThat(failure(under)).isInstanceOf(Unavailable.class);
    assertThat(failure(waiting)).isInstanceOf(Unavailable.class);
    assertThat(failure(nowhere.publish(List.of(Facts.commit(stream, 3, 1)))))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  @DisplayName("are refused when too many publications wait")
  void bounded() {
    var nowhere =
        new KafkaSink(vertx, new KafkaAccess("127.0.0.1:1", 4, Duration.ofMinutes(1), Map.of()));

    var all =
        IntStream.range(0, 20)
            .mapToObj(n -> nowhere.publish(List.of(Facts.commit(stream, n + 1, 1))))
            .toList();

    assertThat(failure(all.getLast())).hasMessageContaining("too much");
    assertThat(all.getFirst().isComplete()).isFalse();
    get(nowhere.close());
  }

  /** Five commits of each of eight streams, and every round goes on where the last has ended. */
  private List<Commit> round(int round) {
    var commits = new ArrayList<Commit>();
    for (var version = round * 5L - 4; version <= round * 5L; version++) {
      for (var key = 0; key < 8; key++) {
        commits.add(Facts.commit(new StreamId(room, "s" + key), version, 1));
      }
    }
    return commits;
  }

  /** Says that something is under way, and whether it has arrived in the end. */
  private static boolean isThere(Future<Void> published, CountDownLatch underWay) {
    underWay.countDown();
    return get(published.map(true).otherwise(false));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private Commit large(long version, int size) {
    var noise = new byte[size / 2];
    new Random(version).nextBytes(noise);
    var json = "\"" + HexFormat.of().formatHex(noise) + "\"";
    var context = new Context("request", null, "user");
    var fact = new Recorded(stream, version, "noise", Instant.EPOCH, context, Buffer.buffer(json));
    return new Commit(stream, version, List.of(fact));
  }

  private static void smallestRecords(String room) throws Exception {
    try (var admin = admin()) {
      var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.of(room));
      var change =
          new AlterConfigOp(
              new ConfigEntry("max.message.bytes", "100000"), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
    }
  }

  /** The versions of each stream, in the order in which they were in Kafka for the first time. */
  private static Map<StreamId, List<Long>> firstArrivals(String room) {
    var arrivals = new HashMap<StreamId, List<Long>>();
    for (var record : read(room)) {
      var fact = CloudEvents.read(record);
      var versions = arrivals.computeIfAbsent(fact.stream(), _ -> new ArrayList<>());
      if (!versions.contains(fact.version())) {
        versions.add(fact.version());
      }
    }
    return arrivals;
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String room) {
    try (var consumer =
        new KafkaConsumer<>(
            Broker.access().settings(Map.of()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      var partitions =
          IntStream.range(0, 4).mapToObj(n -> new TopicPartition(Topics.of(room), n)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  private static Admin admin() {
    return Admin.create(Broker.access().settings(Map.of()));
  }
}
