package boutique.gateway.routes;

import boutique.gateway.conventions.Coding;
import boutique.gateway.conventions.Sent;
import boutique.gateway.problems.Problems;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An answer of any length: one JSON object, written part by part, each when the one before has gone
 * out. So it takes no more memory than a part of it, and waits for whoever reads slowly.
 */
final class Pouring {
  private final HttpServerResponse response;
  private boolean begun;

  Pouring(RoutingContext ctx) {
    response = ctx.response();
    Coding.choose(ctx.request());
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CACHE_CONTROL, Problems.NO_STORE)
        .putHeader(HttpHeaders.CONTENT_TYPE, Sent.JSON);
  }

  /** Some entries of a list, and where the next ones are; null when these were the last. */
  record Part(List<JsonObject> entries, @Nullable String next) {}

  /** Reads a list part by part, the first one from nowhere. */
  interface Parts extends Function<@Nullable String, Future<Part>> {}

  Future<Void> field(String name, String json) {
    return write(opened(name) + json);
  }

  Future<Void> list(String name, Parts parts) {
    return write(opened(name) + "[").compose(_ -> pour(parts, null, true)).compose(_ -> write("]"));
  }

  Future<Void> end() {
    return response.end(begun ? "}" : "{}");
  }

  private Future<Void> pour(Parts parts, @Nullable String after, boolean first) {
    return parts
        .apply(after)
        .compose(part ->
            write(part, first)
                .compose(_ ->
                    part.next() == null
                        ? Future.succeededFuture()
                        : pour(parts, part.next(), first && part.entries().isEmpty())));
  }

  private Future<Void> write(Part part, boolean first) {
    var text = part.entries().stream().map(JsonObject::encode).collect(Collectors.joining(","));
    return text.isEmpty() ? Future.succeededFuture() : write(first ? text : "," + text);
  }

  private String opened(String name) {
    var before = begun ? "," : "{";
    begun = true;
    return before + "\"" + name + "\":";
  }

  private Future<Void> write(String text) {
    return response.write(text);
  }
}
