package boutique.inventory;

import static boutique.inventory.Vase.CART;
import static boutique.inventory.Vase.NOW;
import static boutique.inventory.Vase.SOON;
import static boutique.inventory.Vase.VASE;
import static boutique.inventory.Vase.allocate;
import static boutique.inventory.Vase.allocated;
import static boutique.inventory.Vase.given;
import static boutique.inventory.Vase.held;
import static boutique.inventory.Vase.hold;
import static boutique.inventory.Vase.letGo;
import static boutique.inventory.Vase.main;
import static boutique.inventory.Vase.opened;
import static boutique.inventory.Vase.order;
import static boutique.inventory.Vase.release;
import static boutique.inventory.Vase.released;
import static boutique.inventory.Vase.reserve;
import static boutique.inventory.Vase.reserved;
import static boutique.inventory.Vase.ship;
import static boutique.inventory.Vase.sold;
import static boutique.inventory.Vase.under;
import static boutique.language.inventory.StockPolicy.DEDUCT_ON_PAYMENT;
import static boutique.language.inventory.StockPolicy.NONE;
import static boutique.language.inventory.StockPolicy.RESERVE_ON_CART;
import static boutique.language.inventory.StockPolicy.RESERVE_ON_ORDER;
import static boutique.language.inventory.StockPolicy.TRACK_ONLY;

import boutique.language.inventory.InventoryCommand.HoldStock;
import boutique.language.inventory.InventoryCommand.LapseHold;
import boutique.language.inventory.InventoryCommand.SetPolicy;
import boutique.language.inventory.InventoryEvent.HoldEnded;
import boutique.language.inventory.InventoryEvent.StockAllocated;
import boutique.language.inventory.InventoryEvent.StockReserved;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Under the policy")
class PoliciesTest {

  @Test
  @DisplayName("that is wanted, from then on")
  void set() {
    given(opened(5))
        .when(new SetPolicy(VASE, RESERVE_ON_CART, NOW))
        .then(under(RESERVE_ON_CART, 5));
    given(opened(5)).when(new SetPolicy(VASE, RESERVE_ON_ORDER, NOW)).thenNothing();
  }

  @Test
  @DisplayName("none, any number can be bought and the books stay as they are")
  void none() {
    given(opened(0), under(NONE, 0)).when(reserve(1, 100)).thenNothing();
    given(opened(0), under(NONE, 0)).when(allocate(1, 100)).thenNothing();
    given(opened(0), under(NONE, 0)).when(ship(1)).thenNothing();
    given(opened(0), under(NONE, 0)).when(release(1)).thenNothing();
  }

  @Test
  @DisplayName("none, what was reserved before is still given back and sold")
  void noneAfterwards() {
    given(opened(5), reserved(1, 3, 2), under(NONE, 2)).when(release(1)).then(released(1, 3, 5));
    given(opened(5), reserved(1, 3, 2), under(NONE, 2))
        .when(allocate(1, 3))
        .then(allocated(1, 3, 2));
  }

  @Test
  @DisplayName("track-only, what is there is counted down, and nobody is turned away after that")
  void trackOnly() {
    var beyond = new StockReserved(VASE, order(1), null, 7, main(5), 0, null, NOW);
    given(opened(5), under(TRACK_ONLY, 5)).when(reserve(1, 7)).then(beyond);
    given(opened(5), under(TRACK_ONLY, 5), beyond).when(release(1)).then(released(1, 7, 5));
    given(opened(5), under(TRACK_ONLY, 5), beyond)
        .when(allocate(1, 7))
        .then(new StockAllocated(VASE, order(1), 7, main(5), 0, null, NOW));
  }

  @Test
  @DisplayName("reserve-on-order, a cart keeps nothing")
  void cartKeepsNothing() {
    given(opened(5)).when(hold(CART, 2)).thenNothing();
  }

  @Test
  @DisplayName("reserve-on-cart, a cart keeps what is in it, as far as there is any")
  void cartKeeps() {
    given(opened(5), under(RESERVE_ON_CART, 5)).when(hold(CART, 2)).then(held(CART, 2, 3));
    given(opened(5), under(RESERVE_ON_CART, 5)).when(hold(CART, 9)).then(held(CART, 5, 0));
    given(opened(0), under(RESERVE_ON_CART, 0)).when(hold(CART, 1)).thenNothing();
  }

  @Test
  @DisplayName("reserve-on-cart, a cart that changes keeps another number, and the same one once")
  void cartChanges() {
    given(opened(5), under(RESERVE_ON_CART, 5), held(CART, 2, 3))
        .when(hold(CART, 4))
        .then(letGo(CART, 2, 5), held(CART, 4, 1));
    given(opened(5), under(RESERVE_ON_CART, 5), held(CART, 2, 3)).when(hold(CART, 2)).thenNothing();
    given(opened(5), under(RESERVE_ON_CART, 5), held(CART, 2, 3))
        .when(hold(CART, 0))
        .then(letGo(CART, 2, 5));
  }

  @Test
  @DisplayName("reserve-on-cart, nobody can order what is in other people's carts")
  void othersWait() {
    given(opened(5), under(RESERVE_ON_CART, 5), held(CART, 4, 1))
        .when(reserve(1, 2))
        .thenRefused("stock.insufficient");
  }

  @Test
  @DisplayName("reserve-on-cart, what a cart keeps becomes its order's, and the rest stays with it")
  void cartBecomesOrder() {
    given(opened(5), under(RESERVE_ON_CART, 5), held(CART, 4, 1))
        .when(reserve(1, 5, CART))
        .then(letGo(CART, 4, 5), new StockReserved(VASE, order(1), CART, 5, main(5), 0, null, NOW));
    given(opened(5), under(RESERVE_ON_CART, 5), held(CART, 4, 1))
        .when(reserve(1, 3, CART))
        .then(
            letGo(CART, 4, 5),
            new StockReserved(VASE, order(1), CART, 3, main(3), 2, null, NOW),
            held(CART, 1, 1));
    given(opened(5), under(RESERVE_ON_CART, 5), held(CART, 4, 1))
        .when(reserve(1, 6, CART))
        .thenRefused("stock.insufficient");
  }

  @Test
  @DisplayName("reserve-on-cart, what a cart keeps lapses when its time is over, and not before")
  void cartLapses() {
    given(opened(5), under(RESERVE_ON_CART, 5), held(CART, 4, 1))
        .when(new LapseHold(VASE, CART, SOON.minusMillis(1)))
        .thenNothing();
    given(opened(5), under(RESERVE_ON_CART, 5), held(CART, 4, 1))
        .when(new LapseHold(VASE, CART, SOON))
        .then(new HoldEnded(VASE, CART, 4, 5, SOON, SOON));
    given(opened(5), under(RESERVE_ON_CART, 5)).when(new LapseHold(VASE, CART, SOON)).thenNothing();
  }

  @Test
  @DisplayName("reserve-on-cart, a hold whose time is over already does not begin")
  void holdTooLate() {
    given(opened(5), under(RESERVE_ON_CART, 5))
        .when(new HoldStock(VASE, CART, 1, NOW, NOW))
        .thenNothing();
  }

  @Test
  @DisplayName("deduct-on-payment, an order keeps nothing, and is refused only what is not there")
  void orderKeepsNothing() {
    given(opened(5), under(DEDUCT_ON_PAYMENT, 5)).when(reserve(1, 5)).thenNothing();
    given(opened(5), under(DEDUCT_ON_PAYMENT, 5))
        .when(reserve(1, 6))
        .thenRefused("stock.insufficient");
  }

  @Test
  @DisplayName("deduct-on-payment, whoever pays first gets it, once")
  void firstToPay() {
    given(opened(5), under(DEDUCT_ON_PAYMENT, 5)).when(allocate(1, 4)).then(allocated(1, 4, 1));
    given(opened(5), under(DEDUCT_ON_PAYMENT, 5), allocated(1, 4, 1))
        .when(allocate(2, 4))
        .thenRefused("stock.insufficient");
    given(opened(5), under(DEDUCT_ON_PAYMENT, 5), allocated(1, 4, 1))
        .when(allocate(1, 4))
        .thenNothing();
    given(opened(5), under(DEDUCT_ON_PAYMENT, 5), allocated(1, 4, 1), sold(1, 4, 1))
        .when(allocate(1, 4))
        .thenNothing();
  }
}
