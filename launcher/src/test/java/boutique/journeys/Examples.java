package boutique.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Values that a schema allows.
 *
 * @param known what to say for fields of these names, such as the id of a product that there is
 */
record Examples(OpenApi api, Map<String, String> known) {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final List<String> WORDS =
      List.of(
          "correct horse",
          "vase",
          "USD",
          "12345",
          "DE",
          "+49 30 1234567",
          "#ff8800",
          "1",
          "a-b",
          "orders/a-b",
          "tok_visa");

  JsonNode of(JsonNode schema) {
    return of("", schema);
  }

  private JsonNode of(String name, JsonNode unresolved) {
    var schema = api.resolved(unresolved);
    for (var alternatives : List.of("oneOf", "anyOf", "allOf")) {
      if (schema.has(alternatives)) {
        return of(name, schema.get(alternatives).get(0));
      }
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    return switch (type(schema)) {
      case "object" -> object(schema);
      case "array" -> array(name, schema);
      case "integer" -> JsonNodeFactory.instance.numberNode(number(schema).longValue());
      case "number" -> DecimalNode.valueOf(number(schema));
      case "boolean" -> JsonNodeFactory.instance.booleanNode(true);
      case "null" -> JsonNodeFactory.instance.nullNode();
      default -> TextNode.valueOf(text(name, schema));
    };
  }

  static String type(JsonNode schema) {
    var type = schema.path("type");
    if (type.isArray()) {
      return type.get(0).asText();
    }
    return type.isMissingNode() && schema.has("properties") ? "object" : type.asText();
  }

  private JsonNode object(JsonNode schema) {
    var object = JsonNodeFactory.instance.objectNode();
    said(schema).forEach(name -> object.set(name, of(name, schema.path("properties").path(name))));
    return object;
  }

  /** What has to be said; or where nothing has to, the first thing that may be. */
  private static List<String> said(JsonNode schema) {
    var said = new ArrayList<String>();
    schema.path("required").forEach(name -> said.add(name.asText()));
    var may = schema.path("properties").fieldNames();
    if (said.isEmpty() && may.hasNext()) {
      said.add(may.next());
    }
    return said;
  }

  private JsonNode array(String name, JsonNode schema) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var i = 0; i < Math.max(1, schema.path("minItems").asInt()); i++) {
      array.add(of(name, schema.path("items")));
    }
    return array;
  }

  private static BigDecimal number(JsonNode schema) {
    var least = schema.has("minimum") ? schema.get("minimum").decimalValue() : BigDecimal.ONE;
    return least.max(BigDecimal.ONE);
  }

  private String text(String name, JsonNode schema) {
    if (known.containsKey(name)) {
      return known.get(name);
    }
    var pattern = Pattern.compile(schema.path("pattern").asText(""));
    return Stream.concat(
            Stream.of("example-%d@example.com".formatted(COUNT.incrementAndGet())), WORDS.stream())
        .filter(word -> name.equals("email") == word.contains("@"))
        .map(word -> longEnough(word, schema))
        .filter(word -> pattern.matcher(word).find())
        .filter(word -> word.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE))
        .findFirst()
        .orElseThrow(() ->
            new AssertionError("no example of " + name + " " + schema + ": add a word for it"));
  }

  private static String longEnough(String word, JsonNode schema) {
    return word + "x".repeat(Math.max(0, schema.path("minLength").asInt() - word.length()));
  }
}
