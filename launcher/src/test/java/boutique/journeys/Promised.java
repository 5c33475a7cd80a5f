package boutique.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What {@code asyncapi.yaml} promises to those who read the topics. */
final class Promised {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_7,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final JsonNode contract;

  Promised() {
    try (var yaml = Promised.class.getResourceAsStream("/asyncapi.yaml")) {
      contract = new YAMLMapper().readTree(Objects.requireNonNull(yaml));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What is wrong with a fact; nothing, when it is as promised. */
  List<String> complaints(Fact fact) {
    var messages = contract.at("/channels").path(fact.topic()).path("messages");
    if (!messages.has(fact.type())) {
      return List.of("%s is not promised in %s".formatted(fact.type(), fact.topic()));
    }
    var headers = new ObjectMapper().valueToTree(fact.headers()).toString();
    var payload = contract.at("/components/messages").path(fact.type()).get("payload");
    return Stream.concat(
            complaints(contract.at("/components/schemas/Envelope"), headers),
            complaints(payload, fact.value()))
        .toList();
  }

  /** The part of the contract as a schema of its own, which brings along what it refers to. */
  private Stream<String> complaints(JsonNode part, String json) {
    ObjectNode schema = part.deepCopy();
    schema.set("definitions", contract.at("/components/schemas"));
    var text = schema.toString().replace("#/components/schemas/", "#/definitions/");
    return SCHEMAS.getSchema(text, InputFormat.JSON).validate(json, InputFormat.JSON).stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage());
  }
}
