package boutique.launcher;

import boutique.launcher.Key.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What can be set, and what it is set to: the defaults of {@code conf/boutique.json}, then a file,
 * then the environment, then flags, the later over the earlier. Everything is checked before
 * anything is started.
 */
final class Config {
  static final List<Key> KEYS =
      List.of(
          Key.of("http.port", Kind.PORT),
          Key.of("data", Kind.TEXT),
          Key.of("demo", Kind.SWITCH),
          Key.of("kafka.enabled", Kind.SWITCH),
          Key.of("kafka.port", Kind.PORT),
          Key.of("orders.paymentWindow", Kind.DURATION));

  private static final int SIMILAR = 3;

  private final Map<String, Setting> settings = new TreeMap<>();

  /** A value, as it was written, and where. */
  private record Setting(String text, Object value, String source) {}

  void set(String name, String text, String source) {
    var key = key(name, source);
    settings.put(name, new Setting(text, key.parse(text, source), source));
  }

  int httpPort() {
    return value("http.port", Integer.class);
  }

  Path data() {
    return Path.of(value("data", String.class)).toAbsolutePath().normalize();
  }

  boolean demo() {
    return value("demo", Boolean.class);
  }

  boolean kafkaEnabled() {
    return value("kafka.enabled", Boolean.class);
  }

  int kafkaPort() {
    return value("kafka.port", Integer.class);
  }

  Duration paymentWindow() {
    return value("orders.paymentWindow", Duration.class);
  }

  /** Every key with its value and its source; secrets are not shown. */
  String describe() {
    var lines = new StringBuilder();
    for (var key : KEYS) {
      var setting = settings.get(key.name());
      if (setting != null) {
        var shown = key.secret() ? "(secret)" : setting.text();
        lines.append("%-24s %-16s %s%n".formatted(key.name(), shown, setting.source()));
      }
    }
    return lines.toString();
  }

  private <T> T value(String name, Class<T> type) {
    var setting = settings.get(name);
    if (setting == null) {
      throw new Mistake("conf/boutique.json: " + name + " is missing");
    }
    return type.cast(setting.value());
  }

  private static Key key(String name, String source) {
    return KEYS.stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Mistake(source + ": there is no key " + name + hint(name)));
  }

  private static String hint(String name) {
    return KEYS.stream()
        .map(Key::name)
        .min(Comparator.comparingInt(known -> distance(known, name)))
        .filter(known -> distance(known, name) <= SIMILAR)
        .map(known -> "; did you mean " + known + "?")
        .orElse("; `./boutique config` lists them all");
  }

  /** How many letters apart two names are (Levenshtein). */
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        var best = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + same);
        diagonal = row[j];
        row[j] = best;
      }
    }
    return row[b.length()];
  }
}
