package boutique.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The contract as the shop publishes it: tests that are made from it know every new route. */
record OpenApi(JsonNode document) {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  static OpenApi of(ShopProcess shop) {
    var text = Shopper.stranger(shop).get("/openapi.yaml").response().body();
    try {
      return new OpenApi(new YAMLMapper().readTree(text));
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("the contract is no YAML", malformed);
    }
  }

  List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    document
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .forEach(method ->
                    operations.add(
                        operation(
                            method.getKey(),
                            path.getKey(),
                            path.getValue().path("parameters"),
                            method.getValue()))));
    return operations;
  }

  /** A schema, wherever the contract keeps it. */
  JsonNode resolved(JsonNode node) {
    var reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : resolved(document.at(reference.substring(1)));
  }

  private Operation operation(String method, String path, JsonNode shared, JsonNode node) {
    var parameters =
        Stream.of(shared, node.path("parameters"))
            .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
            .map(this::parameter)
            .toList();
    var content = resolved(node.path("requestBody")).path("content");
    var type = content.isEmpty() ? "" : content.fieldNames().next();
    return new Operation(
        node.get("operationId").asText(),
        method.toUpperCase(java.util.Locale.ROOT),
        path,
        node.has("security") && node.get("security").isEmpty(),
        node.path("x-role").asText(),
        parameters,
        type,
        resolved(content.path(type).path("schema")));
  }

  private Operation.Parameter parameter(JsonNode node) {
    var parameter = resolved(node);
    return new Operation.Parameter(
        parameter.get("name").asText(),
        parameter.get("in").asText(),
        parameter.path("required").asBoolean(),
        resolved(parameter.path("schema")));
  }
}
