package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import boutique.kernel.feed.Parking;
import boutique.kernel.feed.Parking.Standing;
import boutique.kernel.feed.Retries;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.List;

/**
 * {@code /api/ops/parked}: what a read model or a room could not take in, for operators, and how it
 * is tried again when the cause is gone. Nothing is ever left out, so there is no way to ask for
 * that.
 */
public final class ParkedApi {
  private final Parking parking;
  private final Retries retries;

  public ParkedApi(Parking parking, Retries retries) {
    this.parking = parking;
    this.retries = retries;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "listParked", this::list);
    Api.serve(routes, "retryParked", this::retry);
  }

  private Future<Answer> list(RoutingContext ctx) {
    var limit = Api.limit(ctx);
    return parking
        .streams(Api.cursor(ctx), limit + 1)
        .map(found -> Answer.ok(Api.page(found, limit, Standing::id, ParkedApi::json)));
  }

  /**
   * How it went is read from what is parked then: so it is told alike whoever has tried it. Who
   * waits for the lists waits for what the stream leads to, as if it had been taken in at once.
   */
  private Future<Answer> retry(RoutingContext ctx) {
    var asked = Api.body(ctx);
    var feed = asked.getString("feed");
    var stream = stream(asked.getString("stream"));
    return parking
        .of(feed, stream)
        .compose(before -> {
          if (before == null) {
            throw Problem.of(409, "parked.over", "Nothing of this stream is parked in this feed.");
          }
          return retries.retry(feed, stream);
        })
        .compose(_ -> parking.of(feed, stream))
        .map(after ->
            Answer.ok(
                    new JsonObject()
                        .put("feed", feed)
                        .put("stream", stream.toString())
                        .put("over", after == null)
                        .put("parked", after == null ? null : json(after)))
                .changing(stream));
  }

  /** The contract says what a name may be, but cannot say that no line may end behind it. */
  private static StreamId stream(String name) {
    try {
      return StreamId.parse(name);
    } catch (IllegalArgumentException none) {
      throw Problem.invalid(List.of(new Wrong("stream", "is not the name of a stream")));
    }
  }

  private static JsonObject json(Standing standing) {
    var first = standing.first();
    var tried = first.triedAt();
    return new JsonObject()
        .put("feed", first.feed())
        .put("stream", first.stream().toString())
        .put("version", first.version())
        .put("type", first.type())
        .put("since", first.since().toString())
        .put("tries", first.tries())
        .put("lastTriedAt", tried == null ? null : tried.toString())
        .put("because", first.because())
        .put("correlation", first.correlation())
        .put("behind", standing.behind());
  }
}
