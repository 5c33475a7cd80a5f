package boutique.carts;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Decision.Accepted;
import boutique.kernel.Rules;
import boutique.language.Money;
import boutique.language.carts.CartCommand;
import boutique.language.carts.CartCommand.AddToCart;
import boutique.language.carts.CartCommand.AddVoucher;
import boutique.language.carts.CartCommand.EmptyCart;
import boutique.language.carts.CartCommand.ForgetCart;
import boutique.language.carts.CartCommand.HandOver;
import boutique.language.carts.CartCommand.LockCart;
import boutique.language.carts.CartCommand.MergeGuest;
import boutique.language.carts.CartCommand.RemoveLine;
import boutique.language.carts.CartCommand.RemoveVoucher;
import boutique.language.carts.CartCommand.SetLine;
import boutique.language.carts.CartCommand.TakeOut;
import boutique.language.carts.CartCommand.TakeOutOrdered;
import boutique.language.carts.CartCommand.UnlockCart;
import boutique.language.carts.CartEvent;
import boutique.language.carts.CartEvent.CartForgotten;
import boutique.language.carts.CartEvent.CartHandedOver;
import boutique.language.carts.CartEvent.CartLocked;
import boutique.language.carts.CartEvent.CartMerged;
import boutique.language.carts.CartEvent.CartOrdered;
import boutique.language.carts.CartEvent.CartTakenOut;
import boutique.language.carts.CartEvent.CartUnlocked;
import boutique.language.carts.CartEvent.CartUpdated;
import boutique.language.carts.CartEvent.CartVouchersChanged;
import boutique.language.carts.CartId;
import boutique.language.carts.CartLine;
import boutique.language.carts.Left;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A cart")
class CartDeciderTest {
  private static final CartId CART = new CartId("ann");
  private static final CartId GUEST = CartId.guest("secret");
  private static final ProductId VASE = new ProductId("vase");
  private static final ProductId LAMP = new ProductId("lamp");
  private static final Money PRICE = new Money(1_999, "USD");
  private static final OrderId ORDER = new OrderId("order-1");
  private static final OrderId OTHER = new OrderId("order-2");
  private static final Instant OPENED = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(6));

  private final Rules<CartCommand, Cart, CartEvent> rules = Rules.of(new CartDecider());

  @Test
  @DisplayName("takes a product in, with the price that was shown")
  void takesIn() {
    rules
        .when(add(VASE, 2, "r1"))
        .then(new CartUpdated(CART, List.of(line(VASE, 2)), "r1", NOW, NOW));
  }

  @Test
  @DisplayName("holds one line of a product, however often it is put in")
  void sumsUp() {
    rules
        .given(List.of(holds(line(VASE, 2))))
        .when(add(VASE, 3, "r2"))
        .then(new CartUpdated(CART, List.of(line(VASE, 5)), "r2", OPENED, NOW));
  }

  @Test
  @DisplayName("adds once, however often the same request comes")
  void addsOnce() {
    rules
        .given(List.of(new CartUpdated(CART, List.of(line(VASE, 2)), "r1", OPENED, OPENED)))
        .when(add(VASE, 2, "r1"))
        .thenNothing();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 98, 99, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE})
  @DisplayName("holds 1 to 99 of a product, and no sum flows over")
  void bounded(long quantity) {
    rules
        .given(List.of(holds(line(VASE, 2))))
        .when(add(VASE, quantity, "r2"))
        .thenRefused("line.full");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 100, Long.MAX_VALUE, Long.MIN_VALUE})
  @DisplayName("is never set to anything but 1 to 99 of a product")
  void setWithinBounds(long quantity) {
    rules
        .given(List.of(holds(line(VASE, 2))))
        .when(set(VASE, PRICE, quantity, "r2"))
        .thenRefused("line.full");
  }

  @Test
  @DisplayName("holds at most a hundred products")
  void full() {
    rules.given(List.of(holds(lines(100)))).when(add(VASE, 1, "r2")).thenRefused("cart.full");
  }

  @Test
  @DisplayName("that is full still takes more of what it holds")
  void fullTakesMore() {
    var more = new ProductId("product-7");

    rules
        .given(List.of(holds(lines(100))))
        .when(add(more, 1, "r2"))
        .then(new CartUpdated(CART, List.of(line(more, 2)), "r2", OPENED, NOW));
  }

  @Test
  @DisplayName("has one currency")
  void oneCurrency() {
    var euros = new AddToCart(CART, LAMP, "lamp", new Money(100, "EUR"), 1, "r2", NOW);

    rules.given(List.of(holds(line(VASE, 1)))).when(euros).thenRefused("cart.mixed-currency");
  }

  @Test
  @DisplayName("takes the price of today when the shopper sets the line again")
  void confirms() {
    var dearer = new Money(2_499, "USD");

    rules
        .given(List.of(holds(line(VASE, 2))))
        .when(set(VASE, dearer, 2, "r2"))
        .then(
            new CartUpdated(
                CART, List.of(new CartLine(VASE, "vase", dearer, 2)), "r2", OPENED, NOW));
  }

  @Test
  @DisplayName("keeps the price that was shown when more are put in, or fewer are wanted")
  void keepsPrice() {
    var dearer = new Money(2_499, "USD");
    var holding = rules.given(List.of(holds(line(VASE, 2))));

    holding
        .when(new AddToCart(CART, VASE, "other", dearer, 3, "r2", NOW))
        .then(new CartUpdated(CART, List.of(line(VASE, 5)), "r2", OPENED, NOW));
    holding
        .when(set(VASE, dearer, 1, "r2"))
        .then(new CartUpdated(CART, List.of(line(VASE, 1)), "r2", OPENED, NOW));
    holding
        .when(new AddToCart(CART, VASE, "vase", new Money(100, "EUR"), 1, "r2", NOW))
        .then(new CartUpdated(CART, List.of(line(VASE, 3)), "r2", OPENED, NOW));
  }

  @Test
  @DisplayName("is not changed by being set to what it is")
  void setAgain() {
    rules.given(List.of(holds(line(VASE, 2)))).when(set(VASE, PRICE, 2, "r2")).thenNothing();
  }

  @Test
  @DisplayName("has no line to set that another tab has removed")
  void goneMeanwhile() {
    rules
        .given(List.of(holds(line(VASE, 2)), holds(line(VASE, 0))))
        .when(set(VASE, PRICE, 3, "r2"))
        .thenRefused("line.not-found");
  }

  @Test
  @DisplayName("loses a line once, however often it is removed")
  void removes() {
    rules
        .given(List.of(holds(line(VASE, 2), line(LAMP, 1))))
        .when(new RemoveLine(CART, VASE, "r2", NOW))
        .then(new CartUpdated(CART, List.of(line(VASE, 0)), "r2", OPENED, NOW));
    rules.when(new RemoveLine(CART, VASE, "r2", NOW)).thenNothing();
  }

  @Test
  @DisplayName("is emptied at once, and once")
  void empties() {
    rules
        .given(List.of(holds(line(VASE, 2), line(LAMP, 1))))
        .when(new EmptyCart(CART, "r2", NOW))
        .then(new CartUpdated(CART, List.of(line(VASE, 0), line(LAMP, 0)), "r2", OPENED, NOW));
    rules.when(new EmptyCart(CART, "r2", NOW)).thenNothing();
  }

  @Test
  @DisplayName("is locked by one order at a time, and by that one again")
  void locks() {
    rules.when(new LockCart(CART, ORDER, NOW)).then(locked());
    rules.given(List.of(locked())).when(new LockCart(CART, ORDER, NOW)).thenNothing();
    rules.given(List.of(locked())).when(new LockCart(CART, OTHER, NOW)).thenRefused("cart.locked");
  }

  @Test
  @DisplayName("that is locked refuses the shopper's changes")
  void lockedRefuses() {
    var lockedCart = rules.given(List.of(holds(line(VASE, 2)), locked()));

    lockedCart.when(add(VASE, 1, "r2")).thenRefused("cart.locked");
    lockedCart.when(set(VASE, PRICE, 1, "r2")).thenRefused("cart.locked");
    lockedCart.when(new RemoveLine(CART, VASE, "r2", NOW)).thenRefused("cart.locked");
    lockedCart.when(new EmptyCart(CART, "r2", NOW)).thenRefused("cart.locked");
  }

  @Test
  @DisplayName("that was locked after a change still knows that change when it comes again")
  void lockedKnowsWhatWasDone() {
    rules.given(List.of(holds(line(VASE, 2)), locked())).when(add(VASE, 2, "r1")).thenNothing();
  }

  @Test
  @DisplayName("is unlocked by its order alone")
  void unlocks() {
    rules
        .given(List.of(locked()))
        .when(new UnlockCart(CART, ORDER, NOW))
        .then(new CartUnlocked(CART, ORDER, NOW));
    rules.given(List.of(locked())).when(new UnlockCart(CART, OTHER, NOW)).thenNothing();
    rules.when(new UnlockCart(CART, ORDER, NOW)).thenNothing();
  }

  @Test
  @DisplayName("loses what was bought, and nothing of what was added meanwhile")
  void takesOut() {
    rules
        .given(List.of(holds(line(VASE, 5), line(LAMP, 1)), locked()))
        .when(takeOut(bought(VASE, 2), bought(new ProductId("never-in"), 1)))
        .then(new CartTakenOut(CART, ORDER, List.of(line(VASE, 3)), List.of(), NOW));
  }

  @Test
  @DisplayName("loses what was bought once, and can be changed again")
  void takesOutOnce() {
    var paid =
        rules.given(
            List.of(
                holds(line(VASE, 5)),
                locked(),
                new CartTakenOut(CART, ORDER, List.of(line(VASE, 3)), List.of(), NOW)));

    paid.when(takeOut(bought(VASE, 2))).thenNothing();
    paid.when(ordered(bought(VASE, 2))).thenNothing();
    paid.when(new LockCart(CART, ORDER, NOW)).thenNothing();
    paid.when(new RemoveLine(CART, VASE, "r2", NOW))
        .then(new CartUpdated(CART, List.of(line(VASE, 0)), "r2", OPENED, NOW));
  }

  @Test
  @DisplayName("loses what is ordered when the money for it is held, and is the shopper's again")
  void takesOutOrdered() {
    var locked = rules.given(List.of(holds(line(VASE, 5), line(LAMP, 1)), locked()));
    locked
        .when(ordered(bought(VASE, 2)))
        .then(new CartOrdered(CART, ORDER, List.of(line(VASE, 3)), List.of(), UNTIL, NOW));

    var open =
        locked.given(
            List.of(new CartOrdered(CART, ORDER, List.of(line(VASE, 3)), List.of(), UNTIL, NOW)));
    open.when(ordered(bought(VASE, 2))).thenNothing();
    open.when(new LockCart(CART, ORDER, NOW)).thenNothing();
    open.when(new UnlockCart(CART, ORDER, NOW)).thenNothing();
    open.when(new LockCart(CART, OTHER, NOW)).then(new CartLocked(CART, OTHER, NOW));
  }

  @Test
  @DisplayName("loses nothing more when that money is captured, whatever it was filled with since")
  void capturedLater() {
    var since = new ArrayList<CartEvent>();
    since.add(new CartOrdered(CART, ORDER, List.of(), List.of(), UNTIL, NOW));
    for (var request = 0; request < 300; request++) {
      since.add(new CartUpdated(CART, List.of(line(VASE, 1 + request)), "q" + request, NOW, NOW));
    }
    rules.given(since).when(takeOut(bought(VASE, 2))).thenNothing();
  }

  @Test
  @DisplayName("remembers what is ordered no longer than it can be captured")
  void orderedLongAgo() {
    var later = UNTIL.plus(Duration.ofDays(8));
    var basket =
        after(
            new CartOrdered(CART, ORDER, List.of(), List.of(), UNTIL, NOW),
            new CartOrdered(CART, OTHER, List.of(), List.of(), later, later));

    assertThat(basket.ordered()).containsOnlyKeys(OTHER);
  }

  private static Cart.Basket after(CartEvent... events) {
    var decider = new CartDecider();
    var cart = decider.initial();
    for (var event : events) {
      cart = decider.evolve(cart, event);
    }
    return cart.basket();
  }

  @Test
  @DisplayName("stays locked by its order when another one is paid")
  void takenOutByAnother() {
    rules
        .given(List.of(locked(), new CartTakenOut(CART, OTHER, List.of(), List.of(), NOW)))
        .when(add(VASE, 1, "r2"))
        .thenRefused("cart.locked");
  }

  @Test
  @DisplayName("of a guest is handed over once, to one account, and is closed then")
  void handsOver() {
    var left = List.of(new Left(VASE, 4));
    var handedOver =
        new CartHandedOver(GUEST, CART, List.of(line(VASE, 2)), List.of(), left, OPENED, NOW);
    var guests = rules.given(List.of(holds(line(VASE, 2))));

    guests.when(new HandOver(GUEST, CART, left, NOW)).then(handedOver);
    var closed = guests.given(List.of(handedOver));
    closed.when(new HandOver(GUEST, CART, left, NOW)).thenNothing();
    closed.when(new HandOver(GUEST, new CartId("bob"), left, NOW)).thenRefused("cart.moved");
    closed.when(add(VASE, 1, "r2")).thenRefused("cart.moved");
    closed.when(new LockCart(GUEST, ORDER, NOW)).thenRefused("cart.moved");
    closed.when(new ForgetCart(GUEST, NOW, NOW)).thenNothing();
  }

  @Test
  @DisplayName("takes a guest's lines over, and adds up what both hold")
  void merges() {
    rules
        .given(List.of(holds(line(VASE, 2))))
        .when(merge(List.of(new Left(VASE, 10)), line(VASE, 3), line(LAMP, 1)))
        .then(
            new CartMerged(
                CART, GUEST, List.of(line(VASE, 5), line(LAMP, 1)), List.of(), List.of(), NOW));
  }

  @Test
  @DisplayName("takes the same guest over once")
  void mergesOnce() {
    rules
        .given(
            List.of(new CartMerged(CART, GUEST, List.of(line(VASE, 3)), List.of(), List.of(), NOW)))
        .when(merge(List.of(), line(VASE, 3)))
        .thenNothing();
  }

  @Test
  @DisplayName("adds up no more than there is, and says how many were cut")
  void mergeCutsToStock() {
    rules
        .given(List.of(holds(line(VASE, 2))))
        .when(merge(List.of(new Left(VASE, 4)), line(VASE, 3)))
        .then(
            new CartMerged(
                CART,
                GUEST,
                List.of(new CartLine(VASE, "vase", PRICE, 4, 1)),
                List.of(),
                List.of(),
                NOW));
  }

  @Test
  @DisplayName("adds up to no more than a line may hold, and says how many were cut")
  void mergeCutsToMost() {
    rules
        .given(List.of(holds(line(VASE, 60))))
        .when(merge(List.of(), line(VASE, 60)))
        .then(
            new CartMerged(
                CART,
                GUEST,
                List.of(new CartLine(VASE, "vase", PRICE, 99, 21)),
                List.of(),
                List.of(),
                NOW));
  }

  @Test
  @DisplayName("keeps what either cart held alone, even when it is sold out by now")
  void mergeKeepsWishes() {
    rules
        .given(List.of(holds(line(VASE, 2))))
        .when(merge(List.of(new Left(VASE, 0)), line(VASE, 3)))
        .then(
            new CartMerged(
                CART,
                GUEST,
                List.of(new CartLine(VASE, "vase", PRICE, 3, 2)),
                List.of(),
                List.of(),
                NOW));
  }

  @Test
  @DisplayName("says which of a guest's lines it could not take over")
  void mergeLeavesOut() {
    var euros = new CartLine(LAMP, "lamp", new Money(100, "EUR"), 1);
    var many = new ArrayList<>(List.of(lines(100)));

    rules
        .given(List.of(holds(line(VASE, 1))))
        .when(merge(List.of(), euros))
        .then(new CartMerged(CART, GUEST, List.of(), List.of(), List.of(euros), NOW));
    rules
        .given(List.of(holds(line(VASE, 1))))
        .when(new MergeGuest(CART, GUEST, many, List.of(), List.of(), NOW))
        .then(
            new CartMerged(
                CART, GUEST, many.subList(0, 99), List.of(), List.of(many.getLast()), NOW));
  }

  @Test
  @DisplayName("takes a guest's lines over even while an order is buying from it, and stays locked")
  void mergesWhileLocked() {
    var merged = new CartMerged(CART, GUEST, List.of(line(LAMP, 1)), List.of(), List.of(), NOW);
    var lockedCart = rules.given(List.of(holds(line(VASE, 1)), locked()));

    lockedCart.when(merge(List.of(), line(LAMP, 1))).then(merged);
    lockedCart.given(List.of(merged)).when(add(VASE, 1, "r2")).thenRefused("cart.locked");
  }

  @Test
  @DisplayName("that nobody has used since is forgotten, once")
  void forgets() {
    var used = rules.given(List.of(holds(line(VASE, 1))));
    var forgotten = new CartForgotten(GUEST, OPENED, NOW);

    used.when(new ForgetCart(GUEST, OPENED, NOW)).then(forgotten);
    used.given(List.of(forgotten)).when(new ForgetCart(GUEST, NOW, NOW)).thenNothing();
    rules.when(new ForgetCart(GUEST, NOW, NOW)).thenNothing();
  }

  @Test
  @DisplayName("that was used since is not forgotten, nor one that an order buys from")
  void keepsWhatIsUsed() {
    var used = rules.given(List.of(holds(line(VASE, 1))));

    used.when(new ForgetCart(CART, OPENED.minusMillis(1), NOW)).thenNothing();
    used.given(List.of(locked())).when(new ForgetCart(CART, NOW, NOW)).thenNothing();
  }

  @Test
  @DisplayName("keeps the codes of at most ten vouchers, each once")
  void keepsVouchers() {
    var one = vouchers("SPRING");

    rules.when(new AddVoucher(CART, "SPRING", "v", NOW)).then(one);
    rules.given(List.of(one)).when(new AddVoucher(CART, "SPRING", "w", NOW)).thenNothing();
    rules
        .given(List.of(vouchers("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10")))
        .when(new AddVoucher(CART, "SPRING", "w", NOW))
        .thenRefused("vouchers.full");
    rules
        .given(List.of(one, locked()))
        .when(new AddVoucher(CART, "MAY", "w", NOW))
        .thenRefused("cart.locked");
  }

  @Test
  @DisplayName("lets go of a voucher once")
  void letsVouchersGo() {
    rules
        .given(List.of(vouchers("SPRING", "MAY")))
        .when(new RemoveVoucher(CART, "SPRING", "w", NOW))
        .then(new CartVouchersChanged(CART, List.of("MAY"), "w", NOW, NOW));
    rules.when(new RemoveVoucher(CART, "SPRING", "w", NOW)).thenNothing();
  }

  @Test
  @DisplayName("loses the vouchers that an order has used, and no others")
  void losesUsedVouchers() {
    rules
        .given(List.of(vouchers("USED", "MAY")))
        .when(takeOut())
        .then(new CartTakenOut(CART, ORDER, List.of(), List.of("MAY"), NOW));
  }

  @Test
  @DisplayName("takes a guest's vouchers over")
  void mergesVouchers() {
    rules
        .given(List.of(vouchers("SPRING")))
        .when(new MergeGuest(CART, GUEST, List.of(), List.of("MAY", "SPRING"), List.of(), NOW))
        .then(new CartMerged(CART, GUEST, List.of(), List.of("SPRING", "MAY"), List.of(), NOW));
  }

  @Test
  @DisplayName("that is handed over is merged by the account's cart, if nobody else has done it")
  void reacts() {
    var lines = List.of(line(VASE, 2));
    var left = List.of(new Left(VASE, 4));

    var commands =
        CartRoom.reactions(new CartHandedOver(GUEST, CART, lines, List.of(), left, OPENED, NOW));

    assertThat(commands)
        .singleElement()
        .isEqualTo(new MergeGuest(CART, GUEST, lines, List.of(), left, NOW));
  }

  @Test
  @DisplayName("remembers the requests of late, and not those of ever")
  void remembersLately() {
    var decider = new CartDecider();
    var cart = decider.initial();
    for (var i = 0; i < 1_000; i++) {
      var decided = decider.decide(cart, set(VASE, PRICE, 1 + i % 2, "s" + i));
      cart = i == 0 ? decider.evolve(cart, holds(line(VASE, 2))) : after(decider, cart, decided);
    }

    assertThat(cart.basket().done().deeds()).hasSizeLessThanOrEqualTo(200).contains("request s999");
  }

  private static Cart after(
      CartDecider decider, Cart cart, boutique.kernel.Decision<CartEvent> decided) {
    var now = cart;
    if (decided instanceof Accepted<CartEvent>(var events)) {
      for (var event : events) {
        now = decider.evolve(now, event);
      }
    }
    return now;
  }

  private static AddToCart add(ProductId product, long quantity, String request) {
    return new AddToCart(CART, product, product.value(), PRICE, quantity, request, NOW);
  }

  private static SetLine set(ProductId product, Money price, long quantity, String request) {
    return new SetLine(CART, product, product.value(), price, quantity, request, NOW);
  }

  private static TakeOutOrdered ordered(OrderLine... lines) {
    return new TakeOutOrdered(CART, ORDER, List.of(lines), List.of("USED"), UNTIL, NOW);
  }

  private static TakeOut takeOut(OrderLine... lines) {
    return new TakeOut(CART, ORDER, List.of(lines), List.of("USED"), NOW);
  }

  private static OrderLine bought(ProductId product, long quantity) {
    return new OrderLine(product, product.value(), PRICE, quantity);
  }

  private static MergeGuest merge(List<Left> left, CartLine... lines) {
    return new MergeGuest(CART, GUEST, List.of(lines), List.of(), left, NOW);
  }

  private static CartVouchersChanged vouchers(String... codes) {
    return new CartVouchersChanged(CART, List.of(codes), "v", NOW, NOW);
  }

  private static CartLocked locked() {
    return new CartLocked(CART, ORDER, NOW);
  }

  private static CartUpdated holds(CartLine... lines) {
    return new CartUpdated(CART, List.of(lines), "r1", OPENED, OPENED);
  }

  private static CartLine[] lines(int count) {
    var lines = new CartLine[count];
    for (var i = 0; i < count; i++) {
      lines[i] = line(new ProductId("product-" + i), 1);
    }
    return lines;
  }

  private static CartLine line(ProductId product, long quantity) {
    return new CartLine(product, product.value(), PRICE, quantity);
  }
}
