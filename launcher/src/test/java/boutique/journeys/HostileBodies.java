package boutique.journeys;

import static boutique.journeys.Attempt.Verdict.ANY;
import static boutique.journeys.Attempt.Verdict.REFUSED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.journeys.Attempt.Verdict;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bodies that an operation does not want: a right one, with one thing wrong in it. */
final class HostileBodies {
  private static final String JSON = "application/json";
  private static final String HERE = "put-it-here";

  private final OpenApi api;
  private final Operation operation;
  private final String target;
  private final JsonNode right;
  private final List<Attempt> attempts = new ArrayList<>();

  private HostileBodies(OpenApi api, Operation operation, String target, JsonNode right) {
    this.api = api;
    this.operation = operation;
    this.target = target;
    this.right = right;
  }

  static List<Attempt> of(OpenApi api, Operation operation, String target, JsonNode right) {
    var bodies = new HostileBodies(api, operation, target, right);
    bodies.add("a right body", right.toString(), ANY);
    bodies.values("", operation.body(), right);
    bodies.fields("", operation.body(), right);
    bodies.texts();
    bodies.types();
    return bodies.attempts;
  }

  /** Every place of the body, with something else in it. */
  private void values(String place, JsonNode unresolved, JsonNode part) {
    var schema = api.resolved(unresolved);
    HostileValues.any().forEach(value -> add(place + " is " + brief(value), at(place, value), ANY));
    if (!schema.has("oneOf") && !schema.has("anyOf") && !schema.path("type").isArray()) {
      HostileValues.ofAnotherType(schema)
          .forEach(value -> add(place + " is " + brief(value), at(place, value), REFUSED));
    }
    HostileValues.beyond(schema)
        .forEach(value -> add(place + " is " + brief(value), at(place, value), REFUSED));
    HostileValues.edges(schema)
        .forEach(value -> add(place + " is " + brief(value), at(place, value), ANY));
    if (part instanceof ArrayNode array && !array.isEmpty()) {
      values(place + "/0", schema.path("items"), array.get(0));
    }
    if (part instanceof ObjectNode object) {
      object
          .properties()
          .forEach(field ->
              values(
                  place + "/" + field.getKey(),
                  schema.path("properties").path(field.getKey()),
                  field.getValue()));
    }
  }

  /** Every object, with a field too few, too many, or twice. */
  private void fields(String place, JsonNode unresolved, JsonNode part) {
    var schema = api.resolved(unresolved);
    if (part instanceof ArrayNode array && !array.isEmpty()) {
      fields(place + "/0", schema.path("items"), array.get(0));
    }
    if (!(part instanceof ObjectNode object)) {
      return;
    }
    schema
        .path("required")
        .forEach(name ->
            add(
                place + " without " + name.asText(),
                at(place, object.deepCopy().without(name.asText()).toString()),
                REFUSED));
    var closed = schema.path("additionalProperties").isBoolean();
    for (var name : List.of("more", "$where", "$set", "a.b", "__proto__", "userId", "roles", "")) {
      var known = schema.path("properties").has(name);
      add(
          place + " with " + name,
          at(place, object.deepCopy().put(name, "x").toString()),
          closed && !known ? REFUSED : ANY);
    }
    var twice = object.toString();
    add(place + " twice", at(place, "{\"x\":1," + twice.substring(1)), ANY);
    if (!object.isEmpty()) {
      var inner = twice.substring(1, twice.length() - 1);
      add(place + " with all fields twice", at(place, "{" + inner + "," + inner + "}"), ANY);
    }
    object
        .properties()
        .forEach(field ->
            fields(
                place + "/" + field.getKey(),
                schema.path("properties").path(field.getKey()),
                field.getValue()));
  }

  /** The body as a text that is broken. */
  private void texts() {
    var text = right.toString();
    for (var cut = 1; cut < text.length(); cut += Math.max(1, text.length() / 8)) {
      add("the body ends early", text.substring(0, cut), REFUSED);
    }
    add("the body goes on", text + text, REFUSED);
    add("the body is nothing but depth", "[".repeat(30_000), REFUSED);
    add("the body is 70 kB", text + " ".repeat(70_000), REFUSED);
    add("a comment", "/* */" + text, ANY);
    for (var bytes :
        List.of(("{\"\u00C0\u00AF\":1," + text.substring(1)).getBytes(ISO_8859_1), new byte[500])) {
      attempts.add(attempt("bytes that are no text", REFUSED).with(JSON, bytes));
    }
    for (var bytes : List.of(("\uFEFF" + text).getBytes(UTF_8), text.getBytes(UTF_16))) {
      attempts.add(attempt("text in another dress", ANY).with(JSON, bytes));
    }
    var cut = Arrays.copyOf(text.getBytes(UTF_8), text.length() - 1);
    attempts.add(
        attempt("packed, but it is not", ANY).with(JSON, cut).with("Content-Encoding", "gzip"));
  }

  private void types() {
    for (var type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/xml",
            "nonsense",
            ";",
            "*/*")) {
      attempts.add(attempt("is " + type, REFUSED).with(type, right.toString().getBytes(UTF_8)));
    }
    attempts.add(
        attempt("is nearly JSON", ANY).with("application/json5", right.toString().getBytes(UTF_8)));
    attempts.add(
        attempt("in another charset", ANY)
            .with(JSON + "; charset=utf-7", right.toString().getBytes(UTF_8)));
  }

  private void add(String what, String body, Verdict verdict) {
    attempts.add(attempt(what, verdict).with(JSON, body.getBytes(UTF_8)));
  }

  private Attempt attempt(String what, Verdict verdict) {
    return Attempt.of(what, operation, target, verdict);
  }

  /** The right body, with raw JSON at one place. */
  private String at(String place, String json) {
    if (place.isEmpty()) {
      return json;
    }
    var body = right.deepCopy();
    var parent = body.at(place.substring(0, place.lastIndexOf('/')));
    var last = place.substring(place.lastIndexOf('/') + 1);
    switch (parent) {
      case ObjectNode object -> object.put(last, HERE);
      case ArrayNode array -> array.set(Integer.parseInt(last), HERE);
      default -> throw new IllegalStateException(place);
    }
    return body.toString().replace("\"" + HERE + "\"", json);
  }

  private static String brief(String value) {
    return value.length() < 40 ? value : value.substring(0, 20) + "… (" + value.length() + ")";
  }
}
