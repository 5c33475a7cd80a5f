package boutique.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of one of our topics, as any system may read it. */
record Fact(String topic, int partition, String key, Map<String, String> headers, String value) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Fact of(ConsumerRecord<String, byte[]> record) {
    var headers = new TreeMap<String, String>();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return new Fact(
        record.topic(),
        record.partition(),
        record.key(),
        headers,
        new String(record.value(), UTF_8));
  }

  String id() {
    return header("ce_id");
  }

  String type() {
    return header("ce_type");
  }

  String stream() {
    return header("ce_subject");
  }

  long version() {
    return Long.parseLong(header("ce_version"));
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  JsonNode json() {
    try {
      return JSON.readTree(value);
    } catch (IOException malformed) {
      throw new AssertionError("not JSON: " + this, malformed);
    }
  }
}
