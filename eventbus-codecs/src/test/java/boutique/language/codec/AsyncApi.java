package boutique.language.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What {@code asyncapi.yaml} promises to the readers of our topics, so that tests can hold real
 * records against it.
 */
public final class AsyncApi {
  private static final String IRI = "https://boutique.example/asyncapi.json";

  private final JsonNode document;
  private final SchemaRegistry schemas;

  private AsyncApi(JsonNode document) {
    this.document = document;
    this.schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_7,
            registry ->
                registry
                    .schemas(Map.of(IRI, document.toString()))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  public static AsyncApi read() {
    try (var yaml = AsyncApi.class.getResourceAsStream("/asyncapi.yaml")) {
      return new AsyncApi(new YAMLMapper().readTree(Objects.requireNonNull(yaml)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The names of the events by the topic that they are in, as its channel lists them. */
  public Map<String, List<String>> topics() {
    var topics = new TreeMap<String, List<String>>();
    for (var channel : document.get("channels")) {
      var names = new ArrayList<String>();
      channel.get("messages").fieldNames().forEachRemaining(names::add);
      topics.put(channel.get("address").textValue(), names);
    }
    return topics;
  }

  /** What is wrong with a record; nothing, when it is as the document says. */
  public List<String> complaints(String topic, Map<String, String> headers, byte[] value) {
    var type = headers.getOrDefault("ce_type", "");
    if (!topics().getOrDefault(topic, List.of()).contains(type)) {
      return List.of("a record of type '" + type + "' does not belong into topic " + topic);
    }
    var complaints = new ArrayList<String>();
    complaints.addAll(
        complaints(
            "#/components/messageTraits/cloudEvent/headers",
            new ObjectMapper().valueToTree(headers).toString()));
    complaints.addAll(complaints(type, value));
    return complaints;
  }

  /** What is wrong with the JSON of an event of this name. */
  public List<String> complaints(String event, byte[] json) {
    return complaints(
        "#/components/messages/" + event + "/payload", new String(json, StandardCharsets.UTF_8));
  }

  /** The document itself, for whoever asks it something else. */
  JsonNode document() {
    return document;
  }

  private List<String> complaints(String pointer, String json) {
    return schemas
        .getSchema(SchemaLocation.of(IRI + pointer))
        .validate(json, InputFormat.JSON)
        .stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }
}
