package boutique.inventory;

import static boutique.inventory.Vase.ANNA;
import static boutique.inventory.Vase.NOW;
import static boutique.inventory.Vase.VASE;
import static boutique.inventory.Vase.given;
import static boutique.inventory.Vase.main;
import static boutique.inventory.Vase.opened;
import static boutique.inventory.Vase.order;
import static boutique.inventory.Vase.received;
import static boutique.inventory.Vase.reserve;
import static boutique.inventory.Vase.reserved;
import static boutique.inventory.Vase.rules;

import boutique.language.inventory.Correction;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.AdjustStock;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.InventoryCommand.ReceiveStock;
import boutique.language.inventory.InventoryCommand.WriteOffStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.PolicySet;
import boutique.language.inventory.InventoryEvent.StockAdjusted;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.inventory.InventoryEvent.StockWrittenOff;
import boutique.language.inventory.InventoryEvent.ThresholdSet;
import boutique.language.inventory.Loss;
import boutique.language.inventory.StockPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The books of a product")
class DeliveringTest {

  @Test
  @DisplayName("are opened with the first delivery, once")
  void opens() {
    rules().when(new OpenStock(VASE, ANNA, 5, NOW)).then(opened(5));
    given(opened(5)).when(new OpenStock(VASE, ANNA, 7, NOW)).thenNothing();
    rules().when(new OpenStock(VASE, ANNA, -1, NOW)).thenRefused("quantity.invalid");
  }

  @Test
  @DisplayName("take in a further delivery, once")
  void receives() {
    given(opened(5)).when(receive("d1", null, 7)).then(received("d1", "main", 7, 12));
    given(opened(5), received("d1", "main", 7, 12)).when(receive("d1", null, 7)).thenNothing();
    given(opened(5), received("d1", "main", 7, 12))
        .when(receive("d2", null, 7))
        .then(received("d2", "main", 7, 19));
  }

  @Test
  @DisplayName("take in nothing of what was never offered")
  void receivesUnknown() {
    rules().when(receive("d1", null, 7)).thenRefused("product.not-found");
  }

  @Test
  @DisplayName("hold no more than can be added up")
  void overflow() {
    given(opened(5)).when(receive("d1", null, -1)).thenRefused("quantity.invalid");
    given(opened(5)).when(receive("d1", null, Long.MAX_VALUE)).thenRefused("stock.too-much");
    given(opened(Books.MOST)).when(receive("d1", null, 1)).thenRefused("stock.too-much");
    given(opened(5)).when(count(null, Long.MAX_VALUE)).thenRefused("stock.too-much");
    given(opened(5)).when(count(null, -1)).thenRefused("quantity.invalid");
  }

  @Test
  @DisplayName("can get their threshold and their policy with a delivery")
  void receivesAndSets() {
    given(opened(5))
        .when(new ReceiveStock(VASE, "d1", null, 2, 3L, StockPolicy.TRACK_ONLY, NOW))
        .then(
            received("d1", "main", 2, 7),
            new PolicySet(VASE, StockPolicy.TRACK_ONLY, 7, NOW),
            new ThresholdSet(VASE, 3, 7, NOW));
  }

  @Test
  @DisplayName("are corrected to what somebody has counted, up or down, once")
  void counts() {
    given(opened(5)).when(count(null, 8)).then(adjusted(Map.of("main", 3L), 8));
    given(opened(5)).when(count(null, 0)).then(adjusted(Map.of("main", -5L), 0));
    given(opened(5)).when(count(null, 5)).thenNothing();
    given(opened(5), adjusted(Map.of("main", 3L), 8), reserved(1, 2, 6))
        .when(count(null, 8))
        .thenNothing();
  }

  @Test
  @DisplayName("are corrected without touching what is kept for orders")
  void countsAvailable() {
    given(opened(5), reserved(1, 3, 2)).when(count(null, 0)).then(adjusted(main(-2), 0));
  }

  @Test
  @DisplayName("write off what cannot be sold any more, once, and not more than that")
  void writesOff() {
    var lost = new StockWrittenOff(VASE, "c1", main(2), Loss.DAMAGED, 3, NOW);
    given(opened(5)).when(writeOff(2)).then(lost);
    given(opened(5), lost).when(writeOff(2)).thenNothing();
    given(opened(5), reserved(1, 4, 1)).when(writeOff(2)).thenRefused("stock.insufficient");
    given(opened(5)).when(writeOff(0)).thenRefused("quantity.invalid");
  }

  @Test
  @DisplayName("know several locations: an order is served from the first one that has it all")
  void firstThatHasAll() {
    given(opened(2), received("d1", "lyon", 5, 7), received("d2", "rome", 9, 16))
        .when(reserve(1, 4))
        .then(reservedFrom(Map.of("lyon", 4L), 4, 12));
  }

  @Test
  @DisplayName("know several locations: what no one of them has is taken from each in turn")
  void splits() {
    given(opened(2), received("d1", "lyon", 5, 7), received("d2", "rome", 9, 16))
        .when(reserve(1, 10))
        .then(reservedFrom(Map.of("main", 2L, "lyon", 5L, "rome", 3L), 10, 6));
  }

  @Test
  @DisplayName("know several locations, each of which is counted by itself")
  void countsLocation() {
    given(opened(2), received("d1", "lyon", 5, 7))
        .when(count("lyon", 4))
        .then(adjusted(Map.of("lyon", -1L), 6));
    given(opened(2), received("d1", "lyon", 5, 7))
        .when(count(null, 1))
        .then(adjusted(Map.of("main", -2L, "lyon", -4L), 1));
    given(opened(2)).when(count("rome", 4)).then(adjusted(Map.of("rome", 4L), 6));
  }

  @Test
  @DisplayName("know a bounded number of locations")
  void tooManyLocations() {
    var history = new ArrayList<InventoryEvent>(List.of(opened(1)));
    for (var i = 1; i < Shelves.MOST; i++) {
      history.add(received("d" + i, "place-" + i, 1, 1 + i));
    }
    rules().given(history).when(receive("x", "one-more", 1)).thenRefused("location.too-many");
    rules().given(history).when(count("one-more", 1)).thenRefused("location.too-many");
  }

  private static InventoryCommand receive(String delivery, @Nullable String location, long many) {
    return new ReceiveStock(VASE, delivery, location, many, null, null, NOW);
  }

  private static InventoryCommand count(@Nullable String location, long many) {
    return new AdjustStock(VASE, "c1", location, many, Correction.COUNTED, NOW);
  }

  private static InventoryCommand writeOff(long many) {
    return new WriteOffStock(VASE, "c1", null, many, Loss.DAMAGED, NOW);
  }

  private static StockAdjusted adjusted(Map<String, Long> by, long left) {
    return new StockAdjusted(VASE, "c1", by, Correction.COUNTED, left, NOW);
  }

  private static StockReserved reservedFrom(Map<String, Long> from, long many, long left) {
    return new StockReserved(VASE, order(1), null, many, from, left, null, NOW);
  }
}
