package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Etags;
import boutique.gateway.door.Limiter;
import boutique.gateway.door.Trial;
import boutique.gateway.problems.Problem;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.users.PersonFace;
import boutique.language.users.Profile;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.ChangePassword;
import boutique.language.users.UserCommand.ChangeProfile;
import boutique.language.users.UserCommand.EraseUser;
import boutique.language.users.UserCommand.ReadPerson;
import boutique.language.users.UserFace;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;

/**
 * {@code /api/users}: what somebody does with the own account. Where the password is asked for
 * again it is tried as at sign-in: a session may be in the wrong hands.
 */
public final class ProfileApi {
  private final Bus bus;
  private final InstantSource clock;
  private final SessionLife sessions;
  private final Limiter limiter;

  public ProfileApi(Bus bus, InstantSource clock, SessionLife sessions, Limiter limiter) {
    this.limiter = limiter;
    this.bus = bus;
    this.clock = clock;
    this.sessions = sessions;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "getProfile", this::profile);
    Api.serve(routes, "changeProfile", this::changeProfile);
    Api.serve(routes, "changePassword", this::changePassword);
    Api.serve(routes, "eraseMe", this::erase);
  }

  private Future<Answer> profile(RoutingContext ctx) {
    return person(ctx)
        .map(seen -> Api.unlessKnown(ctx, Etags.of(seen.version()), () -> profile(seen)));
  }

  private Future<Answer> changeProfile(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var body = Api.body(ctx);
    var profile = new Profile(body.getString("name"), body.getString("phone"));
    var command = new ChangeProfile(session.account(), session.user(), profile, Api.now(clock));
    return bus.ask(command, Api.context(ctx, session, command.stream()))
        .compose(reply -> Api.seen(reply, PersonFace.class))
        .map(seen -> Api.changed(Answer.ok(profile(seen)), command.stream(), seen.version()));
  }

  /** Every session has ended then, and this one begins anew. */
  private Future<Answer> changePassword(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var body = Api.body(ctx);
    var command =
        new ChangePassword(
            session.account(),
            session.user(),
            body.getString("current"),
            body.getString("password"),
            Api.now(clock));
    return limiter
        .account(ctx, Trial.PASSWORD, session.account())
        .compose(_ -> bus.ask(command, Api.context(ctx, session, command.stream())))
        .compose(reply -> Api.seen(reply, UserFace.class))
        .onSuccess(seen -> sessions.endEarlier(seen.face()))
        .compose(seen ->
            sessions
                .open(ctx, seen.face())
                .map(next ->
                    Api.changed(Answer.nothing(), command.stream(), seen.version())
                        .changing(command.stream(), next)));
  }

  private Future<Answer> erase(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var password = Api.body(ctx).getString("password");
    var command = new EraseUser(session.account(), session.user(), password, Api.now(clock));
    return limiter
        .account(ctx, Trial.PASSWORD, session.account())
        .compose(_ -> bus.ask(command, Api.context(ctx, session, command.stream())))
        .map(reply ->
            switch (reply) {
              case Done _ -> {
                sessions.endAll(session);
                sessions.clear(ctx);
                yield Answer.nothing().changing(command.stream());
              }
              case Refused because -> throw Problem.refused(because);
            });
  }

  private Future<Seen<PersonFace>> person(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    return ask(ctx, new ReadPerson(session.account(), session.user(), Api.now(clock)));
  }

  private Future<Seen<PersonFace>> ask(RoutingContext ctx, UserCommand command) {
    return bus.ask(command, Api.context(Sessions.required(ctx)))
        .compose(reply -> Api.seen(reply, PersonFace.class));
  }

  static JsonObject account(Seen<PersonFace> seen) {
    var face = seen.face();
    return UsersApi.json(face.account(), face.email())
        .put("createdAt", face.since().toString())
        .put("version", seen.version());
  }

  static JsonObject profile(Seen<PersonFace> seen) {
    var face = seen.face();
    return new JsonObject()
        .put("email", face.email())
        .put("name", face.profile().name())
        .put("phone", face.profile().phone())
        .put("version", seen.version());
  }
}
