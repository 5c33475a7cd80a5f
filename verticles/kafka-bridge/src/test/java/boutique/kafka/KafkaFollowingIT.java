package boutique.kafka;

import static boutique.kernel.store.Facts.failure;
import static boutique.kernel.store.Facts.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Unavailable;
import boutique.kernel.feed.FactLog.Fact;
import boutique.kernel.feed.FactLog.Following;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Facts;
import boutique.language.StreamId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A group that follows facts through Kafka")
@Timeout(120)
class KafkaFollowingIT {
  private final Vertx vertx = Vertx.vertx();
  private final String room = Facts.unique("room");
  private final String group = Facts.unique("group");
  private final StreamId stream = new StreamId(room, "a");
  private final KafkaSink sink = new KafkaSink(vertx, Broker.access());
  private final List<Following> open = new ArrayList<>();

  @AfterEach
  void close() {
    Broker.start();
    open.forEach(following -> get(following.close()));
    get(sink.close());
    get(vertx.close());
  }

  @Test
  @DisplayName("skips the records of strangers and goes on behind them")
  void strangers() throws Exception {
    publish(Facts.commit(stream, 1, 1));
    strange("a stranger's", 8);
    publish(Facts.commit(stream, 2, 1));
    var following = follow(Broker.access());

    var facts = gather(following, 2);

    assertThat(facts).extracting(fact -> fact.recorded().version()).containsExactly(1L, 2L);
  }

  @Test
  @DisplayName("has caught up where there is nothing but records of strangers, and reads them once")
  void only_strangers() throws Exception {
    publish(Facts.commit(stream, 1, 1));
    var following = follow(Broker.access());
    get(following.done(below(gather(following, 1))));
    strange("a stranger's", 8);
    readToTheEnd(following);
    get(following.done(Map.of()));

    try (var admin = admin()) {
      var offsets = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      assertThat(offsets.values().stream().mapToLong(offset -> offset.offset()).sum())
          .isEqualTo(1 + 8);
    }
  }

  @Test
  @DisplayName("shares the partitions among its members, and takes over from one that leaves")
  void takes_over() {
    var streams =
        Stream.iterate(0, n -> n + 1).limit(40).map(n -> new StreamId(room, "s" + n)).toList();
    publishAll(streams, 1);
    var staying = follow(Broker.access());
    get(staying.done(below(gather(staying, 40))));
    var leaving = follow(Broker.access());
    for (var version = 2L; get(leaving.next(1_000)).isEmpty(); version++) {
      publishAll(streams, version);
      get(staying.next(1_000));
    }
    publishAll(streams, 1_000);
    var leavers = gatherUntilCaughtUp(leaving);
    var stayers = gatherUntilCaughtUp(staying);
    assertThat(partitions(leavers)).isNotEmpty().doesNotContainAnyElementsOf(partitions(stayers));

    get(leaving.close());
    open.remove(leaving);

    // What the leaver was given and has not done is read again, and nothing is left out.
    var left = new TreeSet<String>();
    leavers.forEach(fact -> left.add(fact.recorded().id()));
    while (!left.isEmpty()) {
      get(staying.next(1_000)).forEach(fact -> left.remove(fact.recorded().id()));
    }
  }

  @Test
  @DisplayName("keeps its place while nobody asks, holds back what is too much, and loses nothing")
  void back_pressure() throws Exception {
    for (var version = 1L; version <= 6_000; version += 100) {
      publish(Facts.commit(stream, version, 100));
    }
    var access = Broker.access();
    var impatient =
        new KafkaAccess(
            access.bootstrap(), 4, access.deadline(), Map.of("max.poll.interval.ms", "1000"));
    var following = follow(impatient);
    var facts = new ArrayList<>(gather(following, 1));

    assertThat(states(Duration.ofSeconds(3))).containsOnly(GroupState.STABLE);
    while (facts.size() < 6_000) {
      facts.addAll(get(following.next(100)));
    }

    assertThat(facts)
        .extracting(fact -> fact.recorded().version())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 6_000).boxed().toList());
  }

  @Test
  @DisplayName("answers with nothing while Kafka is away, and goes on when it is back")
  void kafka_goes_away() {
    publish(Facts.commit(stream, 1, 2));
    var following = follow(Broker.access(Duration.ofSeconds(1)));
    var facts = new ArrayList<>(gather(following, 2));
    Broker.stop();

    assertThat(get(following.next(10))).isEmpty();
    assertThat(following.caughtUp()).isFalse();
    assertThat(failure(following.done(below(facts.subList(0, 1))))).isInstanceOf(Unavailable.class);

    Broker.start();
    publish(Facts.commit(stream, 3, 1));
    while (facts.size() < 3) {
      facts.addAll(get(following.next(10)));
    }
    assertThat(facts).extracting(fact -> fact.recorded().version()).containsExactly(1L, 2L, 3L);
    get(following.done(below(facts)));
    readToTheEnd(following);
  }

  @Test
  @DisplayName("begins at once although Kafka is not there yet, and has its facts when it comes")
  void kafka_comes_late() {
    publish(Facts.commit(stream, 1, 1));
    Broker.stop();
    var following = follow(Broker.access(Duration.ofMillis(300)));

    assertThat(get(following.next(10))).isEmpty();
    assertThat(get(following.next(10))).isEmpty();
    assertThat(following.caughtUp()).isFalse();
    Broker.start();

    assertThat(gather(following, 1))
        .extracting(fact -> fact.recorded().version())
        .containsExactly(1L);
  }

  @Test
  @DisplayName("can be closed while Kafka is away")
  void closed_while_away() {
    Broker.stop();
    var following = follow(Broker.access());
    var waiting = following.next(10);

    get(following.close());

    assertThat(get(waiting)).isEmpty();
    assertThat(failure(following.next(10))).isInstanceOf(Unavailable.class);
  }

  @Test
  @DisplayName("is asked one question at a time")
  void one_question() {
    var following = follow(Broker.access());

    var first = following.next(10);
    var second = following.next(10);

    assertThat(failure(second)).isInstanceOf(IllegalStateException.class);
    assertThat(get(first)).isEmpty();
  }

  private Following follow(KafkaAccess access) {
    var following = get(new KafkaLog(vertx, access).follow(group, Set.of(room)));
    open.add(following);
    return following;
  }

  private void publish(Commit commit) {
    get(sink.publish(List.of(commit)));
  }

  private void publishAll(List<StreamId> streams, long version) {
    get(sink.publish(streams.stream().map(one -> Facts.commit(one, version, 1)).toList()));
  }

  private void strange(String text, int count) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Broker.access().settings(Map.of()), new StringSerializer(), new StringSerializer())) {
      for (var n = 0; n < count; n++) {
        var record = new ProducerRecord<>(Topics.of(room), stream.toString(), text);
        record.headers().add("ce_type", "order.created".getBytes(UTF_8));
        producer.send(record).get();
      }
    }
  }

  private Set<GroupState> states(Duration during) throws Exception {
    var states = new TreeSet<GroupState>();
    var end = System.nanoTime() + during.toNanos();
    try (var admin = admin()) {
      while (System.nanoTime() - end < 0) {
        states.add(
            admin.describeConsumerGroups(List.of(group)).all().get().get(group).groupState());
      }
    }
    return states;
  }

  private static List<Fact> gather(Following following, int count) {
    var end = System.nanoTime() + Facts.PATIENCE.toNanos();
    var facts = new ArrayList<Fact>();
    while (facts.size() < count && System.nanoTime() - end < 0) {
      facts.addAll(get(following.next(count - facts.size())));
    }
    assertThat(facts).hasSize(count);
    return facts;
  }

  private static List<Fact> gatherUntilCaughtUp(Following following) {
    var facts = new ArrayList<Fact>();
    do {
      facts.addAll(get(following.next(1_000)));
    } while (!following.caughtUp());
    return facts;
  }

  private static void readToTheEnd(Following following) {
    assertThat(gatherUntilCaughtUp(following)).isNotNull();
  }

  private static Set<Integer> partitions(List<Fact> facts) {
    var partitions = new TreeSet<Integer>();
    facts.forEach(fact -> partitions.add(fact.partition()));
    return partitions;
  }

  private static Map<Integer, Long> below(List<Fact> facts) {
    var positions = new HashMap<Integer, Long>();
    facts.forEach(fact -> positions.merge(fact.partition(), fact.position() + 1, Math::max));
    return new TreeMap<>(positions);
  }

  private static Admin admin() {
    return Admin.create(Broker.access().settings(Map.of()));
  }
}
