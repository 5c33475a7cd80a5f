package boutique.inventory;

import static boutique.inventory.Vase.NOW;
import static boutique.inventory.Vase.VASE;
import static boutique.inventory.Vase.allocated;
import static boutique.inventory.Vase.given;
import static boutique.inventory.Vase.main;
import static boutique.inventory.Vase.opened;
import static boutique.inventory.Vase.order;
import static boutique.inventory.Vase.release;
import static boutique.inventory.Vase.released;
import static boutique.inventory.Vase.reserve;
import static boutique.inventory.Vase.reserved;

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

  private static ChangeReservation change(long quantity) {
    return new ChangeReservation(VASE, order(1), quantity, null, NOW);
  }

  private static ReservationChanged changed(long quantity, long left) {
    return new ReservationChanged(VASE, order(1), quantity, main(quantity), left, NOW);
  }
}
