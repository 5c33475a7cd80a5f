package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Ids;
import boutique.gateway.door.Limiter;
import boutique.gateway.door.Trial;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.Context;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.users.EmailHash;
import boutique.language.users.PersonFace;
import boutique.language.users.Role;
import boutique.language.users.UserCommand.ReadPerson;
import boutique.language.users.UserCommand.SignIn;
import boutique.language.users.UserCommand.SignUp;
import boutique.language.users.UserFace;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/users}: coming in, and who that is. */
public final class UsersApi {
  private final Bus bus;
  private final InstantSource clock;
  private final SessionLife sessions;
  private final Limiter limiter;
  private final CartJoining carts;
  private final byte[] emailKey;

  public UsersApi(
      Bus bus,
      InstantSource clock,
      SessionLife sessions,
      Limiter limiter,
      CartJoining carts,
      byte[] emailKey) {
    this.bus = bus;
    this.clock = clock;
    this.sessions = sessions;
    this.limiter = limiter;
    this.carts = carts;
    this.emailKey = emailKey.clone();
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "signUp", this::signUp);
    Api.serve(routes, "register", this::signUp);
    Api.serve(routes, "signIn", this::signIn);
    Api.serve(routes, "login", this::signIn);
    Api.serve(routes, "currentUser", this::currentUser);
  }

  private Future<Answer> signUp(RoutingContext ctx) {
    var body = Api.body(ctx);
    var email = body.getString("email");
    var user = new UserId(Ids.made(ctx, "user"));
    var command =
        new SignUp(
            EmailHash.of(email, emailKey),
            user,
            Set.of(Role.CUSTOMER),
            email,
            body.getString("password"),
            Api.now(clock));
    return bus.ask(command, new Context(Ids.next(), null, user.value()))
        .compose(reply -> Api.seen(reply, UserFace.class))
        .compose(seen -> letIn(ctx, seen.face(), email))
        .map(in -> Answer.created(in.user()).changing(command.stream(), in.session()));
  }

  private Future<Answer> signIn(RoutingContext ctx) {
    var body = Api.body(ctx);
    var email = body.getString("email");
    var hash = EmailHash.of(email, emailKey);
    var command = new SignIn(hash, body.getString("password"), Api.now(clock));
    return limiter
        .account(ctx, Trial.PASSWORD, hash)
        .compose(_ -> bus.ask(command, new Context(Ids.next(), null, hash.value())))
        .compose(reply -> Api.seen(reply, UserFace.class))
        .compose(seen -> letIn(ctx, seen.face(), email))
        .map(in -> Answer.ok(in.user()).changing(command.stream(), in.session()));
  }

  /** Who that is, and the session that has begun. */
  private record LetIn(JsonObject user, StreamId session) {}

  private Future<LetIn> letIn(RoutingContext ctx, UserFace face, String email) {
    return sessions
        .open(ctx, face)
        .compose(session ->
            carts.join(ctx, face.user()).map(_ -> new LetIn(json(face, email), session)));
  }

  private Future<Answer> currentUser(RoutingContext ctx) {
    var session = Sessions.of(ctx);
    if (session == null) {
      return Future.succeededFuture(current(null));
    }
    var command = new ReadPerson(session.account(), session.user(), Api.now(clock));
    return bus.ask(command, Api.context(session))
        .map(reply ->
            switch (reply) {
              case Done(var _, PersonFace person) ->
                  current(json(person.account(), person.email()));
              case Done _, Refused _ -> current(null); // whoever that was, is gone
            });
  }

  private static Answer current(@Nullable JsonObject user) {
    return Answer.ok(new JsonObject().put("currentUser", user));
  }

  static JsonObject json(UserFace face, String email) {
    return new JsonObject()
        .put("id", face.user().value())
        .put("email", email)
        .put("roles", roles(face));
  }

  static JsonArray roles(UserFace face) {
    return new JsonArray(face.roles().stream().map(Role::toString).toList());
  }
}
