package boutique.inventory;

import static boutique.inventory.Vase.ANNA;
import static boutique.inventory.Vase.NOW;
import static boutique.inventory.Vase.VASE;
import static boutique.inventory.Vase.given;
import static boutique.inventory.Vase.opened;
import static boutique.inventory.Vase.release;
import static boutique.inventory.Vase.released;
import static boutique.inventory.Vase.reserve;
import static boutique.inventory.Vase.reserved;
import static boutique.inventory.Vase.under;

import boutique.language.inventory.InventoryCommand.SetPolicy;
import boutique.language.inventory.InventoryCommand.SetThreshold;
import boutique.language.inventory.InventoryEvent.StockLow;
import boutique.language.inventory.InventoryEvent.StockRecovered;
import boutique.language.inventory.InventoryEvent.ThresholdSet;
import boutique.language.inventory.StockPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("That few are left")
class ThresholdTest {

  @Test
  @DisplayName("is told when the threshold is reached")
  void reached() {
    given(opened(5), watched(3, 5)).when(reserve(1, 1)).then(reserved(1, 1, 4));
    given(opened(5), watched(3, 5)).when(reserve(1, 2)).then(reserved(1, 2, 3), low(3));
  }

  @Test
  @DisplayName("is told once")
  void once() {
    given(opened(5), watched(3, 5), reserved(1, 2, 3), low(3))
        .when(reserve(2, 1))
        .then(reserved(2, 1, 2));
  }

  @Test
  @DisplayName("is told again only after there were more again")
  void again() {
    given(opened(5), watched(3, 5), reserved(1, 2, 3), low(3))
        .when(release(1))
        .then(released(1, 2, 5), recovered(5));
    given(opened(5), watched(3, 5), reserved(1, 2, 3), low(3), released(1, 2, 5), recovered(5))
        .when(reserve(2, 4))
        .then(reserved(2, 4, 1), low(1));
  }

  @Test
  @DisplayName("is told when the threshold itself is raised, and taken back when it is lowered")
  void moved() {
    given(opened(5)).when(new SetThreshold(VASE, 3, NOW)).then(watched(3, 5));
    given(opened(5))
        .when(new SetThreshold(VASE, 5, NOW))
        .then(watched(5, 5), new StockLow(VASE, ANNA, 5, 5, NOW));
    given(opened(5), watched(5, 5), new StockLow(VASE, ANNA, 5, 5, NOW))
        .when(new SetThreshold(VASE, 0, NOW))
        .then(watched(0, 5), new StockRecovered(VASE, ANNA, 0, 5, NOW));
    given(opened(5), watched(3, 5)).when(new SetThreshold(VASE, 3, NOW)).thenNothing();
    given(opened(5)).when(new SetThreshold(VASE, -1, NOW)).thenRefused("quantity.invalid");
  }

  @Test
  @DisplayName("is no news of a product that is never sold out")
  void unlimited() {
    given(opened(5), watched(3, 5), reserved(1, 2, 3), low(3))
        .when(new SetPolicy(VASE, StockPolicy.NONE, NOW))
        .then(under(StockPolicy.NONE, 3), recovered(3));
  }

  private static ThresholdSet watched(long threshold, long left) {
    return new ThresholdSet(VASE, threshold, left, NOW);
  }

  private static StockLow low(long left) {
    return new StockLow(VASE, ANNA, 3, left, NOW);
  }

  private static StockRecovered recovered(long left) {
    return new StockRecovered(VASE, ANNA, 3, left, NOW);
  }
}
