package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Cursors;
import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import boutique.kernel.store.TimeKey;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/ops/orders}: everybody's orders, for operators, the newest first. Each state has its
 * own list by time, so a page costs as much as there is on it, however many orders there are in
 * other states.
 */
public final class OrderBookApi {
  private static final List<String> STATUSES = List.of("created", "complete", "cancelled");
  private static final List<String> PAYMENTS =
      List.of("awaiting", "authorized", "paid", "partially-refunded", "refunded");
  private static final List<String> FULFILMENTS =
      List.of("none", "confirmed", "shipped", "delivered", "returned");
  private static final int MOST_LOOKED_AT = 1_000;
  private static final Instant LATEST = Instant.ofEpochMilli(999_999_999_999_999L);

  private final ViewReader orders;

  public OrderBookApi(ViewReader orders) {
    this.orders = orders;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "listAllOrders", this::list);
  }

  /**
   * What is looked for.
   *
   * @param below the place in time to go on behind, or at which it begins
   * @param from the earliest place in time that counts
   */
  private record Wanted(
      @Nullable String status,
      @Nullable String payment,
      @Nullable String fulfilment,
      String below,
      String from,
      int limit) {

    boolean isAnyState() {
      return status == null && payment == null && fulfilment == null;
    }

    boolean isFor(JsonObject order) {
      return is(status, order, "status")
          && is(payment, order, "paymentStatus")
          && is(fulfilment, order, "fulfilmentStatus");
    }

    private static boolean is(@Nullable String wanted, JsonObject order, String field) {
      return wanted == null || wanted.equals(order.getString(field));
    }
  }

  private Future<Answer> list(RoutingContext ctx) {
    var typed = Api.query(ctx, "number");
    if (typed != null) {
      var number = TypedNumber.of(typed);
      return number == null
          ? Future.succeededFuture(Answer.ok(Api.page(List.of(), null)))
          : numbered(number);
    }
    var cursor = Api.cursor(ctx);
    var wanted =
        new Wanted(
            Api.query(ctx, "status"),
            Api.query(ctx, "paymentStatus"),
            Api.query(ctx, "fulfilmentStatus"),
            cursor == null ? TimeKey.of(time(ctx, "to", LATEST)) : cursor,
            TimeKey.of(time(ctx, "from", Instant.EPOCH)),
            Api.limit(ctx));
    var user = Api.query(ctx, "userId");
    if (user != null) {
      return StreamId.isPlain(user)
          ? ofUser(user + "/", wanted, wanted.below(), new ArrayList<>(), 0)
          : Future.succeededFuture(Answer.ok(Api.page(List.of(), null)));
    }
    return wanted.isAnyState()
        ? merged(List.of("placed/"), wanted)
        : merged(states(wanted), wanted);
  }

  private Future<Answer> numbered(String number) {
    return orders
        .find(new Page("number/" + number, null, false, 1))
        .map(found ->
            found.stream()
                .filter(one -> number.equals(one.document().getString("number")))
                .map(OrderJson::of)
                .toList())
        .map(items -> Answer.ok(Api.page(items, null)));
  }

  /** Where the orders of each state that is wanted are listed by time. */
  private static List<String> states(Wanted wanted) {
    var states = new ArrayList<String>();
    for (var status : choices(wanted.status(), STATUSES)) {
      for (var payment : choices(wanted.payment(), PAYMENTS)) {
        for (var fulfilment : choices(wanted.fulfilment(), FULFILMENTS)) {
          if (status.equals("complete") || fulfilment.equals("none")) {
            states.add("state/%s/%s/%s/".formatted(status, payment, fulfilment));
          }
        }
      }
    }
    return states;
  }

  private static List<String> choices(@Nullable String one, List<String> all) {
    return one == null ? all : List.of(one);
  }

  /** One more than is shown, so that the end is known to be one. */
  private Future<Answer> merged(List<String> lists, Wanted wanted) {
    var most = wanted.limit() + 1;
    return Future.all(
            lists.stream()
                .map(list -> orders.keys(new Page(list, list + wanted.below(), true, most)))
                .toList())
        .compose(read -> {
          var places =
              read.<List<String>>list().stream()
                  .flatMap(List::stream)
                  .map(Place::of)
                  .filter(place -> place.time().compareTo(wanted.from()) >= 0)
                  .sorted(Comparator.comparing(Place::time).reversed())
                  .limit(most)
                  .toList();
          var more = places.size() == most;
          var shown = more ? places.subList(0, wanted.limit()) : places;
          return Future.all(shown.stream().map(place -> at(place.key())).toList())
              .map(orders ->
                  page(
                      orders.<List<Entry>>list().stream()
                          .flatMap(List::stream)
                          .filter(one -> wanted.isFor(one.document()))
                          .toList(),
                      more ? shown.getLast().time() : null));
        });
  }

  private Future<List<Entry>> at(String key) {
    return orders.find(new Page(key, null, false, 1));
  }

  /** A place in one of the lists, and in time, where no two orders are at the same. */
  private record Place(String key, String time) {
    static Place of(String key) {
      return new Place(key, key.substring(key.lastIndexOf('/') + 1));
    }
  }

  /** One person has few orders: they are looked at one after the other. */
  private Future<Answer> ofUser(
      String list, Wanted wanted, String below, List<Entry> found, int lookedAt) {
    var most = Math.max(wanted.limit() + 1, 100);
    return orders
        .scan(new Page(list, list + below, true, most))
        .compose(page -> {
          for (var one : page) {
            var place = one.key().substring(list.length());
            if (place.compareTo(wanted.from()) < 0) {
              return Future.succeededFuture(page(found, null));
            }
            if (one.document().containsKey("id") && wanted.isFor(one.document())) {
              if (found.size() == wanted.limit()) {
                return Future.succeededFuture(
                    page(found, found.getLast().key().substring(list.length())));
              }
              found.add(one);
            }
          }
          if (page.size() < most) {
            return Future.succeededFuture(page(found, null));
          }
          var last = page.getLast().key().substring(list.length());
          return lookedAt + most >= MOST_LOOKED_AT
              ? Future.succeededFuture(page(found, last))
              : ofUser(list, wanted, last, found, lookedAt + most);
        });
  }

  private static Answer page(List<Entry> shown, @Nullable String next) {
    return Answer.ok(
        Api.page(
            shown.stream().map(OrderJson::of).toList(), next == null ? null : Cursors.write(next)));
  }

  private static Instant time(RoutingContext ctx, String parameter, Instant otherwise) {
    var text = Api.query(ctx, parameter);
    if (text == null) {
      return otherwise;
    }
    try {
      var time = Instant.parse(text);
      return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(LATEST) ? LATEST : time;
    } catch (DateTimeParseException malformed) {
      throw Problem.invalid(
          List.of(new Wrong(parameter, "is not a time such as 2026-03-01T10:00:00Z")));
    }
  }
}
