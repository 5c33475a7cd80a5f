package boutique.inventory;

import static boutique.inventory.Vase.CART;
import static boutique.inventory.Vase.NOW;
import static boutique.inventory.Vase.VASE;
import static boutique.inventory.Vase.allocated;
import static boutique.inventory.Vase.given;
import static boutique.inventory.Vase.held;
import static boutique.inventory.Vase.letGo;
import static boutique.inventory.Vase.main;
import static boutique.inventory.Vase.opened;
import static boutique.inventory.Vase.order;
import static boutique.inventory.Vase.release;
import static boutique.inventory.Vase.released;
import static boutique.inventory.Vase.reserve;
import static boutique.inventory.Vase.reserved;
import static boutique.inventory.Vase.under;
import static boutique.language.inventory.StockPolicy.RESERVE_ON_CART;

import boutique.language.inventory.InventoryCommand.ChangeReservation;
import boutique.language.inventory.InventoryEvent.ReservationChanged;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is kept for an order that is changed")
class ChangingReservationTest {
  @Test
  @DisplayName("becomes more, up to all there is, or less")
  void changes() {
    given(opened(5), reserved(1, 3, 2)).when(change(5)).then(changed(5, 0));
    given(opened(5), reserved(1, 3, 2)).when(change(1)).then(changed(1, 4));
  }

  @Test
  @DisplayName("stays when there is not enough")
  void notEnough() {
    given(opened(5), reserved(1, 3, 2)).when(change(6)).thenRefused("stock.insufficient");
  }

  @Test
  @DisplayName("changes once, and is given back as it is then")
  void once() {
    given(opened(5), reserved(1, 3, 2), changed(1, 4)).when(change(1)).thenNothing();
    given(opened(5), reserved(1, 3, 2), changed(1, 4)).when(release(1)).then(released(1, 1, 5));
    given(opened(5), reserved(1, 3, 2), changed(5, 0))
        .when(reserve(2, 1))
        .thenRefused("stock.insufficient");
  }

  @Test
  @DisplayName("ends when nothing of it is wanted")
  void ends() {
    given(opened(5), reserved(1, 3, 2)).when(change(0)).then(released(1, 3, 5));
    given(opened(5), reserved(1, 3, 2), released(1, 3, 5)).when(change(0)).thenNothing();
  }

  @Test
  @DisplayName("does not begin again when it has ended, and does not change when it is paid")
  void over() {
    given(opened(5), reserved(1, 3, 2), released(1, 3, 5))
        .when(change(2))
        .thenRefused("reservation.ended");
    given(opened(5), reserved(1, 3, 2), allocated(1, 3, 2))
        .when(change(2))
        .thenRefused("reservation.differs");
  }

  @Test
  @DisplayName("becomes more by what its buyer's own cart holds, and the rest of that stays there")
  void fromOwnCart() {
    given(
            opened(5),
            under(RESERVE_ON_CART, 5),
            reserved(1, 1, 4),
            held(CART, 3, 1),
            held("c", 1, 0))
        .when(change(3, CART))
        .then(letGo(CART, 3, 3), changed(3, 1), held(CART, 1, 0));
    given(opened(5), under(RESERVE_ON_CART, 5), reserved(1, 1, 4), held(CART, 4, 0))
        .when(change(5, CART))
        .then(letGo(CART, 4, 4), changed(5, 0));
    given(opened(5), under(RESERVE_ON_CART, 5), reserved(1, 1, 4), held(CART, 4, 0))
        .when(change(2, "another"))
        .thenRefused("stock.insufficient");
  }

  @Test
  @DisplayName("leaves its buyer's cart alone when it becomes less")
  void lessLeavesTheCart() {
    given(opened(5), under(RESERVE_ON_CART, 5), reserved(1, 3, 2), held(CART, 2, 0))
        .when(change(1, CART))
        .then(changed(1, 2));
  }

  private static ChangeReservation change(long quantity) {
    return new ChangeReservation(VASE, order(1), quantity, null, null, NOW);
  }

  private static ChangeReservation change(long quantity, String cart) {
    return new ChangeReservation(VASE, order(1), quantity, cart, null, NOW);
  }

  private static ReservationChanged changed(long quantity, long left) {
    return new ReservationChanged(VASE, order(1), quantity, main(quantity), left, NOW);
  }
}
