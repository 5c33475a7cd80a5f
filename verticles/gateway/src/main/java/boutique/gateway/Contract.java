package boutique.gateway;

import boutique.gateway.door.TrafficSigns;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * The API as {@code openapi.yaml} writes it: served as it stands, and what every request is held
 * against. Read once for all instances of the gateway.
 */
public final class Contract {
  private static final String FILE = "openapi.yaml";
  private static final String EVENTS = "asyncapi.yaml";
  private static final Map<String, Object> UNSPOKEN =
      Map.of("200", Map.of("description", "see the published contract"));

  private static final String YAML = "application/yaml";
  private static final String JSON = "application/json";

  private final Text text;
  private final Text asJson;
  private final Text events;
  private final JsonObject json;
  private final TrafficSigns signs;
  private final Future<OpenAPIContract> requests;

  public Contract(Vertx vertx) {
    var yaml = vertx.fileSystem().readFileBlocking(FILE);
    json = read(yaml);
    text = Text.of(YAML, yaml, null);
    asJson = Text.of(JSON, json.toBuffer(), null);
    events = Text.of(YAML, vertx.fileSystem().readFileBlocking(EVENTS), null);
    signs = new TrafficSigns(json);
    requests = OpenAPIContract.from(vertx, withoutAnswers());
  }

  Text text() {
    return text;
  }

  /** The same, for those who read no YAML. */
  Text json() {
    return asJson;
  }

  TrafficSigns signs() {
    return signs;
  }

  /** What other systems read: the events, as AsyncAPI. */
  Text events() {
    return events;
  }

  public Future<OpenAPIContract> requests() {
    return requests;
  }

  /**
   * The router knows no problem+json, and needs only what is asked: so it is shown no answers. It
   * takes quotes and digits in a header for JSON: so it is shown no headers either.
   */
  private JsonObject withoutAnswers() {
    var contract = json.copy();
    var paths = contract.getJsonObject("paths");
    var shared = contract.getJsonObject("components").getJsonObject("parameters");
    for (var path : paths.fieldNames()) {
      var operations = paths.getJsonObject(path);
      for (var method : operations.fieldNames()) {
        var operation = operations.getJsonObject(method);
        operation.put("responses", new JsonObject(UNSPOKEN));
        operation.put("parameters", withoutHeaders(operation, shared));
      }
    }
    contract.getJsonObject("components").remove("responses");
    return plain(contract);
  }

  private static JsonObject read(Buffer yaml) {
    var map = new JsonObject(new Yaml().<Map<String, Object>>load(yaml.toString()));
    return plain(map);
  }

  /** Nested maps become JSON objects, which can be added to. */
  private static JsonObject plain(JsonObject json) {
    return new JsonObject(json.toBuffer());
  }

  private static JsonArray withoutHeaders(JsonObject operation, JsonObject shared) {
    var kept = new JsonArray();
    for (var each : operation.getJsonArray("parameters", new JsonArray())) {
      var parameter = (JsonObject) each;
      var reference = parameter.getString("$ref");
      var meant =
          reference == null
              ? parameter
              : shared.getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
      if (!"header".equals(meant.getString("in"))) {
        kept.add(parameter);
      }
    }
    return kept;
  }
}
