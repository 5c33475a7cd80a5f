package boutique.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.Money;
import boutique.language.carts.CartEvent;
import boutique.language.carts.CartEvent.CartLocked;
import boutique.language.carts.CartEvent.CartMerged;
import boutique.language.carts.CartEvent.CartTakenOut;
import boutique.language.carts.CartEvent.CartUnlocked;
import boutique.language.carts.CartEvent.CartUpdated;
import boutique.language.carts.CartId;
import boutique.language.carts.CartLine;
import boutique.language.catalog.ProductId;
import boutique.language.discounts.DiscountEvent;
import boutique.language.discounts.DiscountEvent.DiscountApplied;
import boutique.language.discounts.DiscountEvent.DiscountCreated;
import boutique.language.discounts.DiscountEvent.DiscountReleased;
import boutique.language.discounts.Terms;
import boutique.language.discounts.VoucherCode;
import boutique.language.orders.OrderId;
import boutique.language.payments.Attempt;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.PaymentCreated;
import boutique.language.payments.PaymentEvent.PaymentRequested;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.PaymentEvent.RefundReversed;
import boutique.language.payments.PaymentEvent.SurplusReturnFailed;
import boutique.language.payments.PaymentEvent.SurplusReturnRequested;
import boutique.language.payments.PaymentEvent.SurplusReturned;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Sale;
import boutique.language.pricing.Reduction.Percentage;
import boutique.language.pricing.Scope.WholeOrder;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The auditors of carts, vouchers and payments")
class InvariantsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final CartId CART = new CartId("anna");
  private static final OrderId FIRST = new OrderId("order-1");
  private static final PaymentId PAYMENT = PaymentId.of(FIRST);
  private static final OrderId SECOND = new OrderId("order-2");
  private static final VoucherCode CODE = new VoucherCode("FEST");

  @Test
  @DisplayName("find nothing where an order fails and leaves the cart as it was")
  void quietCart() {
    assertThat(carts(Set.of(FIRST), put(2), locked(FIRST), merged(3), unlocked(FIRST))).isEmpty();
    assertThat(carts(Set.of(), put(2), locked(FIRST), takenOut(FIRST, 0))).isEmpty();
  }

  @Test
  @DisplayName("notice a cart that is changed while it is bought from, or by an order that failed")
  void brokenCart() {
    assertThat(carts(Set.of(), put(2), locked(FIRST), put(1))).hasSize(1);
    assertThat(carts(Set.of(), put(2), locked(FIRST), merged(1))).hasSize(1);
    assertThat(carts(Set.of(), put(2), locked(FIRST), unlocked(SECOND))).hasSize(1);
    assertThat(carts(Set.of(FIRST), put(2), locked(FIRST))).hasSize(1);
    assertThat(carts(Set.of(FIRST), put(2), takenOut(FIRST, 0))).hasSize(1);
    assertThat(carts(Set.of(), put(2), takenOut(FIRST, 1), takenOut(FIRST, 0))).hasSize(1);
    assertThat(carts(Set.of(), put(2), takenOut(FIRST, 3))).hasSize(1);
  }

  @Test
  @DisplayName(
      "find nothing where a voucher is used within its limits, and again when it came back")
  void quietVoucher() {
    assertThat(vouchers(applied(FIRST, 1), released(FIRST, 0), applied(SECOND, 1))).isEmpty();
  }

  @Test
  @DisplayName("notice a voucher that is used too often, twice by one order, or given back twice")
  void brokenVoucher() {
    assertThat(vouchers(applied(FIRST, 1), applied(SECOND, 2))).hasSize(1);
    assertThat(vouchers(applied(FIRST, 1), applied(FIRST, 1))).hasSize(1);
    assertThat(vouchers(applied(FIRST, 1), released(FIRST, 0), released(FIRST, 0))).hasSize(1);
    assertThat(vouchers(applied(FIRST, 2))).hasSize(1);
  }

  @Test
  @DisplayName("find nothing where money is taken and given back, in parts or not at all")
  void quietPayment() {
    assertThat(payments()).isEmpty();
    assertThat(payments(key("order-1.1"), paid(4_000))).isEmpty();
    assertThat(
            payments(
                key("order-1.1"),
                paid(4_000),
                asked("r1", 1_500),
                returned("r1", 1_500),
                asked("r2", 2_500),
                new RefundFailed(FIRST, PAYMENT, "r2", usd(2_500), "no", NOW),
                asked("r3", 2_500),
                returned("r3", 2_500)))
        .isEmpty();
  }

  @Test
  @DisplayName("notice money that is taken twice, or goes back twice, or never arrives")
  void brokenPayment() {
    assertThat(payments(key("order-1.1"), key("order-1.1"))).hasSize(1);
    assertThat(payments(paid(4_000), paid(4_000))).hasSize(1);
    assertThat(payments(paid(4_000), asked("r1", 4_001), returned("r1", 4_001))).hasSize(2);
    assertThat(payments(paid(4_000), asked("r1", 1_000), returned("r1", 900))).hasSize(2);
    assertThat(payments(paid(4_000), asked("r1", 1_000))).hasSize(1);
    assertThat(payments(paid(4_000), returned("r1", 1_000))).hasSize(2);
    assertThat(payments(paid(4_000), asked("r1", 1_000), asked("r1", 1_000))).hasSize(2);
    assertThat(
            payments(
                paid(4_000),
                asked("r1", 4_000),
                returned("r1", 4_000),
                reversed("r1", 4_000),
                asked("r2", 4_000),
                returned("r2", 4_000)))
        .isEmpty();
    assertThat(
            payments(
                paid(4_000),
                asked("r1", 1_000),
                returned("r1", 1_000),
                reversed("r1", 1_000),
                reversed("r1", 1_000)))
        .hasSize(1);
  }

  @Test
  @DisplayName("notice a second charge that stays on its way back, or goes back twice")
  void surplus() {
    var wanted = new SurplusReturnRequested(FIRST, PAYMENT, "pi_2", "k-2", usd(4_000), NOW);
    var gone = new SurplusReturned(FIRST, PAYMENT, "pi_2", usd(4_000), "re_2", NOW);
    var failed = new SurplusReturnFailed(FIRST, PAYMENT, "pi_2", usd(4_000), "lost", NOW);

    assertThat(payments(paid(4_000), wanted, gone)).isEmpty();
    assertThat(payments(paid(4_000), wanted, failed)).isEmpty();
    assertThat(payments(paid(4_000), wanted, gone, failed, gone)).isEmpty();
    assertThat(payments(paid(4_000), wanted)).hasSize(1);
    assertThat(payments(paid(4_000), wanted, gone, gone)).hasSize(1);
    assertThat(payments(paid(4_000), wanted, wanted)).isNotEmpty();
  }

  private static List<String> payments(PaymentEvent... events) {
    var auditor = new PaymentInvariants();
    List.of(events).forEach(auditor::hear);
    auditor.settle();
    return auditor.violations();
  }

  private static PaymentEvent key(String key) {
    var sale = new Sale(new UserId("anna"), usd(4_000), List.of());
    return new PaymentRequested(
        FIRST, PAYMENT, sale, new Attempt(1, key, "tok_visa", false, false, NOW), NOW);
  }

  private static PaymentEvent paid(long minor) {
    return new PaymentCreated(
        FIRST, PAYMENT, new UserId("anna"), usd(minor), List.of(), "pi_1", NOW);
  }

  private static PaymentEvent asked(String refund, long minor) {
    return new RefundRequested(FIRST, PAYMENT, refund, "k-" + refund, usd(minor), "test", NOW);
  }

  private static PaymentEvent returned(String refund, long minor) {
    return new RefundCreated(FIRST, PAYMENT, refund, usd(minor), "re_" + refund, NOW);
  }

  private static PaymentEvent reversed(String refund, long minor) {
    return new RefundReversed(FIRST, PAYMENT, refund, usd(minor), "re_" + refund, "lost", NOW);
  }

  private static Money usd(long minor) {
    return new Money(minor, "USD");
  }

  private static List<String> carts(Set<OrderId> over, CartEvent... events) {
    var auditor = new CartInvariants();
    List.of(events).forEach(auditor::hear);
    auditor.settle(over);
    return auditor.violations();
  }

  private static List<String> vouchers(DiscountEvent... events) {
    var auditor = new VoucherInvariants();
    var terms =
        new Terms(new Percentage(1_000), new WholeOrder(), null, null, 100, null, null, 1L, null);
    auditor.hear(new DiscountCreated(CODE, terms, NOW));
    List.of(events).forEach(auditor::hear);
    return auditor.violations();
  }

  private static CartEvent put(long quantity) {
    return new CartUpdated(CART, List.of(line(quantity)), "request", NOW, NOW);
  }

  private static CartEvent merged(long quantity) {
    return new CartMerged(
        CART, new CartId("g-1"), List.of(line(quantity)), List.of(), List.of(), NOW);
  }

  private static CartEvent locked(OrderId order) {
    return new CartLocked(CART, order, NOW);
  }

  private static CartEvent unlocked(OrderId order) {
    return new CartUnlocked(CART, order, NOW);
  }

  private static CartEvent takenOut(OrderId order, long left) {
    return new CartTakenOut(CART, order, List.of(line(left)), List.of(), NOW);
  }

  private static CartLine line(long quantity) {
    return new CartLine(new ProductId("vase"), "Vase", new Money(3_800, "USD"), quantity);
  }

  private static DiscountEvent applied(OrderId order, long used) {
    return new DiscountApplied(CODE, order, new UserId("anna"), used, NOW);
  }

  private static DiscountEvent released(OrderId order, long used) {
    return new DiscountReleased(CODE, order, new UserId("anna"), used, NOW);
  }
}
