package boutique.inventory;

import static boutique.inventory.Vase.ANNA;
import static boutique.inventory.Vase.CART;
import static boutique.inventory.Vase.NOW;
import static boutique.inventory.Vase.VASE;
import static boutique.inventory.Vase.WINDOW;
import static boutique.inventory.Vase.admitted;
import static boutique.inventory.Vase.allocate;
import static boutique.inventory.Vase.allocated;
import static boutique.inventory.Vase.given;
import static boutique.inventory.Vase.held;
import static boutique.inventory.Vase.hold;
import static boutique.inventory.Vase.join;
import static boutique.inventory.Vase.leave;
import static boutique.inventory.Vase.left;
import static boutique.inventory.Vase.letGo;
import static boutique.inventory.Vase.main;
import static boutique.inventory.Vase.opened;
import static boutique.inventory.Vase.order;
import static boutique.inventory.Vase.received;
import static boutique.inventory.Vase.release;
import static boutique.inventory.Vase.released;
import static boutique.inventory.Vase.reserve;
import static boutique.inventory.Vase.reserved;
import static boutique.inventory.Vase.rules;
import static boutique.inventory.Vase.sale;
import static boutique.inventory.Vase.ticket;
import static boutique.inventory.Vase.under;
import static boutique.language.inventory.StockPolicy.RESERVE_ON_CART;

import boutique.language.inventory.InventoryCommand.CloseSale;
import boutique.language.inventory.InventoryCommand.LapseHold;
import boutique.language.inventory.InventoryCommand.OpenSale;
import boutique.language.inventory.InventoryCommand.ReceiveStock;
import boutique.language.inventory.InventoryCommand.SetPolicy;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.HoldEnded;
import boutique.language.inventory.InventoryEvent.SaleClosed;
import boutique.language.inventory.InventoryEvent.ShopperAdmitted;
import boutique.language.inventory.InventoryEvent.StockHeld;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.inventory.InventoryEvent.StockWrittenOff;
import boutique.language.inventory.Loss;
import boutique.language.inventory.StockPolicy;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("In a flash sale")
class QueueingTest {
  private static final Instant LATER = NOW.plus(WINDOW);

  /** Of one vase, which ben may have, while cleo and dora wait. */
  private static final InventoryEvent[] LINE = {
    opened(1),
    sale(2, 1),
    ticket(1, "ben", 1, 1),
    admitted(1, "ben", 1, 0),
    ticket(2, "cleo", 2, 0),
    ticket(3, "dora", 1, 0)
  };

  @Test
  @DisplayName("whoever comes while something is left may order it at once")
  void atOnce() {
    given(opened(5), sale(2, 5))
        .when(join("ben", 2))
        .then(ticket(1, "ben", 2, 5), admitted(1, "ben", 2, 3));
  }

  @Test
  @DisplayName("what a cart held before it began is kept for it, up to what anybody may have")
  void heldBefore() {
    given(opened(5), under(RESERVE_ON_CART, 5), held(CART, 3, 2), sale(2, 2))
        .when(reserve(1, 3, CART))
        .thenRefused("sale.cap");
    given(opened(5), under(RESERVE_ON_CART, 5), held(CART, 3, 2), sale(2, 2))
        .when(reserve(1, 2, CART))
        .then(
            letGo(CART, 3, 5),
            new StockReserved(VASE, order(1), CART, 2, main(2), 3, null, NOW),
            held(CART, 1, 2));
  }

  @Test
  @DisplayName("whoever comes when all is taken waits behind those who came before")
  void waits() {
    given(LINE).when(join("emil", 1)).then(ticket(4, "emil", 1, 0));
  }

  @Test
  @DisplayName("one shopper has one place, however often they ask for it")
  void onePlace() {
    given(LINE).when(join("ben", 1)).thenNothing();
    given(LINE).when(join("cleo", 1)).thenNothing();
  }

  @Test
  @DisplayName("what one does not take the next one gets")
  void next() {
    given(LINE)
        .when(leave("ben"))
        .then(new HoldEnded(VASE, "ben", 1, 1, LATER, NOW), admitted(2, "cleo", 1, 0));
    given(LINE)
        .when(new LapseHold(VASE, "ben", LATER))
        .then(
            new HoldEnded(VASE, "ben", 1, 1, LATER, LATER),
            new ShopperAdmitted(
                VASE, new UserId("cleo"), 2, main(1), 0, LATER.plus(WINDOW), LATER));
  }

  @Test
  @DisplayName("whoever is next gets what there is, and the rest goes to the one behind")
  void whatThereIs() {
    given(LINE)
        .when(new ReceiveStock(VASE, "d", null, 3, null, null, NOW))
        .then(received("d", "main", 3, 3), admitted(2, "cleo", 2, 1), admitted(3, "dora", 1, 0));
  }

  @Test
  @DisplayName("an order takes what was kept for its buyer")
  void orders() {
    given(opened(5), sale(2, 5), ticket(1, "ben", 2, 5), admitted(1, "ben", 2, 3))
        .when(reserve(1, 1, "ben"))
        .then(
            new HoldEnded(VASE, "ben", 2, 5, LATER, NOW),
            new StockReserved(VASE, order(1), "ben", 1, main(1), 4, null, NOW),
            new StockHeld(VASE, "ben", main(1), 3, LATER, NOW));
  }

  @Test
  @DisplayName("no order passes the line, even when something is left")
  void nobodyPasses() {
    given(LINE).when(reserve(1, 1, "dora")).thenRefused("sale.line");
    given(LINE).when(reserve(1, 1)).thenRefused("sale.line");
    given(LINE).when(reserve(1, 2, "ben")).thenRefused("sale.line");
    given(opened(5), sale(2, 5)).when(reserve(1, 1, "ben")).thenRefused("sale.line");
  }

  @Test
  @DisplayName("an order that was reserved before it still is")
  void reservedBefore() {
    given(opened(5), reserved(1, 3, 2), sale(2, 2)).when(reserve(1, 3)).thenNothing();
    given(opened(5), reserved(1, 3, 2), sale(2, 2)).when(allocate(1, 3)).then(allocated(1, 3, 2));
  }

  @Test
  @DisplayName("what an order gives back goes to the next one")
  void givenBack() {
    var ordered =
        given(
            opened(1),
            sale(2, 1),
            ticket(1, "ben", 1, 1),
            admitted(1, "ben", 1, 0),
            new HoldEnded(VASE, "ben", 1, 1, LATER, NOW),
            new StockReserved(VASE, order(1), "ben", 1, main(1), 0, null, NOW),
            ticket(2, "cleo", 1, 0));
    ordered.when(release(1)).then(released(1, 1, 1), admitted(2, "cleo", 1, 0));
    ordered.when(join("ben", 2)).thenRefused("sale.cap");
    ordered.when(join("ben", 1)).then(ticket(3, "ben", 1, 0));
  }

  @Test
  @DisplayName(
      "nobody gets more than anybody may have, and what they give back they may have again")
  void cap() {
    given(opened(5), sale(2, 5)).when(join("ben", 3)).thenRefused("sale.cap");
    var both = new StockReserved(VASE, order(1), "ben", 2, main(2), 3, null, NOW);
    var had =
        new InventoryEvent[] {
          opened(5),
          sale(2, 5),
          ticket(1, "ben", 2, 5),
          admitted(1, "ben", 2, 3),
          new HoldEnded(VASE, "ben", 2, 5, LATER, NOW),
          both,
        };
    given(had).when(join("ben", 1)).thenRefused("sale.cap");
    given(had).when(join("cleo", 1)).then(ticket(2, "cleo", 1, 3), admitted(2, "cleo", 1, 2));
    rules()
        .given(List.of(had))
        .given(List.of(released(1, 2, 5)))
        .when(join("ben", 1))
        .then(ticket(2, "ben", 1, 5), admitted(2, "ben", 1, 4));
  }

  @Test
  @DisplayName("it is sold out, and nobody waits in vain, when nothing can come back unpaid")
  void soldOut() {
    var gone = new StockWrittenOff(VASE, "w", main(1), Loss.LOST, 0, NOW);
    given(opened(1), gone, sale(1, 0)).when(join("ben", 1)).thenRefused("stock.insufficient");
    given(opened(1), reserved(1, 1, 0), sale(1, 0))
        .when(join("ben", 1))
        .then(ticket(1, "ben", 1, 0));
  }

  @Test
  @DisplayName("whoever does not want to wait leaves once, and the others move up")
  void leaves() {
    given(LINE).when(leave("cleo")).then(left(2, "cleo"));
    given(LINE).when(leave("emil")).thenNothing();
    rules()
        .given(List.of(LINE))
        .given(List.of(left(2, "cleo")))
        .when(leave("ben"))
        .then(new HoldEnded(VASE, "ben", 1, 1, LATER, NOW), admitted(3, "dora", 1, 0));
  }

  @Test
  @DisplayName("what a cart holds already is its shopper's, and carts hold no more")
  void carts() {
    var holding = given(opened(5), under(RESERVE_ON_CART, 5), held("ben", 2, 3), sale(2, 3));
    holding.when(hold("ben", 0)).thenNothing();
    holding.when(hold("cleo", 1)).thenNothing();
    holding
        .when(reserve(1, 2, "ben"))
        .then(
            letGo("ben", 2, 5), new StockReserved(VASE, order(1), "ben", 2, main(2), 3, null, NOW));
  }

  @Test
  @DisplayName("nobody waits any more when it is over; what was kept stays kept for its time")
  void closes() {
    given(LINE).when(new CloseSale(VASE, NOW)).then(new SaleClosed(VASE, 0, NOW));
    rules()
        .given(List.of(LINE))
        .given(List.of(new SaleClosed(VASE, 0, NOW)))
        .when(new LapseHold(VASE, "ben", LATER))
        .then(new HoldEnded(VASE, "ben", 1, 1, LATER, LATER));
    given(opened(1)).when(new CloseSale(VASE, NOW)).thenNothing();
    given(opened(1)).when(join("ben", 1)).thenRefused("sale.not-found");
    given(opened(1)).when(leave("ben")).thenNothing();
  }

  @Test
  @DisplayName("tickets of the next one begin at one again")
  void again() {
    rules()
        .given(List.of(LINE))
        .given(List.of(new SaleClosed(VASE, 0, NOW), sale(1, 0)))
        .when(join("cleo", 1))
        .then(ticket(1, "cleo", 1, 0));
  }

  @Test
  @DisplayName("it is opened once, for a stock that is kept for orders")
  void opens() {
    given(opened(5)).when(open(2)).then(sale(2, 5));
    given(opened(5), sale(2, 5)).when(open(2)).thenNothing();
    given(opened(5), sale(2, 5)).when(open(3)).thenRefused("sale.running");
    given(opened(5), under(StockPolicy.TRACK_ONLY, 5))
        .when(open(2))
        .thenRefused("sale.keeps-nothing");
    given(opened(5), sale(2, 5))
        .when(new SetPolicy(VASE, StockPolicy.NONE, NOW))
        .thenRefused("sale.running");
    rules().when(open(2)).thenRefused("product.not-found");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  @DisplayName("numbers are numbers of things")
  void quantities(long quantity) {
    given(opened(5)).when(open(quantity)).thenRefused("quantity.invalid");
    given(opened(5), sale(2, 5))
        .when(join("ben", quantity))
        .thenRefused(quantity > 0 ? "sale.cap" : "quantity.invalid");
    given(opened(5))
        .when(new OpenSale(VASE, 1, Duration.ofSeconds(Math.min(quantity, 0)), NOW))
        .thenRefused("quantity.invalid");
  }

  @Test
  @DisplayName("the line has an end")
  void full() {
    var line = new ArrayList<InventoryEvent>();
    line.add(opened(1));
    line.add(reserved(1, 1, 0));
    line.add(sale(1, 0));
    for (var number = 1; number <= Sale.LONGEST_LINE; number++) {
      line.add(ticket(number, "shopper-" + number, 1, 0));
    }
    rules().given(line).when(join(ANNA.value(), 1)).thenRefused("sale.line-full");
  }

  private static OpenSale open(long perCustomer) {
    return new OpenSale(VASE, perCustomer, WINDOW, NOW);
  }
}
