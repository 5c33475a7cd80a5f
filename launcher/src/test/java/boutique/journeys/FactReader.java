package boutique.journeys;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Another system, which knows of the shop what is in Kafka. */
final class FactReader implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Fact> read = new ArrayList<>();

  FactReader(int port) {
    consumer =
        new KafkaConsumer<>(
            Map.ofEntries(
                entry("bootstrap.servers", "127.0.0.1:" + port),
                entry("auto.offset.reset", "earliest"),
                entry("enable.auto.commit", "false"),
                entry("reconnect.backoff.max.ms", "200")),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * Everything from the first record on to what is the last one now, in the order of each
   * partition.
   */
  List<Fact> all() {
    var partitions =
        consumer.listTopics(Patience.LONG).entrySet().stream()
            .filter(topic -> topic.getKey().startsWith("boutique."))
            .flatMap(topic -> topic.getValue().stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions); // where it was read before, it is read on
    var ends = consumer.endOffsets(partitions, Patience.LONG);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), Patience.LONG) < end.getValue())) {
      consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(Fact.of(record)));
    }
    return List.copyOf(read);
  }

  /**
   * The facts of each stream, as a reader knows them who skips what came before and accepts nothing
   * that comes too early.
   */
  Map<String, List<Fact>> streams() {
    var streams = new LinkedHashMap<String, List<Fact>>();
    for (var fact : all()) {
      var known = streams.computeIfAbsent(fact.stream(), _ -> new ArrayList<>());
      if (fact.version() > known.size() + 1) {
        throw new AssertionError(
            "%s comes after %d of its stream".formatted(fact.id(), known.size()));
      }
      if (fact.version() == known.size() + 1) {
        known.add(fact);
      } else if (!known.get((int) fact.version() - 1).equals(fact)) {
        throw new AssertionError(
            "%s was %s before".formatted(fact, known.get((int) fact.version() - 1)));
      }
    }
    return streams;
  }

  /** How often a fact came that had come before. */
  long repetitions() {
    return read.size() - read.stream().map(Fact::id).distinct().count();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
