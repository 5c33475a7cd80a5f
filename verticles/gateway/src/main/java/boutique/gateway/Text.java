package boutique.gateway;

import boutique.gateway.conventions.Coding;
import boutique.gateway.conventions.Etags;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Something that browsers read, made ready once: as it is, and compressed as well as can be. Each
 * form has a tag of its own. It is told whole or not at all, never in ranges.
 *
 * @param compressed null when that would be no shorter
 * @param since when it is like this, as HTTP writes it; null when nobody knows
 */
record Text(
    String type, Buffer plain, @Nullable Buffer compressed, String name, @Nullable String since) {
  private static final String GZIP = "gzip";

  static Text of(String type, Buffer plain, @Nullable String since) {
    var bytes = plain.getBytes();
    var compressed = compressed(bytes);
    return new Text(
        type,
        plain,
        compressed.length() < plain.length() ? compressed : null,
        Etags.name(bytes),
        since);
  }

  /** In the form that the client reads, unless it has it already. */
  void answer(RoutingContext ctx) {
    var request = ctx.request();
    var response = ctx.response();
    var form = Coding.isRead(request.getHeader(HttpHeaders.ACCEPT_ENCODING)) ? compressed : null;
    response.putHeader(HttpHeaders.ETAG, form == null ? tag() : compressedTag());
    if (since != null) {
      response.putHeader(HttpHeaders.LAST_MODIFIED, since);
    }
    if (isHad(ctx)) {
      response.setStatusCode(304).end();
      return;
    }
    if (form != null) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    var body = form == null ? plain : form;
    if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, "" + body.length()).end();
    } else {
      response.end(body);
    }
  }

  /** Who names no tag may name a moment; it counts only if it is ours. */
  private boolean isHad(RoutingContext ctx) {
    var known = ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    return known == null
        ? since != null && since.equals(ctx.request().getHeader(HttpHeaders.IF_MODIFIED_SINCE))
        : Etags.isKnown(known, tag()) || Etags.isKnown(known, compressedTag());
  }

  private String tag() {
    return "\"" + name + "\"";
  }

  private String compressedTag() {
    return "\"" + name + "." + GZIP + "\"";
  }

  private static Buffer compressed(byte[] bytes) {
    var into = new ByteArrayOutputStream();
    try (var best = new Best(into)) {
      best.write(bytes);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return Buffer.buffer(into.toByteArray());
  }

  /** It is done once and read often. */
  private static final class Best extends GZIPOutputStream {
    Best(ByteArrayOutputStream into) throws IOException {
      super(into);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
