package boutique.language.codec;

import boutique.language.Message;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/**
 * How records become JSON: instants and durations in ISO-8601, absent values left out, fields that
 * a newer node has added ignored. A {@link Message} names its own type in the field {@code type}.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(isoTime())
          .addMixIn(Message.class, WireNameResolver.Named.class)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  public static byte[] encode(Object message) {
    try {
      return MAPPER.writeValueAsBytes(message);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  public static <T> T decode(byte[] json, Class<T> type) {
    try {
      var value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new IllegalArgumentException("not a " + type.getSimpleName() + ": null");
      }
      return value;
    } catch (IOException malformed) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + ": " + malformed.getMessage(), malformed);
    }
  }

  private static SimpleModule isoTime() {
    return new SimpleModule("ISO-8601")
        .addSerializer(Instant.class, asText())
        .addSerializer(Duration.class, asText())
        .addDeserializer(Instant.class, fromText(Instant::parse))
        .addDeserializer(Duration.class, fromText(Duration::parse));
  }

  private static <T> JsonSerializer<T> asText() {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator json, SerializerProvider provider)
          throws IOException {
        json.writeString(value.toString());
      }
    };
  }

  private static <T> JsonDeserializer<T> fromText(Parse<T> parse) {
    return new JsonDeserializer<>() {
      @Override
      public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return parse.of(json.getText());
      }
    };
  }

  private interface Parse<T> {
    T of(String text);
  }
}
