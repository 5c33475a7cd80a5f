package boutique.gateway.live;

import io.vertx.core.VertxOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.EventBusMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who listens on the bus. */
final class Registrations implements VertxMetricsFactory, VertxMetrics, EventBusMetrics<Integer> {
  private final AtomicInteger open = new AtomicInteger();

  int count() {
    return open.get();
  }

  @Override
  public VertxMetrics metrics(VertxOptions options) {
    return this;
  }

  @Override
  public EventBusMetrics<?> createEventBusMetrics() {
    return this;
  }

  @Override
  public Integer handlerRegistered(String address) {
    return open.incrementAndGet();
  }

  @Override
  public void handlerUnregistered(Integer handler) {
    open.decrementAndGet();
  }
}
