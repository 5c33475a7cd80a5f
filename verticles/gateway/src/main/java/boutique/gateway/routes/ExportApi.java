package boutique.gateway.routes;

import boutique.gateway.routes.Api.Seen;
import boutique.gateway.routes.Pouring.Part;
import boutique.gateway.sessions.Session;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.kernel.payment.Wallets;
import boutique.kernel.payment.Wallets.Card;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import boutique.language.carts.CartFace;
import boutique.language.carts.CartId;
import boutique.language.orders.OrderId;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.language.users.PersonFace;
import boutique.language.users.UserCommand.ReadPerson;
import boutique.language.users.UserFace;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /api/users/me/export}: everything that the shop knows of somebody, however much it is. */
public final class ExportApi {
  private static final int PAGE = 50;

  private final Bus bus;
  private final InstantSource clock;
  private final ViewReader orders;
  private final ViewReader sessions;
  private final CartReader carts;
  private final Wallets wallets;

  public ExportApi(
      Bus bus,
      InstantSource clock,
      ViewReader orders,
      ViewReader sessions,
      CartReader carts,
      Wallets wallets) {
    this.wallets = wallets;
    this.bus = bus;
    this.clock = clock;
    this.orders = orders;
    this.sessions = sessions;
    this.carts = carts;
  }

  public void mount(RouterBuilder routes) {
    Api.pour(routes, "exportMe", this::export);
  }

  private Future<Void> export(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var mine = session.user().value() + "/";
    return Future.all(person(session), cart(session.user()), wallets.of(session.user().value()))
        .compose(all -> {
          Seen<PersonFace> person = all.resultAt(0);
          JsonObject cart = all.resultAt(1);
          List<Card> cards = all.resultAt(2);
          var out = new Pouring(ctx);
          return out.field("account", ProfileApi.account(person).encode())
              .compose(_ -> out.field("profile", ProfileApi.profile(person).encode()))
              .compose(_ -> out.field("addresses", addresses(person).encode()))
              .compose(_ -> out.field("paymentMethods", PaymentMethodsApi.json(cards).encode()))
              .compose(_ -> out.field("cart", cart.encode()))
              .compose(_ -> out.list("sessions", after -> sessions(person, session, after)))
              .compose(_ -> out.list("orders", after -> of(mine, after, OrderJson::of)))
              .compose(_ -> out.list("payments", after -> payments(mine, after)))
              .compose(_ -> out.list("vouchers", after -> vouchers(mine, after)))
              .compose(_ -> out.end());
        });
  }

  private Future<Seen<PersonFace>> person(Session session) {
    var command = new ReadPerson(session.account(), session.user(), Api.now(clock));
    return bus.ask(command, Api.context(session))
        .compose(reply -> Api.seen(reply, PersonFace.class));
  }

  private Future<JsonObject> cart(UserId user) {
    return bus.look(CartId.of(user).stream())
        .compose(done -> Api.seen(done, CartFace.class))
        .compose(carts::read);
  }

  private static JsonArray addresses(Seen<PersonFace> person) {
    return AddressesApi.json(person.face());
  }

  private Future<Part> sessions(Seen<PersonFace> person, Session asking, @Nullable String after) {
    var account = person.face().account();
    var mine = account.user().value() + "/";
    return sessions
        .scan(new Page(mine, after, true, PAGE))
        .map(entries ->
            part(
                entries,
                entries.stream()
                    .map(entry -> session(entry, mine.length(), account, asking))
                    .toList()));
  }

  /** Signing out everywhere and the like end sessions by the account's epoch. */
  private JsonObject session(Entry entry, int prefix, UserFace account, Session asking) {
    var document = entry.document();
    var id = entry.key().substring(prefix);
    var because = document.getString("because");
    if (because == null && document.getLong("epoch") < account.epoch()) {
      because = "account";
    }
    if (because == null && !Instant.parse(document.getString("endsAt")).isAfter(Api.now(clock))) {
      because = "expired";
    }
    return new JsonObject()
        .put("id", id)
        .put("openedAt", document.getString("openedAt"))
        .put("refreshedAt", document.getString("refreshedAt"))
        .put("endsAt", document.getString("endsAt"))
        .put("over", because != null)
        .put("because", because)
        .put("endedAt", document.getString("endedAt"))
        .put("current", id.equals(asking.sid().value()));
  }

  private Future<Part> of(String mine, @Nullable String after, Function<Entry, JsonObject> form) {
    return page(mine, after).map(entries -> part(entries, entries.stream().map(form).toList()));
  }

  /** Each order has one at most. */
  private Future<Part> payments(String mine, @Nullable String after) {
    return page(mine, after)
        .compose(entries ->
            Future.all(entries.stream().map(this::payment).toList())
                .map(all ->
                    part(
                        entries,
                        all.<List<JsonObject>>list().stream().flatMap(List::stream).toList())));
  }

  private Future<List<JsonObject>> payment(Entry order) {
    var payment = PaymentId.of(new OrderId(order.document().getString("id")));
    return bus.look(payment.stream())
        .map(done ->
            done.face() instanceof PaymentFace face
                ? List.of(PaymentJson.of(new Seen<>(done.version(), face)))
                : List.of());
  }

  /** What was taken off, and whether the voucher came back because nothing came of the order. */
  private Future<Part> vouchers(String mine, @Nullable String after) {
    return page(mine, after)
        .map(entries ->
            part(
                entries,
                entries.stream().map(OrderJson::of).flatMap(ExportApi::vouchers).toList()));
  }

  private static Stream<JsonObject> vouchers(JsonObject order) {
    return order.getJsonArray("discounts").stream()
        .map(discount ->
            new JsonObject()
                .put("code", ((JsonObject) discount).getString("code"))
                .put("amount", ((JsonObject) discount).getValue("amount"))
                .put("currency", order.getString("currency"))
                .put("orderId", order.getString("id"))
                .put("redeemedAt", order.getString("createdAt"))
                .put("givenBack", order.getString("status").equals("cancelled")));
  }

  private Future<List<Entry>> page(String mine, @Nullable String after) {
    return orders.scan(new Page(mine, after, true, PAGE));
  }

  private static Part part(List<Entry> entries, List<JsonObject> told) {
    return new Part(told, entries.size() < PAGE ? null : entries.getLast().key());
  }
}
