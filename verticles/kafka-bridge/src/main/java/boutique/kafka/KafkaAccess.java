package boutique.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How Kafka is reached.
 *
 * @param bootstrap where its brokers are: {@code host:port,host:port}
 * @param partitions of a topic that does not exist yet. Never more later: a stream would go on in
 *     another partition, beside its own past
 * @param deadline how long Kafka may take before a publication has failed
 * @param client further settings of every client: TLS, SASL
 */
public record KafkaAccess(
    String bootstrap, int partitions, Duration deadline, Map<String, String> client) {
  private static final int FEW = 4;
  private static final Duration A_WHILE = Duration.ofSeconds(10);

  public KafkaAccess {
    if (partitions < 1 || partitions > Topics.MOST_PARTITIONS) {
      throw new IllegalArgumentException(partitions + " partitions are too few or too many");
    }
    client = Map.copyOf(client);
  }

  /** A broker that needs no introduction. */
  public static KafkaAccess to(String bootstrap) {
    return new KafkaAccess(bootstrap, FEW, A_WHILE, Map.of());
  }

  /** The settings of one client, where its own do not contradict what was configured. */
  Map<String, Object> settings(Map<String, Object> own) {
    var settings = new HashMap<String, Object>();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("reconnect.backoff.ms", 50);
    settings.put("reconnect.backoff.max.ms", 500);
    settings.put("enable.metrics.push", false); // nobody has asked for our figures
    settings.putAll(own);
    settings.putAll(client);
    return settings;
  }
}
