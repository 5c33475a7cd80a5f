package boutique.ops;

import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * A number that somebody has anyway, and what it is called outside.
 *
 * @param name as Prometheus has it, words with underscores; a counter's without its {@code _total}
 * @param labels never anything of a person's, and few values each
 */
public record Figure(
    Kind kind, String name, String help, Map<String, String> labels, DoubleSupplier value) {
  public Figure {
    labels = Map.copyOf(labels);
  }

  /** Whether it may fall. */
  public enum Kind {
    COUNTER,
    GAUGE
  }

  public static Figure counter(String name, String help, DoubleSupplier value) {
    return new Figure(Kind.COUNTER, name, help, Map.of(), value);
  }

  public static Figure gauge(String name, String help, DoubleSupplier value) {
    return new Figure(Kind.GAUGE, name, help, Map.of(), value);
  }

  /** The same of a part only. */
  public Figure of(String label, String part) {
    return new Figure(kind, name, help, Map.of(label, part), value);
  }
}
