package boutique.inventory;

import static boutique.inventory.Vase.NOW;
import static boutique.inventory.Vase.VASE;
import static boutique.inventory.Vase.opened;
import static boutique.inventory.Vase.order;
import static boutique.inventory.Vase.rules;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.inventory.Ended.How;
import boutique.inventory.Stock.Known;
import boutique.kernel.Rules;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.AllocateStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.StockReleased;
import boutique.language.inventory.InventoryEvent.StockReserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of orders that are over")
class EndedTest {
  private static final int MANY = Ended.MOST + 100;

  @Test
  @DisplayName("only the last are remembered, so that the state stays small")
  void bounded() {
    var stock = new StockDecider().initial();
    for (var event : history()) {
      stock = new StockDecider().evolve(stock, event);
    }

    assertThat(stock)
        .isInstanceOfSatisfying(
            Known.class,
            known -> {
              assertThat(known.orders()).isEmpty();
              assertThat(known.ended().orders()).hasSize(Ended.MOST);
              assertThat(known.ended().of(order(MANY))).isEqualTo(How.RELEASED);
              assertThat(known.ended().of(order(1))).isNull();
            });
  }

  @Test
  @DisplayName("one that is forgotten is still over: it was placed before one that is remembered")
  void forgottenIsOver() {
    given().when(reserve(1, placed(1))).thenRefused("reservation.ended");
    given()
        .when(new AllocateStock(VASE, order(1), 1, placed(1), placed(MANY)))
        .thenRefused("reservation.ended");
  }

  @Test
  @DisplayName("none keeps a new order from having its stock")
  void newOnes() {
    var at = placed(MANY + 1);

    given()
        .when(reserve(MANY + 1, at))
        .then(new StockReserved(VASE, order(MANY + 1), null, 1, Map.of("main", 1L), 4, null, at));
  }

  private static Rules<InventoryCommand, Stock, InventoryEvent> given() {
    return rules().given(history());
  }

  /** Many orders, each placed a second after the other, and cancelled. */
  private static List<InventoryEvent> history() {
    var history = new ArrayList<InventoryEvent>(List.of(opened(5)));
    for (var number = 1; number <= MANY; number++) {
      var at = placed(number);
      history.add(new StockReserved(VASE, order(number), null, 1, Map.of("main", 1L), 4, null, at));
      history.add(new StockReleased(VASE, order(number), 1, 5, null, at));
    }
    return history;
  }

  private static InventoryCommand reserve(int number, Instant at) {
    return new ReserveStock(VASE, order(number), 1, at);
  }

  private static Instant placed(int number) {
    return NOW.plusSeconds(number);
  }
}
