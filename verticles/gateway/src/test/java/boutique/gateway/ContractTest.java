package boutique.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

@DisplayName("The contract of the API")
class ContractTest {
  /** What somebody else says in their own words; it is not looked at before its signature is. */
  private static final Set<String> FOREIGN = Set.of("hearStripe");

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  /** Written while it is read, so that nobody knows a tag of it before. */
  private static final Set<String> ENDLESS = Set.of("exportMe");

  /** Bounded by the book itself, and so never paged. */
  private static final Set<String> WHOLE = Set.of("listAddresses");

  private final JsonObject contract = read();

  private record Operation(String method, String path, JsonObject says) {
    String id() {
      return says.getString("operationId");
    }

    boolean reads() {
      return method.equals("get");
    }

    /** The shared parameters that it names. */
    List<String> takes() {
      return says.getJsonArray("parameters", new JsonArray()).stream()
          .map(one -> ((JsonObject) one).getString("$ref", ""))
          .map(one -> one.substring(one.lastIndexOf('/') + 1))
          .toList();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @Test
  @DisplayName("gives each operation a name of its own")
  void names() {
    assertThat(operations()).isNotEmpty().extracting(Operation::id).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("lets every change be repeated, and be waited for")
  void changes() {
    assertThat(operations())
        .filteredOn(operation -> !operation.reads())
        .allSatisfy(operation ->
            assertThat(operation.takes()).as("%s", operation).contains("IdempotencyKey", "Prefer"));
  }

  @Test
  @DisplayName("lets an order be changed only as it was seen, and what was read be asked for again")
  void versions() {
    assertThat(operations())
        .filteredOn(operation -> operation.path().startsWith("/api/orders/{id}"))
        .filteredOn(operation -> !operation.reads())
        .isNotEmpty()
        .allSatisfy(
            operation -> assertThat(operation.takes()).as("%s", operation).contains("IfMatch"));
    assertThat(operations())
        .filteredOn(operation -> operation.reads() && !ENDLESS.contains(operation.id()))
        .isNotEmpty()
        .allSatisfy(
            operation -> assertThat(operation.takes()).as("%s", operation).contains("IfNoneMatch"));
  }

  @Test
  @DisplayName("pages every list in the same way")
  void lists() {
    assertThat(operations())
        .filteredOn(operation -> isList(operation) && !WHOLE.contains(operation.id()))
        .isNotEmpty()
        .allSatisfy(operation ->
            assertThat(operation.takes()).as("%s", operation).contains("Limit", "Cursor"));
  }

  @Test
  @DisplayName("bounds whatever a client may send, and takes nothing that it does not name")
  void bounds() {
    for (var operation : operations()) {
      if (FOREIGN.contains(operation.id())) {
        continue;
      }
      var body = resolved(operation.says().getJsonObject("requestBody", new JsonObject()));
      var content = body.getJsonObject("content", new JsonObject());
      for (var type : content.fieldNames()) {
        assertThat(unbounded(content.getJsonObject(type).getJsonObject("schema"), "body"))
            .as("%s", operation)
            .isEmpty();
      }
      for (var each : operation.says().getJsonArray("parameters", new JsonArray())) {
        var parameter = resolved((JsonObject) each);
        assertThat(unbounded(parameter.getJsonObject("schema"), parameter.getString("name")))
            .as("%s", operation)
            .isEmpty();
      }
    }
  }

  @Test
  @DisplayName("says of each payment what may be said of it, so that nothing is passed over")
  void payments() {
    assertThat(operations())
        .filteredOn(
            operation -> operation.method().equals("post") && operation.path().contains("payment"))
        .hasSizeGreaterThan(5)
        .allSatisfy(operation ->
            assertThat(operation.says().getJsonObject("requestBody"))
                .as("%s", operation)
                .isNotNull());
  }

  private List<String> unbounded(JsonObject given, String where) {
    var schema = resolved(given);
    var wrong = new ArrayList<String>();
    var types = types(schema);
    if (types.contains("object")) {
      if (!Boolean.FALSE.equals(schema.getValue("additionalProperties"))) {
        wrong.add(where + " takes anything");
      }
      var fields = schema.getJsonObject("properties", new JsonObject());
      fields
          .fieldNames()
          .forEach(
              field -> wrong.addAll(unbounded(fields.getJsonObject(field), where + "." + field)));
    }
    if (types.contains("array")) {
      if (!schema.containsKey("maxItems")) {
        wrong.add(where + " has no end");
      }
      wrong.addAll(unbounded(schema.getJsonObject("items"), where + "[]"));
    }
    if (types.contains("string")
        && !schema.containsKey("maxLength")
        && !schema.containsKey("enum")) {
      wrong.add(where + " has no length");
    }
    if ((types.contains("number") || types.contains("integer"))
        && !((schema.containsKey("minimum") || schema.containsKey("exclusiveMinimum"))
            && schema.containsKey("maximum"))) {
      wrong.add(where + " has no limits");
    }
    return wrong;
  }

  private static Set<Object> types(JsonObject schema) {
    return schema.getValue("type") instanceof JsonArray several
        ? several.stream().collect(Collectors.toSet())
        : Set.of(schema.getValue("type", ""));
  }

  private boolean isList(Operation operation) {
    var answer = operation.says().getJsonObject("responses").getJsonObject("200", new JsonObject());
    var schema =
        resolved(answer)
            .getJsonObject("content", new JsonObject())
            .getJsonObject("application/json", new JsonObject())
            .getJsonObject("schema", new JsonObject());
    return resolved(schema).getJsonObject("properties", new JsonObject()).containsKey("nextCursor");
  }

  private JsonObject resolved(JsonObject node) {
    var reference = node.getString("$ref");
    if (reference == null) {
      return node;
    }
    var found = contract;
    for (var step : reference.substring(2).split("/")) {
      found = found.getJsonObject(step);
    }
    return resolved(found);
  }

  private List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    var paths = contract.getJsonObject("paths");
    for (var path : new TreeSet<>(paths.fieldNames())) {
      var methods = paths.getJsonObject(path);
      methods.fieldNames().stream()
          .filter(METHODS::contains)
          .forEach(
              method -> operations.add(new Operation(method, path, methods.getJsonObject(method))));
    }
    return operations;
  }

  private static JsonObject read() {
    try (var file = Objects.requireNonNull(Contract.class.getResourceAsStream("/openapi.yaml"))) {
      var text = new String(file.readAllBytes(), UTF_8);
      return new JsonObject(new JsonObject(new Yaml().<Map<String, Object>>load(text)).encode());
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
