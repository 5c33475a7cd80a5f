package boutique.backends.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker inside this JVM, so that one command starts everything. It is its own
 * controller, listens on this machine only, and keeps its topics and its cluster's id in one
 * directory: closed or killed, it goes on from there, on whatever ports are free that day. What is
 * older than two seconds survives a loss of power.
 *
 * <p>Kafka ends the process when a broker is beyond help. In here it must not: such a broker is
 * reported, once, and is of no further use but to be closed.
 *
 * <p>It is made of Kafka's own parts as Kafka's own tests put them together, because the public way
 * neither takes sockets that are bound already, and so cannot be told a free port without a race,
 * nor lets go of the process. None of this is Kafka's promised API: a new version may change it,
 * and this is the only file that knows.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaBroker.class);
  private static final String HOST = "127.0.0.1";
  private static final InetAddress HERE = InetAddress.ofLiteral(HOST);
  private static final String CLIENTS = "PLAINTEXT";
  private static final String CONTROLLER = "CONTROLLER";
  private static final int NODE = 1;
  private static final int PORTS_TRIED = 100;
  private static final int CONNECTIONS_WAITING = 50;
  private static final Duration HANDING_OVER = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(3);

  /**
   * Those whose failure it may be when Kafka asks for the end of the process, which it does without
   * a name.
   */
  private static final Set<KafkaBroker> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Exit.setExitProcedure(KafkaBroker::refuseToExit);
    Exit.setHaltProcedure(KafkaBroker::refuseToExit);
  }

  private final Path directory;
  private final Consumer<IOException> failed;
  private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean reported = new AtomicBoolean();

  /** What was opened, the last one first, as it has to be closed. */
  private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();

  private volatile int port;
  private volatile String cluster = "";

  private KafkaBroker(Path directory, Consumer<IOException> failed) {
    this.directory = directory;
    this.failed = failed;
  }

  /**
   * Starts a broker and returns when it takes requests; the first start makes the directory. Blocks
   * for a few seconds, and after a crash for as long as the logs take to be read.
   *
   * @param port the one wanted: when it is taken, the next free one is used; 0 for any
   * @param failed hears of a broker that ran and fails of itself, at most once, on a thread of its
   *     own
   * @throws IOException with one sentence that names the directory and what is wrong
   */
  public static KafkaBroker start(Path directory, int port, Consumer<IOException> failed)
      throws IOException {
    var broker = new KafkaBroker(directory.toAbsolutePath().normalize(), failed);
    try {
      broker.open(port);
      return broker;
    } catch (IOException failure) {
      broker.close();
      throw failure;
    } catch (Exception failure) {
      broker.close();
      throw broker.failure("does not start", failure);
    }
  }

  public int port() {
    return port;
  }

  /** The id of its cluster, which lives as long as its directory. */
  public String cluster() {
    return cluster;
  }

  /** What a client connects to. */
  public String bootstrap() {
    return HOST + ":" + port;
  }

  /**
   * Returns when all is on the disk and the directory and the port are free again, or after three
   * seconds: what is not done by then goes on behind, and the directory stays locked until it is.
   */
  @Override
  public void close() {
    if (over.getAndSet(true)) {
      return;
    }
    var closing = Thread.ofPlatform().name("kafka-close").start(this::closeWhatWasOpened);
    try {
      if (!closing.join(CLOSING)) {
        LOG.warn("Kafka in {} takes its time to close", directory);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void open(int wantedPort) throws Exception {
    opened.push(DirectoryLock.take(directory));
    var clients = bind(wantedPort);
    opened.push(clients);
    var controllers = bind(0);
    opened.push(controllers);
    port = clients.socket().getLocalPort();
    var controllerPort = controllers.socket().getLocalPort();

    var config = new KafkaConfig(settings(directory, port, controllerPort), false);
    format(directory);
    var formatted = KafkaRaftServer.initializeLogDirs(config, LOG, "");
    cluster = formatted._1.clusterId().orElseThrow();
    var shared =
        new SharedServer(
            config,
            formatted._1,
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, cluster),
            CompletableFuture.completedFuture(
                Map.of(NODE, new InetSocketAddress(HERE, controllerPort))),
            List.of(),
            this::faultHandler,
            (listener, address, backlog, buffer) ->
                address.getPort() == controllerPort ? controllers : clients);
    var controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2);
    opened.push(controller::shutdown);
    var broker = new BrokerServer(shared);
    opened.push(() -> broker.shutdown(HANDING_OVER));
    RUNNING.add(this);
    opened.push(() -> RUNNING.remove(this));
    run(controller, broker);
  }

  /**
   * On a thread of its own, because a start that has failed elsewhere would be waited for in vain.
   */
  private void run(ControllerServer controller, BrokerServer broker) throws IOException {
    var starting =
        Thread.ofPlatform()
            .name("kafka-start")
            .start(() -> {
              try {
                controller.startup();
                broker.startup();
                started.complete(null);
              } catch (Throwable failure) {
                started.completeExceptionally(failure);
              }
            });
    opened.push(starting::join);
    try {
      started.get();
    } catch (ExecutionException failure) {
      throw failure("does not start", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "Kafka in " + directory + " was interrupted while it started");
    }
    Thread.ofVirtual()
        .name("kafka-watch")
        .start(() -> {
          broker.awaitShutdown();
          fail(new IllegalStateException("it has shut itself down"));
        });
  }

  private void closeWhatWasOpened() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failure) {
        LOG.warn("Kafka in {} did not close cleanly", directory, failure);
      }
    }
  }

  private static ServerSocketChannel bind(int wanted) throws IOException {
    var last = wanted == 0 ? 0 : Math.min(wanted + PORTS_TRIED - 1, 65_535);
    for (var candidate = wanted; candidate <= last; candidate++) {
      var channel = ServerSocketChannel.open();
      try {
        channel.configureBlocking(false);
        return channel.bind(new InetSocketAddress(HERE, candidate), CONNECTIONS_WAITING);
      } catch (BindException taken) {
        channel.close();
      }
    }
    throw new BindException("Kafka finds no free port from " + wanted + " to " + last);
  }

  /** Only the first time: a directory keeps the cluster's id that it got then. */
  private static void format(Path directory) throws Exception {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE)
        .addDirectory(directory.toString())
        .setMetadataLogDirectory(directory.toString())
        .setControllerListenerName(CONTROLLER)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
        .run();
  }

  private static Map<String, String> settings(Path directory, int port, int controllerPort) {
    return Map.ofEntries(
        entry("process.roles", "broker,controller"),
        entry("node.id", "" + NODE),
        entry("log.dirs", directory.toString()),
        entry("listeners", listeners(port, controllerPort)),
        entry("advertised.listeners", listeners(port, controllerPort)),
        entry("controller.listener.names", CONTROLLER),
        entry("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort),
        entry(
            "listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT"),

        // One node: one copy of everything, and one partition where Kafka keeps its own things.
        entry("offsets.topic.replication.factor", "1"),
        entry("offsets.topic.num.partitions", "1"),
        entry("transaction.state.log.replication.factor", "1"),
        entry("transaction.state.log.min.isr", "1"),
        entry("transaction.state.log.num.partitions", "1"),
        entry("share.coordinator.state.topic.replication.factor", "1"),
        entry("share.coordinator.state.topic.min.isr", "1"),
        entry("share.coordinator.state.topic.num.partitions", "1"),

        // Nothing is forgotten, neither records nor how far a group has read, and nothing is made
        // by a slip of the pen. What was written is on the disk two seconds later, from the start
        // on: Kafka would let half a minute go by before its first look.
        entry("auto.create.topics.enable", "false"),
        entry("log.retention.ms", "-1"),
        entry("offsets.retention.minutes", "" + Integer.MAX_VALUE),
        entry("log.flush.interval.ms", "1000"),
        entry("log.flush.scheduler.interval.ms", "1000"),
        entry("log.initial.task.delay.ms", "1000"),

        // Nobody waits for somebody who is not there: there is no second broker, and the members
        // of a group that a killed process leaves behind are not coming back.
        entry("group.initial.rebalance.delay.ms", "0"),
        entry("group.min.session.timeout.ms", "1000"),
        entry("group.consumer.min.session.timeout.ms", "1000"),
        entry("group.consumer.session.timeout.ms", "6000"),
        entry("group.consumer.min.heartbeat.interval.ms", "500"),
        entry("group.consumer.heartbeat.interval.ms", "1000"),
        entry("controller.quorum.append.linger.ms", "0"),
        entry("broker.heartbeat.interval.ms", "500"),
        entry("broker.session.timeout.ms", "3000"),
        entry("server.max.startup.time.ms", "300000"),

        // A guest in this JVM: few threads, little memory, no beans, no work when idle.
        entry("num.network.threads", "2"),
        entry("num.io.threads", "2"),
        entry("background.threads", "2"),
        entry("group.coordinator.threads", "1"),
        entry("share.coordinator.threads", "1"),
        entry("log.cleaner.threads", "1"),
        entry("log.cleaner.dedupe.buffer.size", "2097152"),
        entry("log.index.size.max.bytes", "1048576"),
        entry("metadata.max.idle.interval.ms", "0"),
        entry("metric.reporters", ""),
        entry("metrics.jmx.exclude", ".*"));
  }

  private static String listeners(int port, int controllerPort) {
    return "%s://%s:%d,%s://%s:%d".formatted(CLIENTS, HOST, port, CONTROLLER, HOST, controllerPort);
  }

  private FaultHandler faultHandler(String part, boolean fatal, Runnable action) {
    var logging = new LoggingFaultHandler(part, action);
    if (!fatal) {
      return logging;
    }
    return (message, cause) -> {
      var fault = logging.handleFault(message, cause);
      fail(fault);
      return fault;
    };
  }

  /** Kafka expects not to come back from here, hence the exception, which ends only its thread. */
  private static void refuseToExit(int status, @Nullable String message) {
    var refusal =
        new IllegalStateException(
            "it asks for the end of the process, as it does when it can no longer write there");
    RUNNING.forEach(broker -> broker.fail(refusal));
    throw refusal;
  }

  private void fail(Throwable cause) {
    if (over.get() || started.completeExceptionally(cause) || reported.getAndSet(true)) {
      return;
    }
    Thread.ofVirtual()
        .name("kafka-failed")
        .start(() -> failed.accept(failure("is of no more use", cause)));
  }

  private IOException failure(String what, Throwable cause) {
    return new IOException("Kafka in " + directory + " " + what + ": " + reason(cause), cause);
  }

  /** The first line of what went wrong, without what it was wrapped in on its way here. */
  private static String reason(Throwable wrapped) {
    var cause = wrapped.getCause();
    if (cause != null
        && (wrapped instanceof ExecutionException || wrapped instanceof FaultHandlerException)) {
      return reason(cause);
    }
    var message = wrapped.getMessage();
    return message == null ? wrapped.toString() : message.lines().findFirst().orElse("");
  }
}
