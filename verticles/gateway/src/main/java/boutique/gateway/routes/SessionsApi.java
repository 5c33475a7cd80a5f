package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.StreamId;
import boutique.language.users.UserCommand.EndAllSessions;
import boutique.language.users.UserFace;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The routes of {@code /api/users} on which a session goes on, or ends. */
public record SessionsApi(Bus bus, InstantSource clock, SessionLife life) {

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "refresh", this::refresh);
    Api.serve(routes, "signOut", this::signOut);
    Api.serve(routes, "signOutAll", this::signOutAll);
  }

  private Future<Answer> refresh(RoutingContext ctx) {
    var session = life.presented(ctx);
    return life.refresh(ctx).map(user -> changing(Answer.ok(json(user)), session));
  }

  private Future<Answer> signOut(RoutingContext ctx) {
    var session = Sessions.of(ctx);
    var ended = session == null ? life.presented(ctx) : session.sid().stream();
    return life.close(ctx).map(_ -> changing(Answer.nothing(), ended));
  }

  private Future<Answer> signOutAll(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var command = new EndAllSessions(session.account(), session.user(), Api.now(clock));
    return bus.ask(command, Api.context(session))
        .compose(reply -> Api.seen(reply, UserFace.class))
        .onSuccess(seen -> life.endEarlier(seen.face()))
        .compose(_ -> life.close(ctx))
        .map(_ -> Answer.nothing().changing(command.stream(), session.sid().stream()));
  }

  private static Answer changing(Answer answer, @Nullable StreamId session) {
    return session == null ? answer : answer.changing(session);
  }

  private static JsonObject json(UserFace user) {
    return new JsonObject().put("id", user.user().value()).put("roles", UsersApi.roles(user));
  }
}
