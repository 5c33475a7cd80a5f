package boutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.inventory.Stock.Known;
import boutique.inventory.Stock.Written;
import boutique.kernel.Decision.Accepted;
import boutique.kernel.Decision.Declined;
import boutique.kernel.Rules;
import boutique.language.catalog.ProductId;
import boutique.language.codec.Json;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.StockOpened;
import boutique.language.inventory.InventoryEvent.StockReleased;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.orders.OrderId;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The stock of a product")
class StockDeciderTest {
  private static final ProductId VASE = new ProductId("vase");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Rules<InventoryCommand, Stock, InventoryEvent> rules = Rules.of(new StockDecider());

  @Test
  @DisplayName("is opened with the first delivery")
  void opened() {
    rules.when(new OpenStock(VASE, 5, NOW)).then(new StockOpened(VASE, 5, NOW));
  }

  @Test
  @DisplayName("is opened once")
  void openedOnce() {
    rules.given(List.of(opened(5))).when(new OpenStock(VASE, 7, NOW)).thenNothing();
  }

  @Test
  @DisplayName("is reserved down to the last one")
  void reservesTheLast() {
    rules
        .given(List.of(opened(5)))
        .when(reserve(1, 5))
        .then(new StockReserved(VASE, order(1), 5, 0, NOW));
  }

  @Test
  @DisplayName("is never reserved beyond what is there")
  void neverBeyond() {
    rules
        .given(List.of(opened(5), reserved(1, 3, 2)))
        .when(reserve(2, 3))
        .thenRefused("stock.insufficient");
  }

  @Test
  @DisplayName("is reserved once for an order, however often it is asked")
  void reservedOnce() {
    rules.given(List.of(opened(5), reserved(1, 3, 2))).when(reserve(1, 3)).thenNothing();
  }

  @Test
  @DisplayName("that nobody has delivered cannot be reserved")
  void unknown() {
    rules.when(reserve(1, 1)).thenRefused("product.not-found");
  }

  @Test
  @DisplayName("gets back what an order had reserved")
  void released() {
    rules
        .given(List.of(opened(5), reserved(1, 3, 2)))
        .when(new ReleaseStock(VASE, order(1), NOW))
        .then(new StockReleased(VASE, order(1), 3, 5, NOW));
  }

  @Test
  @DisplayName("gets nothing back twice")
  void releasedTwice() {
    rules
        .given(List.of(opened(5), reserved(1, 3, 2), new StockReleased(VASE, order(1), 3, 5, NOW)))
        .when(new ReleaseStock(VASE, order(1), NOW))
        .thenNothing();
  }

  @Test
  @DisplayName("gets nothing back for an order that never reserved")
  void releasedNeverReserved() {
    rules.given(List.of(opened(5))).when(new ReleaseStock(VASE, order(9), NOW)).thenNothing();
  }

  @Property(tries = 300)
  @Label("received = available + reserved after every event, and nothing is ever below zero")
  void balances(@ForAll("histories") List<InventoryCommand> commands) {
    var decider = new StockDecider();
    var stock = decider.initial();
    for (var command : commands) {
      switch (decider.decide(stock, command)) {
        case Accepted<InventoryEvent>(var events) -> {
          for (var event : events) {
            stock = decider.evolve(stock, event);
            assertThat(event.available()).isEqualTo(known(stock).available());
          }
        }
        case Declined<InventoryEvent> _ -> {}
      }
      if (stock instanceof Known known) {
        var reserved = known.reserved().values().stream().mapToLong(Long::longValue).sum();
        assertThat(known.available()).isNotNegative();
        assertThat(known.received()).isEqualTo(known.available() + reserved);
      }
    }
  }

  @Property(tries = 100)
  @Label("is the same after it was written down and read again")
  void snapshots(@ForAll("histories") List<InventoryCommand> commands) {
    var decider = new StockDecider();
    var stock = decider.initial();
    for (var command : commands) {
      if (decider.decide(stock, command) instanceof Accepted<InventoryEvent>(var events)) {
        for (var event : events) {
          stock = decider.evolve(stock, event);
        }
      }
    }

    var read = Json.decode(Json.encode(Written.of(stock)), Written.class).stock();

    assertThat(read).isEqualTo(stock);
  }

  @Provide
  Arbitrary<List<InventoryCommand>> histories() {
    var open = Arbitraries.longs().between(0, 20).map(many -> new OpenStock(VASE, many, NOW));
    var orders = Arbitraries.integers().between(1, 6);
    var reserve =
        Combinators.combine(orders, Arbitraries.longs().between(1, 8))
            .as((order, many) -> reserve(order, many));
    var release = orders.map(order -> new ReleaseStock(VASE, order(order), NOW));
    return Arbitraries.<InventoryCommand>oneOf(open, reserve, release).list().ofMaxSize(60);
  }

  private static Known known(Stock stock) {
    return (Known) stock;
  }

  private static StockOpened opened(long many) {
    return new StockOpened(VASE, many, NOW);
  }

  private static StockReserved reserved(int order, long many, long left) {
    return new StockReserved(VASE, order(order), many, left, NOW);
  }

  private static InventoryCommand reserve(int order, long many) {
    return new ReserveStock(VASE, order(order), many, NOW);
  }

  private static OrderId order(int number) {
    return new OrderId("order-" + number);
  }
}
