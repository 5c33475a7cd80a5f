package boutique.gateway;

import boutique.language.Context;
import boutique.language.Face;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.users.Role;
import io.vertx.core.Future;
import io.vertx.core.Handler;
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
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the routes of every room have in common: reading what was validated, and answering. */
final class Api {
  private static final String JSON = "application/json";
  private static final int MOST_ITEMS = 20;

  private Api() {}

  /** One operation: answers with JSON, or fails with the problem. */
  interface Operation {
    Future<Answer> handle(RoutingContext ctx);
  }

  record Answer(int status, @Nullable JsonObject body) {
    static Answer ok(JsonObject body) {
      return new Answer(200, body);
    }

    static Answer nothing() {
      return new Answer(204, null);
    }

    static Answer created(JsonObject body) {
      return new Answer(201, body);
    }
  }

  /** One page of a list, and where the next one begins. */
  static JsonObject page(List<JsonObject> items, @Nullable String nextCursor) {
    return new JsonObject().put("items", new JsonArray(items)).put("nextCursor", nextCursor);
  }

  static void serve(RouterBuilder routes, String operation, Operation handler) {
    var route = there(routes.getRoute(operation)).setDoSecurity(false);
    if (!isPublic(route)) {
      route.addHandler(Sessions::require);
    }
    var role = route.getOperation().getOpenAPIModel().getString("x-role");
    if (role != null) {
      route.addHandler(requires(Role.valueOf(role.toUpperCase(Locale.ROOT))));
    }
    route.addHandler(ctx -> serve(ctx, handler));
  }

  /** The contract says of an operation who may do it. */
  private static Handler<RoutingContext> requires(Role role) {
    return ctx -> {
      if (Sessions.required(ctx).roles().contains(role)) {
        ctx.next();
      } else {
        ctx.fail(
            Problem.of(
                403, "role.required", "This is for people with the role %s.".formatted(role)));
      }
    };
  }

  /** The contract asks for a session wherever it does not say otherwise. */
  private static boolean isPublic(OpenAPIRoute route) {
    return route.getOperation().getSecurityRequirements().isEmpty();
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

  static @Nullable String cursor(RoutingContext ctx) {
    var cursor = valid(ctx).getQuery().get("cursor");
    return cursor == null || cursor.isNull() ? null : Cursors.read(there(cursor.getString()));
  }

  /** What the contract promises to be there. */
  private static <T> T there(@Nullable T promised) {
    return Objects.requireNonNull(promised);
  }

  /** The context of what a person asks for, correlated by the request. */
  static Context context(Session session) {
    return new Context(Ids.next(), null, session.user().value());
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

  private static void serve(RoutingContext ctx, Operation handler) {
    Future<Answer> answered;
    try {
      answered = handler.handle(ctx);
    } catch (RuntimeException failure) {
      ctx.fail(failure);
      return;
    }
    answered.onSuccess(answer -> send(ctx, answer)).onFailure(ctx::fail);
  }

  private static void send(RoutingContext ctx, Answer answer) {
    var response = ctx.response().setStatusCode(answer.status());
    response.putHeader("Cache-Control", "no-store");
    if (answer.body() == null) {
      response.end();
    } else {
      response.putHeader("Content-Type", JSON).end(answer.body().toBuffer());
    }
  }
}
