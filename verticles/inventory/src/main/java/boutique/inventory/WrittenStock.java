package boutique.inventory;

import boutique.inventory.Ended.How;
import boutique.inventory.Ended.Past;
import boutique.inventory.Stock.Hold;
import boutique.inventory.Stock.Known;
import boutique.inventory.Stock.Reservation;
import boutique.inventory.Stock.Unknown;
import boutique.language.inventory.StockPolicy;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.OrderedPMap;
import org.pcollections.OrderedPSet;

/** How a long stream's state is written down. */
record WrittenStock(@Nullable Body body) {

  record Body(
      UserId seller,
      StockPolicy policy,
      long threshold,
      boolean low,
      Books books,
      Shelves shelves,
      Map<String, Reservation> orders,
      Map<String, Hold> carts,
      List<Over> ended,
      Instant closed,
      List<String> changes,
      @Nullable WrittenSale sale) {}

  /** An order that has ended, in the order of their ends. */
  record Over(OrderId order, How how, Instant reserved) {}

  static WrittenStock of(Stock stock) {
    return switch (stock) {
      case Unknown _ -> new WrittenStock(null);
      case Known known -> new WrittenStock(body(known));
    };
  }

  Stock stock() {
    return body == null ? new Unknown() : known(body);
  }

  private static Body body(Known known) {
    var orders = new HashMap<String, Reservation>();
    known.orders().forEach((order, reservation) -> orders.put(order.value(), reservation));
    return new Body(
        known.seller(),
        known.policy(),
        known.threshold(),
        known.low(),
        known.books(),
        known.shelves(),
        orders,
        known.carts(),
        known.ended().orders().entrySet().stream()
            .map(end -> new Over(end.getKey(), end.getValue().how(), end.getValue().reserved()))
            .toList(),
        known.ended().closed(),
        List.copyOf(known.changes()),
        known.sale() == null ? null : WrittenSale.of(known.sale()));
  }

  private static Known known(Body body) {
    var orders = new HashMap<OrderId, Reservation>();
    body.orders().forEach((order, kept) -> orders.put(new OrderId(order), kept));
    var ended = OrderedPMap.<OrderId, Past>empty();
    for (var over : body.ended()) {
      ended = ended.plus(over.order(), new Past(over.how(), over.reserved()));
    }
    return new Known(
        body.seller(),
        body.policy(),
        body.threshold(),
        body.low(),
        body.books(),
        body.shelves(),
        HashTreePMap.from(orders),
        HashTreePMap.from(body.carts()),
        new Ended(ended, body.closed()),
        OrderedPSet.from(body.changes()),
        body.sale() == null ? null : body.sale().sale());
  }
}
