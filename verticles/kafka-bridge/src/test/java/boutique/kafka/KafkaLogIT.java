package boutique.kafka;

import static boutique.kernel.store.Facts.get;

import boutique.kernel.feed.FactLog;
import boutique.kernel.feed.FactLogConformance;
import boutique.kernel.store.Commit;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Facts followed through Kafka")
class KafkaLogIT extends FactLogConformance {
  private Vertx vertx = Vertx.vertx();
  private KafkaSink sink = new KafkaSink(vertx, Broker.access());
  private KafkaLog log = new KafkaLog(vertx, Broker.access());

  @Override
  protected FactLog log() {
    return log;
  }

  @Override
  protected void commit(Commit commit) {
    get(sink.publish(List.of(commit)));
  }

  @Override
  protected void reopen() {
    close();
    vertx = Vertx.vertx();
    sink = new KafkaSink(vertx, Broker.access());
    log = new KafkaLog(vertx, Broker.access());
  }

  @AfterEach
  void close() {
    get(sink.close());
    get(vertx.close());
  }
}
