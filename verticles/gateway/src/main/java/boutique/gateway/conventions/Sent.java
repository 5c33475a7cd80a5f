package boutique.gateway.conventions;

import boutique.gateway.conventions.Answer.Version;
import boutique.gateway.problems.Problem;
import boutique.language.StreamId;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it goes over the wire, and as it is kept for whoever asks again: to the byte, but
 * never with a cookie.
 *
 * @param changed the streams that read models are to show
 * @param about all that it was read from, when it may be said again as long as that stays
 */
public record Sent(
    int status,
    @Nullable String body,
    @Nullable String tag,
    @Nullable String location,
    List<StreamId> changed,
    List<Version> about) {
  /** May be kept by the client, if it does ask. */
  public static final CharSequence ASK_AGAIN = HttpHeaders.createOptimized("private, no-cache");

  public static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence PROBLEM =
      HttpHeaders.createOptimized("application/problem+json");
  private static final int OK = 200;
  private static final int UNCHANGED = 304;
  private static final int FIRST_REFUSAL = 400;
  private static final int FIRST_FAILURE = 500;
  private static final int TOO_MANY = 429;

  static Sent of(Answer answer) {
    var body = answer.body();
    return new Sent(
        answer.status(),
        body == null ? null : body.encode(),
        answer.tag(),
        answer.location(),
        answer.changed(),
        answer.about());
  }

  /** What was read, by a tag of all of it if it has no other; or only that the client has it. */
  Sent unlessHad(@Nullable String ifNoneMatch) {
    if (body == null || status != OK) {
      return this;
    }
    var known = tag == null ? Etags.of(body) : tag;
    var had = Etags.isKnown(ifNoneMatch, known);
    return new Sent(had ? UNCHANGED : OK, had ? null : body, known, location, changed, about);
  }

  static Sent of(Problem problem) {
    return new Sent(problem.status(), problem.json().encode(), null, null, List.of(), List.of());
  }

  /** Whether it will still be the answer when somebody asks again. */
  static boolean isLasting(Problem problem) {
    return problem.status() < FIRST_FAILURE && problem.status() != TOO_MANY;
  }

  static Sent of(JsonObject kept) {
    return new Sent(
        kept.getInteger("status"),
        kept.getString("body"),
        kept.getString("tag"),
        kept.getString("location"),
        kept.getJsonArray("changed").stream().map(one -> StreamId.parse((String) one)).toList(),
        List.of());
  }

  JsonObject kept() {
    return new JsonObject()
        .put("status", status)
        .put("body", body)
        .put("tag", tag)
        .put("location", location)
        .put("changed", new JsonArray(changed.stream().map(StreamId::toString).toList()));
  }

  /** What has a tag may be kept by the client, unless it is secret. */
  public void to(RoutingContext ctx) {
    var response = ctx.response().setStatusCode(status);
    var reads = ctx.request().method().equals(HttpMethod.GET);
    if (!response.headers().contains(HttpHeaders.CACHE_CONTROL)) {
      response.putHeader(HttpHeaders.CACHE_CONTROL, reads && tag != null ? ASK_AGAIN : NO_STORE);
    }
    if (tag != null) {
      response.putHeader(HttpHeaders.ETAG, tag);
    }
    if (location != null) {
      response.putHeader(HttpHeaders.LOCATION, location);
    }
    if (body == null) {
      response.end();
    } else {
      Coding.choose(ctx.request());
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, status < FIRST_REFUSAL ? JSON : PROBLEM)
          .end(body);
    }
  }
}
