package boutique.launcher;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command line: {@code --key=value} for every key, and short forms for the usual ones. */
record Flags(Map<String, String> settings, @Nullable String conf) {
  private static final Map<String, String> SHORT =
      Map.of("port", "http.port", "kafka-port", "kafka.port");
  private static final Map<String, Map.Entry<String, String>> SWITCHES =
      Map.of(
          "--demo", Map.entry("demo", "true"),
          "--no-demo", Map.entry("demo", "false"),
          "--no-kafka", Map.entry("kafka.enabled", "false"));

  static Flags parse(List<String> arguments) {
    var settings = new LinkedHashMap<String, String>();
    String conf = null;
    var left = arguments.iterator();
    while (left.hasNext()) {
      var argument = left.next();
      var switched = SWITCHES.get(argument);
      if (switched != null) {
        settings.put(switched.getKey(), switched.getValue());
        continue;
      }
      if (!argument.startsWith("--")) {
        throw new Mistake(argument + ": not understood; see `./boutique help`");
      }
      var equals = argument.indexOf('=');
      var flag = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
      var value = equals < 0 ? next(left, argument) : argument.substring(equals + 1);
      if (flag.equals("conf")) {
        conf = value;
      } else {
        settings.put(SHORT.getOrDefault(flag, flag), value);
      }
    }
    return new Flags(settings, conf);
  }

  private static String next(Iterator<String> left, String flag) {
    if (!left.hasNext()) {
      throw new Mistake(flag + ": needs a value");
    }
    return left.next();
  }
}
