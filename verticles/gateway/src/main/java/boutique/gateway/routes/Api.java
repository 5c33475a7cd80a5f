package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Conventions;
import boutique.gateway.conventions.Cursors;
import boutique.gateway.conventions.Etags;
import boutique.gateway.conventions.Ids;
import boutique.gateway.conventions.Keeping;
import boutique.gateway.conventions.Operation;
import boutique.gateway.conventions.Sent;
import boutique.gateway.door.Recall;
import boutique.gateway.problems.Problem;
import boutique.gateway.sessions.Session;
import boutique.language.Context;
import boutique.language.Face;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.ValidatedRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes of every room have in common: reading what was validated, and answering. */
public final class Api {
  private static final int MOST_ITEMS = 20;

  private Api() {}

  /** Something to read, or only that it is still as the client has it. */
  static Answer unlessKnown(RoutingContext ctx, String tag, Supplier<JsonObject> body) {
    return Etags.isKnown(ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH), tag)
        ? new Answer(304, null).tagged(tag)
        : Answer.ok(body.get()).tagged(tag);
  }

  /** One page of a list, and where the next one begins. */
  static JsonObject page(List<JsonObject> items, @Nullable String nextCursor) {
    return new JsonObject().put("items", new JsonArray(items)).put("nextCursor", nextCursor);
  }

  /**
   * The same of one entry more than is shown, so that the end is known to be one.
   *
   * @param place of an entry, behind which a list goes on
   */
  static <T> JsonObject page(
      List<T> found, int limit, Function<T, String> place, Function<T, JsonObject> form) {
    var shown = found.subList(0, Math.min(limit, found.size()));
    return page(shown.stream().map(form).toList(), next(found, limit, place));
  }

  /** Where a list goes on of which one entry more was read than is shown. */
  static <T> @Nullable String next(List<T> found, int limit, Function<T, String> place) {
    return found.size() > limit ? Cursors.write(place.apply(found.get(limit - 1))) : null;
  }

  static void serve(RouterBuilder routes, String operation, Operation handler) {
    var route = unserved(routes, operation);
    var keeping = Keeping.of(route.getOperation().getExtensions().get("x-idempotency"));
    if (keeping != Keeping.OWN && !route.getOperation().getSecurityRequirements().isEmpty()) {
      throw new IllegalStateException(operation + " is not for all, and its keys are somebody's");
    }
    route.addHandler(new Work(keeping, handler));
  }

  /** One that only reads, and writes its answer itself because there may be so much of it. */
  static void pour(
      RouterBuilder routes, String operation, Function<RoutingContext, Future<Void>> handler) {
    unserved(routes, operation).addHandler(new Flow(handler));
  }

  /** Each operation of the contract has its handler, and each handler its operation. */
  public static void requireComplete(RouterBuilder routes) {
    var missing =
        routes.getRoutes().stream()
            .filter(route -> !isServed(route))
            .map(route -> route.getOperation().getOperationId())
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException("nobody handles " + missing);
    }
  }

  /** To the millisecond, as far as people and time-outs care. */
  static Instant now(InstantSource clock) {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  static ValidatedRequest valid(RoutingContext ctx) {
    return there(
        ctx.<@Nullable ValidatedRequest>get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST));
  }

  static JsonObject body(RoutingContext ctx) {
    return there(valid(ctx).getBody().getJsonObject());
  }

  static String id(RoutingContext ctx) {
    return path(ctx, "id");
  }

  static String path(RoutingContext ctx, String parameter) {
    return there(there(valid(ctx).getPathParameters().get(parameter)).getString());
  }

  static int limit(RoutingContext ctx) {
    var limit = valid(ctx).getQuery().get("limit");
    return limit == null || limit.isNull() ? MOST_ITEMS : there(limit.getInteger());
  }

  /** The key to go on behind. */
  static @Nullable String cursor(RoutingContext ctx) {
    var given = query(ctx, "cursor");
    return given == null ? null : Cursors.read(given);
  }

  /** What is said of this in the address; null when nothing is. */
  static @Nullable String query(RoutingContext ctx, String parameter) {
    var given = valid(ctx).getQuery().get(parameter);
    return given == null || given.isNull() ? null : String.valueOf(given.get());
  }

  /** What the contract promises to be there. */
  private static <T> T there(@Nullable T promised) {
    return Objects.requireNonNull(promised);
  }

  /** The context of what a person asks for, correlated by the request. */
  static Context context(Session session) {
    return new Context(Ids.next(), null, session.user().value());
  }

  /** The same for a change to a resource, if it still is at the version that the client names. */
  static Context context(RoutingContext ctx, Session session, StreamId stream) {
    return expecting(ctx, context(session), stream);
  }

  static Context expecting(RoutingContext ctx, Context context, StreamId stream) {
    var expected = Etags.expected(ctx, stream);
    return expected == null ? context : context.expecting(expected);
  }

  /** Says at which version a resource is after a change. */
  static Answer changed(Answer answer, StreamId stream, long version) {
    return answer.tagged(Etags.of(version)).changing(stream);
  }

  /** What the room answered, as the kind of face that the caller expects. */
  static <F extends Face> Future<Seen<F>> seen(Reply reply, Class<F> kind) {
    return switch (reply) {
      case Done(var version, var face) when kind.isInstance(face) ->
          Future.succeededFuture(new Seen<>(version, kind.cast(face)));
      case Done _ -> Future.failedFuture(new IllegalStateException("answered without its face"));
      case Refused because -> Future.failedFuture(Problem.refused(because));
    };
  }

  /** A resource, at one of its versions. */
  record Seen<F extends Face>(long version, F face) {
    <T> T as(Function<Seen<F>, T> form) {
      return form.apply(this);
    }
  }

  private static OpenAPIRoute unserved(RouterBuilder routes, String operation) {
    var route = Objects.requireNonNull(routes.getRoute(operation), operation);
    if (isServed(route)) {
      throw new IllegalStateException(operation + " has a handler already");
    }
    return route;
  }

  private static boolean isServed(OpenAPIRoute route) {
    return route.getHandlers().stream().anyMatch(Served.class::isInstance);
  }

  /** What a route is there for. */
  private sealed interface Served extends Handler<RoutingContext> {}

  /** What breaks off is cut off, so that nobody takes a part for the whole. */
  private record Flow(Function<RoutingContext, Future<Void>> operation) implements Served {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    @Override
    public void handle(RoutingContext ctx) {
      Future<Void> told;
      try {
        told = operation.apply(ctx);
      } catch (RuntimeException failure) {
        ctx.fail(failure);
        return;
      }
      told.onFailure(failure -> {
        if (!ctx.response().headWritten()) {
          ctx.fail(failure);
        } else if (!ctx.response().closed()) {
          LOG.warn("{} broke off: {}", ctx.normalizedPath(), failure.getMessage());
          var _ = ctx.response().reset(); // nobody is there to hear how it went
        }
      });
    }
  }

  /** What is done with one answer. */
  private record Work(Keeping keeping, Operation operation) implements Served {
    @Override
    public void handle(RoutingContext ctx) {
      Future<Sent> answered;
      try {
        answered = Conventions.of(ctx).answer(ctx, keeping, operation);
      } catch (RuntimeException failure) {
        ctx.fail(failure);
        return;
      }
      answered
          .onSuccess(sent -> {
            sent.to(ctx);
            Recall.keep(ctx, sent);
          })
          .onFailure(ctx::fail);
    }
  }
}
