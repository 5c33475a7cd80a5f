package boutique.backends.embedded;

import com.fasterxml.jackson.core.JsonFactory;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Documents are stored as JSON. Their fields may be named by what they know, such as the streams
 * that went into them; a parser that remembers every name that it has met, as parsers do, would
 * copy its table of all orders for each document that it reads.
 */
final class DocumentFormat {
  private static final int USUAL_BYTES = 512;
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private DocumentFormat() {}

  static byte[] bytes(JsonObject document) {
    var bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (var generator = JSON.createGenerator(bytes)) {
      JacksonCodec.encodeJson(document, generator);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static JsonObject document(byte[] bytes) {
    try (var parser = JSON.createParser(bytes)) {
      parser.nextToken();
      return new JsonObject(JacksonCodec.parseObject(parser));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
