package boutique.inventory;

import static boutique.inventory.Vase.NOW;
import static boutique.inventory.Vase.SOON;
import static boutique.inventory.Vase.VASE;
import static boutique.inventory.Vase.allocate;
import static boutique.inventory.Vase.allocated;
import static boutique.inventory.Vase.given;
import static boutique.inventory.Vase.main;
import static boutique.inventory.Vase.opened;
import static boutique.inventory.Vase.order;
import static boutique.inventory.Vase.release;
import static boutique.inventory.Vase.released;
import static boutique.inventory.Vase.reserve;
import static boutique.inventory.Vase.reserved;
import static boutique.inventory.Vase.rules;
import static boutique.inventory.Vase.ship;
import static boutique.inventory.Vase.sold;

import boutique.language.inventory.InventoryCommand.KeepStock;
import boutique.language.inventory.InventoryCommand.LapseReservation;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.inventory.InventoryEvent.PolicySet;
import boutique.language.inventory.InventoryEvent.StockAllocated;
import boutique.language.inventory.InventoryEvent.StockKept;
import boutique.language.inventory.InventoryEvent.StockLapsed;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.inventory.InventoryEvent.StockSent;
import boutique.language.inventory.StockPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is kept for an order")
class ReservingTest {
  private static final StockReserved UNTIL_SOON =
      new StockReserved(VASE, order(1), null, 3, main(3), 2, SOON, NOW);

  @Test
  @DisplayName("can be the last one")
  void theLast() {
    given(opened(5)).when(reserve(1, 5)).then(reserved(1, 5, 0));
  }

  @Test
  @DisplayName("is never more than there is")
  void neverBeyond() {
    given(opened(5), reserved(1, 3, 2)).when(reserve(2, 3)).thenRefused("stock.insufficient");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  @DisplayName("is a number of things")
  void aQuantity(long quantity) {
    given(opened(5)).when(reserve(1, quantity)).thenRefused("quantity.invalid");
  }

  @Test
  @DisplayName("is kept once, however often it is asked")
  void once() {
    given(opened(5), reserved(1, 3, 2)).when(reserve(1, 3)).thenNothing();
  }

  @Test
  @DisplayName("is not another number when it is asked for again")
  void notAnother() {
    given(opened(5), reserved(1, 3, 2)).when(reserve(1, 4)).thenRefused("reservation.differs");
  }

  @Test
  @DisplayName("cannot be of what nobody has delivered")
  void unknown() {
    rules().when(reserve(1, 1)).thenRefused("product.not-found");
    rules().when(allocate(1, 1)).thenRefused("product.not-found");
    rules().when(ship(1)).thenRefused("product.not-found");
    rules().when(release(1)).thenNothing();
  }

  @Test
  @DisplayName("is available again when it is given back")
  void givenBack() {
    given(opened(5), reserved(1, 3, 2)).when(release(1)).then(released(1, 3, 5));
  }

  @Test
  @DisplayName("is given back once")
  void givenBackOnce() {
    given(opened(5), reserved(1, 3, 2), released(1, 3, 5)).when(release(1)).thenNothing();
    given(opened(5)).when(release(9)).thenNothing();
  }

  @Test
  @DisplayName("is given back whole")
  void givenBackWhole() {
    given(opened(5), reserved(1, 3, 2))
        .when(new ReleaseStock(VASE, order(1), 2L, NOW))
        .thenRefused("reservation.differs");
  }

  @Test
  @DisplayName("is not kept again by a command that comes when it is over")
  void notAgain() {
    given(opened(5), reserved(1, 3, 2), released(1, 3, 5))
        .when(reserve(1, 3))
        .thenRefused("reservation.ended");
    given(opened(5), reserved(1, 3, 2), allocated(1, 3, 2), sold(1, 3, 2))
        .when(reserve(1, 3))
        .thenRefused("reservation.ended");
  }

  @Test
  @DisplayName("belongs to the order when it is paid, once")
  void paid() {
    given(opened(5), reserved(1, 3, 2)).when(allocate(1, 3)).then(allocated(1, 3, 2));
    given(opened(5), reserved(1, 3, 2), allocated(1, 3, 2)).when(allocate(1, 3)).thenNothing();
    given(opened(5), reserved(1, 3, 2), allocated(1, 3, 2)).when(reserve(1, 3)).thenNothing();
  }

  @Test
  @DisplayName("is paid as it was reserved")
  void paidAsReserved() {
    given(opened(5), reserved(1, 3, 2)).when(allocate(1, 2)).thenRefused("reservation.differs");
  }

  @Test
  @DisplayName("is not paid for when it was given back")
  void paidTooLate() {
    given(opened(5), reserved(1, 3, 2), released(1, 3, 5))
        .when(allocate(1, 3))
        .thenRefused("reservation.ended");
  }

  @Test
  @DisplayName("is given back even when it is paid, as long as it is in the house")
  void refunded() {
    given(opened(5), reserved(1, 3, 2), allocated(1, 3, 2))
        .when(release(1))
        .then(released(1, 3, 5));
    given(opened(5), reserved(1, 3, 2), allocated(1, 3, 2), sold(1, 3, 2))
        .when(release(1))
        .thenNothing();
  }

  @Test
  @DisplayName("leaves the house once, and is paid for then at the latest")
  void shipped() {
    given(opened(5), reserved(1, 3, 2)).when(ship(1)).then(allocated(1, 3, 2), sold(1, 3, 2));
    given(opened(5), reserved(1, 3, 2), allocated(1, 3, 2)).when(ship(1)).then(sold(1, 3, 2));
    given(opened(5), reserved(1, 3, 2), allocated(1, 3, 2), sold(1, 3, 2))
        .when(ship(1))
        .thenNothing();
  }

  @Test
  @DisplayName("and given back by hand, and sent all the same, is to be had by nobody else, once")
  void sentUnkept() {
    var all = new StockSent(VASE, order(1), 3, main(3), 2, NOW);
    var some = new StockSent(VASE, order(1), 3, main(1), 0, NOW);
    var none = new StockSent(VASE, order(1), 3, Map.of(), 0, NOW);
    var ended = given(opened(5), reserved(1, 3, 2), released(1, 3, 5));
    ended.when(ship(1)).then(all);
    ended.given(List.of(all)).when(ship(1)).thenNothing();
    ended.given(List.of(all)).when(release(1)).thenNothing();
    ended.given(List.of(all)).when(reserve(1, 3)).thenRefused("reservation.ended");
    ended.given(List.of(reserved(2, 4, 1))).when(ship(1)).then(some);
    ended.given(List.of(reserved(2, 5, 0))).when(ship(1)).then(none);
  }

  @Test
  @DisplayName("and lapsed, and is of what is not counted any more, leaves the house uncounted")
  void sentUncounted() {
    var lapsed = new StockLapsed(VASE, order(1), 3, 5, SOON, SOON);
    given(opened(5), UNTIL_SOON, lapsed, new PolicySet(VASE, StockPolicy.NONE, 5, NOW))
        .when(ship(1))
        .thenNothing();
  }

  @Test
  @DisplayName("lapses when its time is over, and not before")
  void lapses() {
    given(opened(5), UNTIL_SOON)
        .when(new LapseReservation(VASE, order(1), SOON.minusMillis(1)))
        .thenNothing();
    given(opened(5), UNTIL_SOON)
        .when(new LapseReservation(VASE, order(1), SOON))
        .then(new StockLapsed(VASE, order(1), 3, 5, SOON, SOON));
    given(opened(5), reserved(1, 3, 2))
        .when(new LapseReservation(VASE, order(1), SOON))
        .thenNothing();
  }

  @Test
  @DisplayName("does not lapse any more when it is paid")
  void paidNeverLapses() {
    given(opened(5), UNTIL_SOON, new StockAllocated(VASE, order(1), 3, main(3), 2, SOON, NOW))
        .when(new LapseReservation(VASE, order(1), SOON))
        .thenNothing();
  }

  @Test
  @DisplayName("does not lapse any more when its order is placed, and ends with the order")
  void keptNeverLapses() {
    var keep = new KeepStock(VASE, order(1), NOW);
    var kept = new StockKept(VASE, order(1), 2, SOON, NOW);
    given(opened(5), UNTIL_SOON).when(keep).then(kept);
    given(opened(5), UNTIL_SOON, kept).when(keep).thenNothing();
    given(opened(5), UNTIL_SOON, kept)
        .when(new LapseReservation(VASE, order(1), SOON.plusSeconds(1_000)))
        .thenNothing();
    given(opened(5), UNTIL_SOON, kept).when(release(1)).then(released(1, 3, 5));
    given(opened(5), UNTIL_SOON, kept).when(allocate(1, 3)).then(allocated(1, 3, 2));
  }

  @Test
  @DisplayName("is not kept for an order of which nothing is there, or that is paid or over")
  void keptOfNothing() {
    var keep = new KeepStock(VASE, order(1), NOW);
    given().when(keep).thenNothing();
    given(opened(5)).when(keep).thenNothing();
    given(opened(5), reserved(1, 3, 2)).when(keep).thenNothing();
    given(opened(5), reserved(1, 3, 2), allocated(1, 3, 2)).when(keep).thenNothing();
    given(opened(5), reserved(1, 3, 2), released(1, 3, 5)).when(keep).thenNothing();
  }

  @Test
  @DisplayName("is taken anew by whoever pays after it has lapsed, if it is still there")
  void paidAfterLapse() {
    var lapsed = new StockLapsed(VASE, order(1), 3, 5, SOON, SOON);
    given(opened(5), UNTIL_SOON, lapsed).when(allocate(1, 3)).then(allocated(1, 3, 2));
    given(opened(5), UNTIL_SOON, lapsed, reserved(2, 4, 1))
        .when(allocate(1, 3))
        .thenRefused("stock.insufficient");
    given(opened(5), UNTIL_SOON, lapsed).when(reserve(1, 3)).thenRefused("reservation.ended");
  }

  @Test
  @DisplayName("remembers until when, so that the deadline is found again")
  void deadline() {
    given(opened(5)).when(new ReserveStock(VASE, order(1), 3, null, SOON, NOW)).then(UNTIL_SOON);
    given(opened(5), UNTIL_SOON)
        .when(allocate(1, 3))
        .then(new StockAllocated(VASE, order(1), 3, main(3), 2, SOON, NOW));
  }
}
