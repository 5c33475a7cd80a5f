package boutique.gateway.problems;

import boutique.gateway.problems.Problem.Wrong;
import io.vertx.json.schema.OutputUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a schema validator's report says about single fields, in words for people. The report
 * repeats each complaint at every level above it, and calls every field that is wrong unknown as
 * well; what remains is one complaint per field.
 */
final class Leaves {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern PARAMETER = Pattern.compile("parameter ([\\w-]+)");
  private static final Pattern EXPECTED = Pattern.compile("Expected (\\w+)");
  private static final Pattern LIMIT =
      Pattern.compile("[<>] ?(\\d+)\\)?$|(?:than|equal to) (\\S+)$");
  private static final String UNKNOWN = "is not known here";

  private Leaves() {}

  /**
   * Complaints by field.
   *
   * @param whole what to call the value as a whole: the body, or the name of a parameter
   */
  static List<Wrong> of(List<OutputUnit> report, String whole) {
    var messages = new LinkedHashMap<String, String>();
    for (var unit : report) {
      var message = message(unit);
      if (!message.isEmpty() && !hasDeeper(unit, report)) {
        messages.merge(
            field(unit, whole), message, (first, next) -> first.equals(UNKNOWN) ? next : first);
      }
    }
    return messages.entrySet().stream().map(Leaves::wrong).toList();
  }

  /** The name of a parameter, as far as the validator's sentence tells it. */
  static String parameter(String sentence) {
    var named = PARAMETER.matcher(sentence);
    return named.find() ? named.group(1) : "body";
  }

  private static Wrong wrong(Map.Entry<String, String> entry) {
    return new Wrong(entry.getKey(), entry.getValue());
  }

  /** A path such as {@code items.0.quantity}. */
  private static String field(OutputUnit unit, String whole) {
    var path = unit.getInstanceLocation().replaceFirst("^#/?", "").replace('/', '.');
    var missing = QUOTED.matcher(sentence(unit));
    if (keyword(unit).equals("required") && missing.find()) {
      return path.isEmpty() ? missing.group(1) : path + "." + missing.group(1);
    }
    return path.isEmpty() ? whole : path;
  }

  private static String message(OutputUnit unit) {
    return switch (keyword(unit)) {
      case "required" -> "is missing";
      case "additionalProperties" -> UNKNOWN;
      case "type" -> "must be of type " + found(EXPECTED, unit);
      case "minimum" -> "must be at least " + found(LIMIT, unit);
      case "exclusiveMinimum" -> "must be more than " + found(LIMIT, unit);
      case "maximum" -> "must be at most " + found(LIMIT, unit);
      case "exclusiveMaximum" -> "must be less than " + found(LIMIT, unit);
      case "minLength" -> "is too short, at least " + found(LIMIT, unit) + " characters";
      case "maxLength" -> "is too long, at most " + found(LIMIT, unit) + " characters";
      case "minItems" -> "has too few entries, at least " + found(LIMIT, unit);
      case "maxItems" -> "has too many entries, at most " + found(LIMIT, unit);
      case "pattern", "format" -> "does not have the right form";
      case "enum", "const" -> "is none of the values that are possible";
      case "properties", "items", "$ref" -> ""; // only that something within it is wrong
      default -> sentence(unit);
    };
  }

  private static String keyword(OutputUnit unit) {
    var location = unit.getKeywordLocation();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static String found(Pattern pattern, OutputUnit unit) {
    var found = pattern.matcher(sentence(unit));
    if (!found.find()) {
      return "what the contract says";
    }
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  private static String sentence(OutputUnit unit) {
    return String.valueOf(unit.getError());
  }

  private static boolean hasDeeper(OutputUnit unit, List<OutputUnit> report) {
    return report.stream()
        .anyMatch(
            other -> other.getInstanceLocation().startsWith(unit.getInstanceLocation() + "/"));
  }
}
