package boutique.gateway;

import boutique.gateway.Api.Answer;
import boutique.kernel.Bus;
import boutique.language.Context;
import boutique.language.Reply.Done;
import boutique.language.users.EmailHash;
import boutique.language.users.PersonFace;
import boutique.language.users.Role;
import boutique.language.users.UserCommand.ReadPerson;
import boutique.language.users.UserCommand.SignIn;
import boutique.language.users.UserCommand.SignUp;
import boutique.language.users.UserFace;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/users}. */
final class UsersApi {
  private final Bus bus;
  private final InstantSource clock;
  private final SessionLife sessions;
  private final CartJoining carts;
  private final byte[] emailKey;

  UsersApi(Bus bus, InstantSource clock, SessionLife sessions, CartJoining carts, byte[] emailKey) {
    this.bus = bus;
    this.clock = clock;
    this.sessions = sessions;
    this.carts = carts;
    this.emailKey = emailKey.clone();
  }

  void mount(RouterBuilder routes) {
    Api.serve(routes, "signUp", this::signUp);
    Api.serve(routes, "register", this::signUp);
    Api.serve(routes, "signIn", this::signIn);
    Api.serve(routes, "login", this::signIn);
    Api.serve(routes, "currentUser", this::currentUser);
  }

  private Future<Answer> signUp(RoutingContext ctx) {
    var body = Api.body(ctx);
    var email = body.getString("email");
    var user = new UserId(Ids.next());
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
        .map(Answer::created);
  }

  private Future<Answer> signIn(RoutingContext ctx) {
    var body = Api.body(ctx);
    var email = body.getString("email");
    var hash = EmailHash.of(email, emailKey);
    var command = new SignIn(hash, body.getString("password"), Api.now(clock));
    return bus.ask(command, new Context(Ids.next(), null, hash.value()))
        .compose(reply -> Api.seen(reply, UserFace.class))
        .compose(seen -> letIn(ctx, seen.face(), email))
        .map(Answer::ok);
  }

  private Future<JsonObject> letIn(RoutingContext ctx, UserFace user, String email) {
    return sessions
        .open(ctx, user)
        .compose(_ -> carts.join(ctx, user.user()))
        .map(_ -> json(user.user(), email));
  }

  private Future<Answer> currentUser(RoutingContext ctx) {
    var session = Sessions.of(ctx);
    return session == null
        ? Future.succeededFuture(currentUser((JsonObject) null))
        : bus.ask(
                new ReadPerson(session.account(), session.user(), Api.now(clock)),
                Api.context(session))
            .map(reply ->
                reply instanceof Done(var _, PersonFace person)
                    ? currentUser(json(session.user(), person.email()))
                    : currentUser((JsonObject) null));
  }

  private static Answer currentUser(@Nullable JsonObject user) {
    return Answer.ok(new JsonObject().put("currentUser", user));
  }

  private static JsonObject json(UserId user, String email) {
    return new JsonObject().put("id", user.value()).put("email", email);
  }
}
