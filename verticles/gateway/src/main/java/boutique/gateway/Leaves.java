package boutique.gateway;

import io.vertx.json.schema.OutputUnit;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a schema validator's report says about single fields. The report repeats each complaint at
 * every level above it; the deepest ones name the field.
 */
final class Leaves {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern PARAMETER = Pattern.compile("parameter ([\\w-]+)");

  private static final Pattern WITHIN = Pattern.compile("/(properties|items|\\$ref)$");

  private Leaves() {}

  static List<OutputUnit> of(List<OutputUnit> errors) {
    return errors.stream().filter(error -> says(error) && !hasDeeper(error, errors)).toList();
  }

  /** A path such as {@code items.0.quantity}, or the name of what the whole of it is. */
  static String field(OutputUnit unit, String whole) {
    var path = unit.getInstanceLocation().replaceFirst("^#/?", "").replace('/', '.');
    var named = QUOTED.matcher(String.valueOf(unit.getError()));
    var missing = unit.getKeywordLocation().endsWith("/required") && named.find();
    if (missing) {
      return path.isEmpty() ? named.group(1) : path + "." + named.group(1);
    }
    return path.isEmpty() ? whole : path;
  }

  static String message(OutputUnit unit) {
    return String.valueOf(unit.getError());
  }

  /** The name of a parameter, as far as the validator's sentence tells it. */
  static String parameter(String sentence) {
    var named = PARAMETER.matcher(sentence);
    return named.find() ? named.group(1) : "body";
  }

  /** Whether it is more than that something within it is wrong. */
  private static boolean says(OutputUnit unit) {
    return !WITHIN.matcher(unit.getKeywordLocation()).find();
  }

  private static boolean hasDeeper(OutputUnit unit, List<OutputUnit> errors) {
    return errors.stream()
        .anyMatch(
            other -> other.getInstanceLocation().startsWith(unit.getInstanceLocation() + "/"));
  }
}
