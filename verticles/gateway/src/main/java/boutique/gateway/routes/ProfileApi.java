package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Etags;
import boutique.gateway.problems.Problem;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.kernel.payment.Wallets;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** {@code /api/users}: what somebody does with the own account. */
public final class ProfileApi {
  private static final int PAGE = 100;
  private static final int MOST_EXPORTED = 10_000;

  private final Bus bus;
  private final InstantSource clock;
  private final SessionLife sessions;
  private final ViewReader orders;
  private final Wallets wallets;

  public ProfileApi(
      Bus bus, InstantSource clock, SessionLife sessions, ViewReader orders, Wallets wallets) {
    this.wallets = wallets;
    this.bus = bus;
    this.clock = clock;
    this.sessions = sessions;
    this.orders = orders;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "getProfile", this::profile);
    Api.serve(routes, "changeProfile", this::changeProfile);
    Api.serve(routes, "changePassword", this::changePassword);
    Api.serve(routes, "exportMe", this::export);
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
    return bus.ask(command, Api.context(session))
        .compose(reply -> Api.seen(reply, UserFace.class))
        .onSuccess(seen -> sessions.endEarlier(seen.face()))
        .compose(seen -> sessions.open(ctx, seen.face()))
        .map(_ -> Answer.nothing());
  }

  private Future<Answer> export(RoutingContext ctx) {
    var user = Sessions.required(ctx).user().value();
    return person(ctx)
        .compose(seen ->
            Future.all(wallets.of(user), orders(user + "/", null, new JsonArray()))
                .map(both ->
                    Answer.ok(
                        new JsonObject()
                            .put("account", account(seen))
                            .put("profile", profile(seen))
                            .put("addresses", AddressesApi.json(seen).getJsonArray("items"))
                            .put("paymentMethods", PaymentMethodsApi.json(both.resultAt(0)))
                            .put("orders", both.<JsonArray>resultAt(1)))));
  }

  /** As many as can be carried; whoever has more finds all of them in the list of orders. */
  private Future<JsonArray> orders(String mine, @Nullable String after, JsonArray soFar) {
    return orders
        .scan(new Page(mine, after, true, PAGE))
        .compose(entries -> {
          entries.forEach(entry -> soFar.add(OrderJson.of(entry)));
          return entries.size() < PAGE || soFar.size() >= MOST_EXPORTED
              ? Future.succeededFuture(soFar)
              : orders(mine, entries.getLast().key(), soFar);
        });
  }

  private Future<Answer> erase(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var password = Api.body(ctx).getString("password");
    return bus.ask(
            new EraseUser(session.account(), session.user(), password, Api.now(clock)),
            Api.context(session))
        .map(reply ->
            switch (reply) {
              case Done _ -> {
                sessions.endAll(session);
                sessions.clear(ctx);
                yield Answer.nothing();
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

  private static JsonObject account(Seen<PersonFace> seen) {
    var face = seen.face();
    return UsersApi.json(face.account(), face.email())
        .put("createdAt", face.since().toString())
        .put("version", seen.version());
  }

  private static JsonObject profile(Seen<PersonFace> seen) {
    var face = seen.face();
    return new JsonObject()
        .put("email", face.email())
        .put("name", face.profile().name())
        .put("phone", face.profile().phone())
        .put("version", seen.version());
  }
}
