package boutique.ops;

import boutique.ops.Figure.Kind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * The figures in Prometheus' own format, and those of the JVM beside them. It blocks, so it is not
 * used on an event loop; and by one at a time.
 */
final class Registry implements AutoCloseable {
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<String, MultiGauge> seen = new HashMap<>();

  Registry(List<Figure> figures) {
    figures.forEach(this::register);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ClassLoaderMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    collections.bindTo(meters);
  }

  /** All figures, and these as they were found just now. What was not found now is not there. */
  String page(List<Figure> found) {
    var byName = found.stream().collect(Collectors.groupingBy(Figure::name));
    byName.forEach((name, figures) ->
        seen.computeIfAbsent(name, _ -> gauge(figures.getFirst())).register(rows(figures), true));
    seen.forEach((name, gauge) -> {
      if (!byName.containsKey(name)) {
        gauge.register(List.<Row<?>>of(), true);
      }
    });
    return meters.scrape();
  }

  @Override
  public void close() {
    collections.close();
    meters.close();
  }

  private void register(Figure figure) {
    if (figure.kind() == Kind.COUNTER) {
      FunctionCounter.builder(figure.name(), figure.value(), DoubleSupplier::getAsDouble)
          .description(figure.help())
          .tags(tags(figure))
          .register(meters);
    } else {
      Gauge.builder(figure.name(), figure.value(), DoubleSupplier::getAsDouble)
          .strongReference(true)
          .description(figure.help())
          .tags(tags(figure))
          .register(meters);
    }
  }

  private MultiGauge gauge(Figure figure) {
    return MultiGauge.builder(figure.name()).description(figure.help()).register(meters);
  }

  private static List<Row<?>> rows(Collection<Figure> figures) {
    return figures.stream()
        .<Row<?>>map(one -> Row.of(Tags.of(tags(one)), one.value(), DoubleSupplier::getAsDouble))
        .toList();
  }

  private static List<Tag> tags(Figure figure) {
    return figure.labels().entrySet().stream()
        .map(label -> Tag.of(label.getKey(), label.getValue()))
        .toList();
  }
}
