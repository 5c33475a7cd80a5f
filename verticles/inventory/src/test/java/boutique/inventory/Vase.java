package boutique.inventory;

import boutique.kernel.Rules;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.AllocateStock;
import boutique.language.inventory.InventoryCommand.HoldStock;
import boutique.language.inventory.InventoryCommand.JoinLine;
import boutique.language.inventory.InventoryCommand.LeaveLine;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.inventory.InventoryCommand.ShipStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.HoldEnded;
import boutique.language.inventory.InventoryEvent.LineLeft;
import boutique.language.inventory.InventoryEvent.PolicySet;
import boutique.language.inventory.InventoryEvent.SaleOpened;
import boutique.language.inventory.InventoryEvent.ShopperAdmitted;
import boutique.language.inventory.InventoryEvent.StockAllocated;
import boutique.language.inventory.InventoryEvent.StockHeld;
import boutique.language.inventory.InventoryEvent.StockOpened;
import boutique.language.inventory.InventoryEvent.StockReceived;
import boutique.language.inventory.InventoryEvent.StockReleased;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.inventory.InventoryEvent.StockSold;
import boutique.language.inventory.InventoryEvent.TicketTaken;
import boutique.language.inventory.StockPolicy;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A product, its orders, and what can happen to it. */
final class Vase {
  static final ProductId VASE = new ProductId("vase");
  static final UserId ANNA = new UserId("anna");
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant SOON = NOW.plusSeconds(900);
  static final Duration WINDOW = Duration.ofMinutes(2);
  static final String CART = "cart-of-ben";

  private Vase() {}

  static Rules<InventoryCommand, Stock, InventoryEvent> rules() {
    return Rules.of(new StockDecider());
  }

  static Rules<InventoryCommand, Stock, InventoryEvent> given(InventoryEvent... history) {
    return rules().given(List.of(history));
  }

  static OrderId order(int number) {
    return new OrderId("order-" + number);
  }

  static Map<String, Long> main(long many) {
    return Map.of("main", many);
  }

  static StockOpened opened(long many) {
    return new StockOpened(VASE, ANNA, "main", many, NOW);
  }

  static StockReceived received(String delivery, String location, long many, long left) {
    return new StockReceived(VASE, delivery, location, many, left, NOW);
  }

  static StockReserved reserved(int order, long many, long left) {
    return new StockReserved(VASE, order(order), null, many, main(many), left, null, NOW);
  }

  static StockReleased released(int order, long many, long left) {
    return new StockReleased(VASE, order(order), many, left, null, NOW);
  }

  static StockAllocated allocated(int order, long many, long left) {
    return new StockAllocated(VASE, order(order), many, main(many), left, null, NOW);
  }

  static StockSold sold(int order, long many, long left) {
    return new StockSold(VASE, order(order), many, left, NOW);
  }

  static StockHeld held(String cart, long many, long left) {
    return new StockHeld(VASE, cart, main(many), left, SOON, NOW);
  }

  static HoldEnded letGo(String cart, long many, long left) {
    return new HoldEnded(VASE, cart, many, left, SOON, NOW);
  }

  static PolicySet under(StockPolicy policy, long left) {
    return new PolicySet(VASE, policy, left, NOW);
  }

  static SaleOpened sale(long perCustomer, long left) {
    return new SaleOpened(VASE, perCustomer, WINDOW, left, NOW);
  }

  static TicketTaken ticket(int number, String shopper, long many, long left) {
    return new TicketTaken(VASE, new UserId(shopper), number, many, left, NOW);
  }

  static ShopperAdmitted admitted(int ticket, String shopper, long many, long left) {
    return new ShopperAdmitted(
        VASE, new UserId(shopper), ticket, main(many), left, NOW.plus(WINDOW), NOW);
  }

  static LineLeft left(int ticket, String shopper) {
    return new LineLeft(VASE, new UserId(shopper), ticket, 0, NOW);
  }

  static InventoryCommand join(String shopper, long many) {
    return new JoinLine(VASE, new UserId(shopper), many, NOW);
  }

  static InventoryCommand leave(String shopper) {
    return new LeaveLine(VASE, new UserId(shopper), NOW);
  }

  static InventoryCommand reserve(int order, long many) {
    return new ReserveStock(VASE, order(order), many, NOW);
  }

  static InventoryCommand reserve(int order, long many, String cart) {
    return new ReserveStock(VASE, order(order), many, cart, null, NOW);
  }

  static InventoryCommand release(int order) {
    return new ReleaseStock(VASE, order(order), NOW);
  }

  static InventoryCommand allocate(int order, long many) {
    return new AllocateStock(VASE, order(order), many, NOW, NOW);
  }

  static InventoryCommand ship(int order) {
    return new ShipStock(VASE, order(order), 3, NOW);
  }

  static InventoryCommand hold(String cart, long many) {
    return new HoldStock(VASE, cart, many, SOON, NOW);
  }
}
