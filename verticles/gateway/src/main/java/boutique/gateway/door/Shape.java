package boutique.gateway.door;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says of a value, as far as that is plain: what fits, the library would let pass as
 * well, at ten times the cost. What does not fit may still be right, and is for the library to
 * judge and to find words for; and of a schema that says anything else there is no shape.
 */
sealed interface Shape {

  boolean fits(@Nullable Object value);

  /** A string; its characters are counted so that it holds however the library counts them. */
  record Text(int least, int most, @Nullable Pattern pattern) implements Shape {
    @Override
    public boolean fits(@Nullable Object value) {
      return value instanceof String text
          && text.length() <= most
          && text.codePointCount(0, text.length()) >= least
          && (pattern == null || pattern.matcher(text).find());
    }
  }

  record Word(Set<Object> allowed) implements Shape {
    @Override
    public boolean fits(@Nullable Object value) {
      return value instanceof String && allowed.contains(value);
    }
  }

  record Whole(long least, long most) implements Shape {
    @Override
    public boolean fits(@Nullable Object value) {
      return (value instanceof Integer || value instanceof Long)
          && ((Number) value).longValue() >= least
          && ((Number) value).longValue() <= most;
    }
  }

  record Amount(double least, double above, double most) implements Shape {
    @Override
    public boolean fits(@Nullable Object value) {
      if (!(value instanceof Integer || value instanceof Long || value instanceof Double)) {
        return false;
      }
      var amount = ((Number) value).doubleValue();
      return amount >= least && amount > above && amount <= most;
    }
  }

  record Flag() implements Shape {
    @Override
    public boolean fits(@Nullable Object value) {
      return value instanceof Boolean;
    }
  }

  record Row(Shape each, int least, int most) implements Shape {
    @Override
    public boolean fits(@Nullable Object value) {
      return value instanceof JsonArray row
          && row.size() >= least
          && row.size() <= most
          && row.stream().allMatch(each::fits);
    }
  }

  /** With these fields and no others. */
  record Fields(Map<String, Shape> known, Set<String> required) implements Shape {
    @Override
    public boolean fits(@Nullable Object value) {
      if (!(value instanceof JsonObject object)) {
        return false;
      }
      var missing = required.size();
      for (var field : object) {
        var shape = known.get(field.getKey());
        if (shape == null || !shape.fits(field.getValue())) {
          return false;
        }
        missing -= required.contains(field.getKey()) ? 1 : 0;
      }
      return missing == 0;
    }
  }

  /** Null when the schema says more than is plain. */
  static @Nullable Shape of(JsonObject schema) {
    var type = schema.getValue("type");
    if (type == null) {
      return says(schema, Set.of("enum")) ? word(schema.getJsonArray("enum")) : null;
    }
    return switch (type.toString()) {
      case "string" ->
          says(schema, Set.of("minLength", "maxLength", "pattern")) ? text(schema) : null;
      case "integer" -> says(schema, Set.of("minimum", "maximum")) ? whole(schema) : null;
      case "number" ->
          says(schema, Set.of("minimum", "exclusiveMinimum", "maximum")) ? amount(schema) : null;
      case "boolean" -> says(schema, Set.of()) ? new Flag() : null;
      case "array" -> says(schema, Set.of("items", "minItems", "maxItems")) ? row(schema) : null;
      case "object" ->
          says(schema, Set.of("properties", "required", "additionalProperties"))
              ? fields(schema)
              : null;
      default -> null;
    };
  }

  /** Nothing but its type, what counts here, what is for people, and the library's own marks. */
  private static boolean says(JsonObject schema, Set<String> counting) {
    var others = Set.of("type", "description", "default");
    return schema.fieldNames().stream()
        .filter(Predicate.not(counting::contains))
        .allMatch(name -> others.contains(name) || name.startsWith("__"));
  }

  private static @Nullable Shape word(JsonArray allowed) {
    return allowed.stream().allMatch(String.class::isInstance)
        ? new Word(Set.copyOf(List.of(allowed.stream().toArray())))
        : null;
  }

  private static Shape text(JsonObject schema) {
    var pattern = schema.getString("pattern");
    return new Text(
        schema.getInteger("minLength", 0),
        schema.getInteger("maxLength", Integer.MAX_VALUE),
        pattern == null ? null : Pattern.compile(pattern));
  }

  private static Shape whole(JsonObject schema) {
    return new Whole(
        schema.getLong("minimum", Long.MIN_VALUE), schema.getLong("maximum", Long.MAX_VALUE));
  }

  private static Shape amount(JsonObject schema) {
    return new Amount(
        schema.getDouble("minimum", Double.NEGATIVE_INFINITY),
        schema.getDouble("exclusiveMinimum", Double.NEGATIVE_INFINITY),
        schema.getDouble("maximum", Double.MAX_VALUE));
  }

  private static @Nullable Shape row(JsonObject schema) {
    var each = schema.getValue("items") instanceof JsonObject items ? of(items) : null;
    return each == null
        ? null
        : new Row(
            each,
            schema.getInteger("minItems", 0),
            schema.getInteger("maxItems", Integer.MAX_VALUE));
  }

  private static @Nullable Shape fields(JsonObject schema) {
    if (!Boolean.FALSE.equals(schema.getValue("additionalProperties"))) {
      return null;
    }
    var known = new HashMap<String, Shape>();
    for (var property : schema.getJsonObject("properties", new JsonObject())) {
      var shape = property.getValue() instanceof JsonObject field ? of(field) : null;
      if (shape == null) {
        return null;
      }
      known.put(property.getKey(), shape);
    }
    var required = schema.getJsonArray("required", new JsonArray());
    return new Fields(known, Set.copyOf(required.stream().map(Object::toString).toList()));
  }
}
