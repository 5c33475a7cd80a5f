package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Etags;
import boutique.gateway.conventions.Ids;
import boutique.gateway.problems.Problem;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.users.Address;
import boutique.language.users.PersonFace;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.AddAddress;
import boutique.language.users.UserCommand.ChangeAddress;
import boutique.language.users.UserCommand.ReadPerson;
import boutique.language.users.UserCommand.RemoveAddress;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /api/users/addresses}. All of them are one resource, with one version. */
public final class AddressesApi {
  private final Bus bus;
  private final InstantSource clock;

  public AddressesApi(Bus bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "listAddresses", this::list);
    Api.serve(routes, "addAddress", this::add);
    Api.serve(routes, "changeAddress", this::change);
    Api.serve(routes, "removeAddress", this::remove);
  }

  private Future<Answer> list(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var behind = Api.cursor(ctx);
    var limit = Api.limit(ctx);
    var command = new ReadPerson(session.account(), session.user(), Api.now(clock));
    return bus.ask(command, Api.context(session))
        .compose(reply -> Api.seen(reply, PersonFace.class))
        .map(seen ->
            Api.unlessKnown(ctx, Etags.of(seen.version()), () -> json(seen, behind, limit)));
  }

  private Future<Answer> add(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var address = address(Ids.made(ctx, "address"), Api.body(ctx));
    return ask(
        ctx,
        new AddAddress(session.account(), session.user(), address, asDefault(ctx), Api.now(clock)),
        seen -> Answer.created(json(seen, address.id())));
  }

  private Future<Answer> change(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var address = address(Api.id(ctx), Api.body(ctx));
    return ask(
        ctx,
        new ChangeAddress(
            session.account(), session.user(), address, asDefault(ctx), Api.now(clock)),
        seen -> Answer.ok(json(seen, address.id())));
  }

  private Future<Answer> remove(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    return ask(
        ctx,
        new RemoveAddress(session.account(), session.user(), Api.id(ctx), Api.now(clock)),
        _ -> Answer.nothing());
  }

  private Future<Answer> ask(
      RoutingContext ctx, UserCommand command, Function<Seen<PersonFace>, Answer> answer) {
    var stream = command.stream();
    return bus.ask(command, Api.context(ctx, Sessions.required(ctx), stream))
        .compose(reply -> Api.seen(reply, PersonFace.class))
        .map(seen -> Api.changed(answer.apply(seen), stream, seen.version()));
  }

  private static boolean asDefault(RoutingContext ctx) {
    return Api.body(ctx).getBoolean("default", false);
  }

  private static Address address(String id, JsonObject body) {
    return new Address(
        id,
        body.getString("name"),
        body.getString("line1"),
        body.getString("line2"),
        body.getString("postalCode"),
        body.getString("city"),
        body.getString("region"),
        body.getString("country"),
        body.getString("phone"));
  }

  /** All of them, in the order of {@link #list}. */
  static JsonArray json(PersonFace face) {
    return new JsonArray(inOrder(face).map(one -> json(face, one)).toList());
  }

  private static JsonObject json(Seen<PersonFace> seen, @Nullable String behind, int limit) {
    var face = seen.face();
    var left = inOrder(face).filter(one -> behind == null || one.id().compareTo(behind) > 0);
    return Api.page(left.toList(), limit, Address::id, one -> json(face, one))
        .put("version", seen.version());
  }

  /** As they were added, for ids grow: so a page goes on even behind one that is gone. */
  private static Stream<Address> inOrder(PersonFace face) {
    return face.addresses().stream().sorted(Comparator.comparing(Address::id));
  }

  private static JsonObject json(Seen<PersonFace> seen, String id) {
    var face = seen.face();
    return face.addresses().stream()
        .filter(address -> address.id().equals(id))
        .findFirst()
        .map(address -> json(face, address).put("version", seen.version()))
        .orElseThrow(() -> Problem.notFound("address")); // removed again in this moment
  }

  private static JsonObject json(PersonFace face, Address address) {
    return new JsonObject()
        .put("id", address.id())
        .put("name", address.name())
        .put("line1", address.line1())
        .put("line2", address.line2())
        .put("postalCode", address.postalCode())
        .put("city", address.city())
        .put("region", address.region())
        .put("country", address.country())
        .put("phone", address.phone())
        .put("default", address.id().equals(face.defaultAddress()));
  }
}
