package boutique.inventory;

import boutique.inventory.Sale.Place;
import boutique.language.orders.OrderId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/** How a flash sale is written down: who waits only once. */
record WrittenSale(
    long perCustomer,
    Duration window,
    long tickets,
    long left,
    Map<Long, Place> line,
    Map<String, Long> bought,
    Map<String, Place> orders) {

  static WrittenSale of(Sale sale) {
    var orders = new HashMap<String, Place>();
    sale.orders().forEach((order, place) -> orders.put(order.value(), place));
    return new WrittenSale(
        sale.perCustomer(),
        sale.window(),
        sale.tickets(),
        sale.left(),
        sale.line(),
        sale.bought(),
        orders);
  }

  Sale sale() {
    var waiting = new HashMap<String, Long>();
    line.forEach((ticket, place) -> waiting.put(place.shopper(), ticket));
    var open = new HashMap<OrderId, Place>();
    orders.forEach((order, place) -> open.put(new OrderId(order), place));
    return new Sale(
        perCustomer,
        window,
        tickets,
        left,
        TreePMap.from(line),
        HashTreePMap.from(waiting),
        HashTreePMap.from(bought),
        HashTreePMap.from(open));
  }
}
