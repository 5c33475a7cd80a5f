package boutique.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What may stand, as raw JSON, where something else was expected. */
final class HostileValues {
  static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "\\u0000",
          "\\ud800",
          "\\udc00\\ud800",
          "\\u202e\\u2066x",
          "\\u200b\\ufeff",
          "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
          "e\u0301\u0301\u0301\u0301",
          "\u0130\u0131\u00DF\uFB01",
          "../../etc/passwd",
          "%00",
          "$where",
          "a.b",
          "' OR 1=1 --",
          "<script>alert(1)</script>",
          "${jndi:ldap://127.0.0.1/x}",
          "{{7*7}}",
          "\\r\\nSet-Cookie: a=b",
          "x".repeat(300),
          "x".repeat(60_000),
          "\uD83D\uDE00".repeat(2_000));

  private static final List<String> RAW =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "-1",
          "0.1",
          "0.30000000000000004",
          "1e9999",
          "-1e9999",
          "1e-9999",
          "1E400",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "18446744073709551617",
          "7".repeat(400),
          "0." + "3".repeat(400),
          "NaN",
          "Infinity",
          "01",
          "0x10",
          "+1",
          "[]",
          "[[]]",
          "{}",
          "{\"$ne\":null}",
          "{\"$gt\":\"\"}",
          "{\"$where\":\"sleep(1)\"}",
          "{\"a.b\":1}",
          "{\"__proto__\":{\"a\":1}}",
          "[null]",
          "[\"x\",1,{}]",
          "[".repeat(900) + "]".repeat(900),
          "{\"a\":".repeat(900) + "1" + "}".repeat(900),
          "[" + "1,".repeat(5_000) + "1]");

  private HostileValues() {}

  /** Whatever the schema says. */
  static List<String> any() {
    var values = new ArrayList<>(RAW);
    ODD_TEXTS.forEach(text -> values.add("\"" + text + "\""));
    return values;
  }

  /** Of another type than every one that the schema allows. */
  static List<String> ofAnotherType(JsonNode schema) {
    return switch (Examples.type(schema)) {
      case "string" -> List.of("7", "true", "{}", "[\"x\"]");
      case "integer" -> List.of("\"1\"", "1.5", "true", "[1]", "1e400");
      case "number" -> List.of("\"1\"", "true", "[1]", "{}");
      case "boolean" -> List.of("\"true\"", "1", "[]");
      case "array" -> List.of("{}", "\"[]\"", "7");
      case "object" -> List.of("[]", "\"{}\"", "7");
      default -> List.of();
    };
  }

  /** Just beyond what the schema allows. */
  static List<String> beyond(JsonNode schema) {
    var values = new ArrayList<String>();
    if (schema.has("minimum")) {
      values.add(schema.get("minimum").decimalValue().subtract(BigDecimal.ONE).toPlainString());
    }
    if (schema.has("maximum")) {
      values.add(schema.get("maximum").decimalValue().add(BigDecimal.ONE).toPlainString());
    }
    if (schema.path("minLength").asInt() > 0) {
      values.add(text(schema.get("minLength").asInt() - 1));
    }
    if (schema.has("maxLength")) {
      values.add(text(schema.get("maxLength").asInt() + 1));
    }
    if (schema.path("minItems").asInt() > 0) {
      values.add("[]");
    }
    if (schema.has("enum")) {
      values.add("\"neither\"");
    }
    return values;
  }

  /** The last that the schema allows, and so may be right. */
  static List<String> edges(JsonNode schema) {
    var values = new ArrayList<String>();
    for (var edge : List.of("minimum", "maximum")) {
      if (schema.has(edge)) {
        values.add(schema.get(edge).decimalValue().toPlainString());
      }
    }
    for (var edge : List.of("minLength", "maxLength")) {
      if (schema.has(edge)) {
        values.add(text(schema.get(edge).asInt()));
      }
    }
    return values;
  }

  private static String text(int length) {
    return "\"" + "x".repeat(length) + "\"";
  }
}
