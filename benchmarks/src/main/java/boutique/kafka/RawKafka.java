package boutique.kafka;

import boutique.kernel.store.Recorded;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.NullMarked;

/**
 * What a record costs when nobody waits for it: a producer with the shop's own settings sends the
 * same fact again and again. It is in the bridge's package because those are nobody else's
 * business.
 */
@NullMarked
public final class RawKafka implements AutoCloseable {
  private static final int TOGETHER = 1_000;

  private final Producer<byte[], byte[]> producer;
  private final Recorded fact;

  /** Makes the topic of the fact's room. */
  public RawKafka(int port, Recorded fact) throws ExecutionException, InterruptedException {
    var access = KafkaAccess.to("127.0.0.1:" + port);
    this.fact = fact;
    try (var admin = Topics.admin(access)) {
      Topics.create(admin, List.of(fact.stream().room()), access.partitions()).get();
    }
    this.producer = KafkaSink.open(access);
  }

  /** Sends so many and waits for all of them. Says how many. */
  public int send() throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> sent =
        Stream.generate(() -> producer.send(CloudEvents.write(fact))).limit(TOGETHER).toList();
    for (var one : sent) {
      one.get();
    }
    return TOGETHER;
  }

  @Override
  public void close() {
    producer.close();
  }
}
