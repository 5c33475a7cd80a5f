package boutique.backends.embedded;

import static java.util.Map.entry;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Kafka inside this JVM")
class KafkaBrokerTest {
  private static final String TOPIC = "facts";

  @TempDir Path directory;
  private final BlockingQueue<IOException> failures = new LinkedBlockingQueue<>();
  private final List<KafkaBroker> brokers = new ArrayList<>();

  @AfterEach
  void closeBrokers() {
    brokers.forEach(KafkaBroker::close);
  }

  @Test
  @DisplayName("a record written before a restart is read after it, at another port")
  void recordsOutliveARestart() throws Exception {
    var before = start(directory);
    createTopic(before);
    write(before, "one");
    before.close();

    try (var _ = occupy(before.port())) {
      var after = start(directory, before.port());

      assertThat(after.port()).isNotEqualTo(before.port());
      assertThat(read(after, "newcomers", 1)).containsExactly("one");
    }
  }

  @Test
  @DisplayName("a record written before the process was killed is read after it")
  void recordsOutliveACrash(@TempDir Path asTheCrashLeftIt) throws Exception {
    var before = start(directory);
    createTopic(before);
    write(before, "one");
    copy(directory, asTheCrashLeftIt);
    before.close();

    var after = start(asTheCrashLeftIt);

    assertThat(read(after, "newcomers", 1)).containsExactly("one");
  }

  @Test
  @DisplayName("a group reads on after a restart where it committed before")
  void offsetsOutliveARestart() throws Exception {
    var before = start(directory);
    createTopic(before);
    write(before, "one", "two");
    assertThat(read(before, "readers", 2)).containsExactly("one", "two");
    before.close();

    var after = start(directory);
    write(after, "three");

    assertThat(read(after, "readers", 1)).containsExactly("three");
  }

  @Test
  @DisplayName("the cluster keeps its id over a restart")
  void theClusterKeepsItsId() throws Exception {
    var before = start(directory);
    var id = clusterId(before);
    before.close();

    var after = start(directory);

    assertThat(clusterId(after)).isEqualTo(id);
  }

  @Test
  @DisplayName("the next free port is taken when the wanted one is in use")
  void theNextFreePortIsTaken() throws Exception {
    try (var other = occupy(0)) {
      var broker = start(directory, other.getLocalPort());

      assertThat(broker.port()).isGreaterThan(other.getLocalPort());
      assertThat(broker.bootstrap()).isEqualTo("127.0.0.1:" + broker.port());
      assertThat(clusterId(broker)).isNotEmpty();
    }
  }

  @Test
  @DisplayName("only 127.0.0.1 is listened on and told to the clients")
  void nobodyElseIsListenedTo() throws Exception {
    var broker = start(directory);

    try (var admin = admin(broker);
        var stranger = new Socket()) {
      assertThat(admin.describeCluster().nodes().get())
          .extracting("host")
          .containsOnly("127.0.0.1");
      var elsewhere = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), broker.port());
      assertThatThrownBy(() -> stranger.connect(elsewhere, 1000)).isInstanceOf(IOException.class);
    }
  }

  @Test
  @DisplayName("a topic is not made by asking for it")
  void topicsAreMadeOnPurpose() throws Exception {
    var broker = start(directory);

    try (var admin = admin(broker)) {
      assertThatThrownBy(() -> admin.describeTopics(List.of("tpyo")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  @DisplayName("a broker closes within three seconds and lets go of its port and directory")
  void closingIsQuickAndComplete() throws Exception {
    var broker = start(directory);
    createTopic(broker);
    write(broker, "one");
    var begin = Instant.now();

    broker.close();

    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(4));
    assertThat(start(directory, broker.port()).port()).isEqualTo(broker.port());
  }

  @Test
  @DisplayName("a directory that is in use is named, and its user does not notice")
  void aDirectoryInUseIsRefused() throws Exception {
    var first = start(directory);

    assertThatThrownBy(() -> start(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("used");
    assertThat(clusterId(first)).isNotEmpty();
  }

  @Test
  @DisplayName("a directory that cannot be made is named")
  void aDirectoryThatCannotBeMadeIsRefused() throws Exception {
    var file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> start(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  @DisplayName("a directory that is damaged is named")
  void aDamagedDirectoryIsRefused() throws Exception {
    Files.writeString(directory.resolve("meta.properties"), "not Kafka's");

    assertThatThrownBy(() -> start(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString());
  }

  @Test
  @DisplayName("a broker whose directory is gone is reported once, and the process lives on")
  void aFailureIsReported() throws Exception {
    var home = directory.resolve("kafka");
    var broker = start(home);
    Files.move(home, directory.resolve("elsewhere"));

    var admin = admin(broker);
    admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)));
    var failure = failures.poll(30, SECONDS);
    admin.close(Duration.ZERO);
    broker.close();

    assertThat(failure).isNotNull().hasMessageContaining(home.toString());
    assertThat(clusterId(start(directory.resolve("new")))).isNotEmpty();
    assertThat(failures).isEmpty();
  }

  private KafkaBroker start(Path in) throws IOException {
    return start(in, 0);
  }

  private KafkaBroker start(Path in, int port) throws IOException {
    var broker = KafkaBroker.start(in, port, failures::add);
    brokers.add(broker);
    return broker;
  }

  private static ServerSocket occupy(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
  }

  private static Admin admin(KafkaBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
  }

  private static String clusterId(KafkaBroker broker) throws Exception {
    try (var admin = admin(broker)) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void createTopic(KafkaBroker broker) throws Exception {
    try (var admin = admin(broker)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void write(KafkaBroker broker, String... values) throws Exception {
    var text = new StringSerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrap()), text, text)) {
      for (var value : values) {
        producer.send(new ProducerRecord<>(TOPIC, value)).get();
      }
    }
  }

  private static List<String> read(KafkaBroker broker, String group, int wanted) {
    var text = new StringDeserializer();
    var values = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>ofEntries(
                entry("bootstrap.servers", broker.bootstrap()),
                entry("group.id", group),
                entry("auto.offset.reset", "earliest"),
                entry("enable.auto.commit", "false")),
            text,
            text)) {
      consumer.subscribe(List.of(TOPIC));
      var deadline = Instant.now().plusSeconds(30);
      while (values.size() < wanted && Instant.now().isBefore(deadline)) {
        for (var record : consumer.poll(Duration.ofSeconds(1))) {
          values.add(record.value());
        }
      }
      consumer.commitSync();
    }
    return values;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
