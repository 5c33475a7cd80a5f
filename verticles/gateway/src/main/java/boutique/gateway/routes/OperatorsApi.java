package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.problems.Problem;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Session;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.views.ViewReader;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.users.EmailHash;
import boutique.language.users.PersonFace;
import boutique.language.users.Role;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.BlockUser;
import boutique.language.users.UserCommand.ChangeRoles;
import boutique.language.users.UserCommand.ReadPerson;
import boutique.language.users.UserCommand.UnblockUser;
import boutique.language.users.UserFace;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /api/users}: what operators see of the users, and what they do to them. */
public final class OperatorsApi {
  private static final String ACCOUNTS = "accounts";

  private final Bus bus;
  private final InstantSource clock;
  private final SessionLife sessions;
  private final ViewReader users;
  private final Views views;
  private final byte[] emailKey;

  public OperatorsApi(
      Bus bus, InstantSource clock, SessionLife sessions, Views views, byte[] emailKey) {
    this.sessions = sessions;
    this.bus = bus;
    this.clock = clock;
    this.users = new ViewReader(views, "users");
    this.views = views;
    this.emailKey = emailKey.clone();
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "listUsers", this::list);
    Api.serve(routes, "blockUser", this::block);
    Api.serve(routes, "unblockUser", this::unblock);
    Api.serve(routes, "changeRoles", this::changeRoles);
  }

  private Future<Answer> list(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var email = Api.query(ctx, "email");
    if (email != null) {
      return named(email, session);
    }
    return new Listing(users).newestFirstOf(ctx, shown -> persons(shown, session));
  }

  /** Nobody or one; as of now, because the account is found by its address itself. */
  private Future<Answer> named(String email, Session session) {
    var account = EmailHash.of(email, emailKey);
    return bus.look(new StreamId(UserCommand.ROOM, account.value()))
        .compose(done ->
            done.face() instanceof UserFace face
                ? person(account, face.user(), session)
                : Future.succeededFuture(Optional.<JsonObject>empty()))
        .map(found -> Answer.ok(Api.page(found.stream().toList(), null)));
  }

  private Future<List<JsonObject>> persons(List<Entry> entries, Session session) {
    var persons =
        entries.stream()
            .map(entry -> person(account(entry.document()), new UserId(entry.key()), session))
            .toList();
    return Future.all(persons)
        .map(all -> all.<Optional<JsonObject>>list().stream().flatMap(Optional::stream).toList());
  }

  /** Who that is; nothing of somebody who was erased meanwhile. */
  private Future<Optional<JsonObject>> person(EmailHash account, UserId user, Session session) {
    return bus.ask(new ReadPerson(account, user, Api.now(clock)), Api.context(session))
        .map(reply ->
            switch (reply) {
              case Done(var version, PersonFace face) ->
                  Optional.of(json(new Seen<>(version, face)));
              case Done _, Refused _ -> Optional.empty();
            });
  }

  private Future<Answer> block(RoutingContext ctx) {
    var by = Sessions.required(ctx).user();
    var reason = Api.body(ctx).getString("reason");
    return change(ctx, (account, user) -> new BlockUser(account, user, by, reason, Api.now(clock)));
  }

  private Future<Answer> unblock(RoutingContext ctx) {
    var by = Sessions.required(ctx).user();
    return change(ctx, (account, user) -> new UnblockUser(account, user, by, Api.now(clock)));
  }

  private Future<Answer> changeRoles(RoutingContext ctx) {
    var by = Sessions.required(ctx).user();
    var roles =
        Api.body(ctx).getJsonArray("roles").stream()
            .map(role -> Role.valueOf(role.toString().toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet());
    return change(
        ctx, (account, user) -> new ChangeRoles(account, user, roles, by, Api.now(clock)));
  }

  private Future<Answer> change(
      RoutingContext ctx, BiFunction<EmailHash, UserId, UserCommand> command) {
    var session = Sessions.required(ctx);
    var id = Api.id(ctx);
    if (!StreamId.isPlain(id)) {
      throw Problem.notFound("user");
    }
    var user = new UserId(id);
    return account(id)
        .compose(account -> change(ctx, command.apply(account, user), account, user, session));
  }

  /**
   * Where somebody's account is: written down in the same moment as the account, or in the list of
   * them if it is older than that custom. Whether it is still theirs, it says itself.
   */
  private Future<EmailHash> account(String user) {
    return views
        .get(ACCOUNTS, user)
        .compose(known -> known == null ? users.get(user) : Future.succeededFuture(known))
        .map(OperatorsApi::account);
  }

  private Future<Answer> change(
      RoutingContext ctx, UserCommand command, EmailHash account, UserId user, Session session) {
    return bus.ask(command, Api.context(ctx, session, command.stream()))
        .compose(reply -> Api.seen(reply, UserFace.class))
        .onSuccess(seen -> sessions.endEarlier(seen.face()))
        .compose(_ -> person(account, user, session))
        .map(found -> found.orElseThrow(() -> Problem.notFound("user")))
        .map(person -> Api.changed(Answer.ok(person), command.stream(), person.getLong("version")));
  }

  private static EmailHash account(@Nullable JsonObject document) {
    if (document == null) {
      throw Problem.notFound("user");
    }
    return new EmailHash(document.getString("account"));
  }

  private static JsonObject json(Seen<PersonFace> seen) {
    var face = seen.face();
    return UsersApi.json(face.account(), face.email())
        .put("name", face.profile().name())
        .put("blocked", face.account().blocked())
        .put("blockedBecause", face.blockedBecause())
        .put("createdAt", face.since().toString())
        .put("version", seen.version());
  }
}
