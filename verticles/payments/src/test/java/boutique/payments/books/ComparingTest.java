package boutique.payments.books;

import static boutique.payments.Bought.NOON;
import static boutique.payments.Bought.ORDER;
import static boutique.payments.Bought.PAYMENT;
import static boutique.payments.Bought.PRICE;
import static boutique.payments.Bought.REFERENCE;
import static boutique.payments.Bought.SALE;
import static boutique.payments.Bought.attempt;
import static boutique.payments.Bought.usd;
import static boutique.payments.books.Discrepancy.Kind.AMOUNT_DIFFERS;
import static boutique.payments.books.Discrepancy.Kind.CHARGED_INSTEAD;
import static boutique.payments.books.Discrepancy.Kind.CHARGED_TWICE;
import static boutique.payments.books.Discrepancy.Kind.CHARGE_UNRECORDED;
import static boutique.payments.books.Discrepancy.Kind.CHARGE_WITHOUT_PAYMENT;
import static boutique.payments.books.Discrepancy.Kind.CURRENCY_DIFFERS;
import static boutique.payments.books.Discrepancy.Kind.DISPUTED;
import static boutique.payments.books.Discrepancy.Kind.HELD_ELSEWHERE;
import static boutique.payments.books.Discrepancy.Kind.HOLD_GONE;
import static boutique.payments.books.Discrepancy.Kind.HOLD_LEFT;
import static boutique.payments.books.Discrepancy.Kind.HOLD_LEFT_ELSEWHERE;
import static boutique.payments.books.Discrepancy.Kind.HOLD_UNKNOWN;
import static boutique.payments.books.Discrepancy.Kind.MODE_DIFFERS;
import static boutique.payments.books.Discrepancy.Kind.ORDER_HELD;
import static boutique.payments.books.Discrepancy.Kind.ORDER_INCOMPLETE;
import static boutique.payments.books.Discrepancy.Kind.ORDER_MISSING;
import static boutique.payments.books.Discrepancy.Kind.ORDER_UNPAID;
import static boutique.payments.books.Discrepancy.Kind.PAYMENT_STUCK;
import static boutique.payments.books.Discrepancy.Kind.PAYMENT_WITHOUT_CHARGE;
import static boutique.payments.books.Discrepancy.Kind.REFUND_DENIED;
import static boutique.payments.books.Discrepancy.Kind.REFUND_DUE;
import static boutique.payments.books.Discrepancy.Kind.REFUND_FAILED;
import static boutique.payments.books.Discrepancy.Kind.REFUND_MISSING;
import static boutique.payments.books.Discrepancy.Kind.REFUND_UNNOTED;
import static boutique.payments.books.Discrepancy.Kind.REFUND_UNRECORDED;
import static boutique.payments.books.Discrepancy.Kind.STUCK_ELSEWHERE;
import static boutique.payments.books.Discrepancy.Kind.STUCK_UNHEARD;
import static boutique.payments.books.Discrepancy.Kind.SURPLUS_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import boutique.kernel.payment.Statement;
import boutique.kernel.payment.Statement.Entry;
import boutique.language.Money;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderFace;
import boutique.language.payments.Aside;
import boutique.language.payments.Dispute;
import boutique.language.payments.Loss;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.Refund;
import boutique.language.payments.SecondCharge;
import boutique.language.payments.Standing;
import boutique.language.payments.Unfit;
import boutique.language.pricing.Pricing;
import boutique.payments.books.Discrepancy.Kind;
import boutique.payments.books.Line.Theirs;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Between provider, payment and order")
class ComparingTest {
  private static final Entry TAKEN = entry(REFERENCE, PRICE, usd(0), false, false);

  @Test
  @DisplayName("nothing is wrong when all say the same, or nothing has happened yet")
  void agree() {
    found(TAKEN, paid(), order("complete", "paid"));
    found(back(1500), paid(done(1500)), order("complete", "partially-refunded"));
    found(back(4000), paid(done(4000)), order("cancelled", "refunded"));
    found(null, unpaid(Standing.FAILED), order("created", "awaiting"));
    found(null, unpaid(Standing.OPEN), order("created", "awaiting"));
    found(null, unpaid(Standing.AUTHORIZED), order("created", "authorized"));
    found(
        entry(REFERENCE, usd(0), usd(0), true, false),
        unpaid(Standing.AUTHORIZED),
        order("created", "authorized"));
    found(entry("pi_2", usd(0), usd(0), false, false), null, null);
    found(entry("pi_2", PRICE, PRICE, false, false), paid(), order("complete", "paid"));
  }

  @Test
  @DisplayName("a charge of which nobody knows is seen")
  void strayCharge() {
    found(TAKEN, null, null, CHARGE_WITHOUT_PAYMENT);
    found(TAKEN, null, order("created", "awaiting"), CHARGE_WITHOUT_PAYMENT);
  }

  @Test
  @DisplayName("a payment of which the provider knows nothing is seen")
  void noCharge() {
    found(null, paid(), order("complete", "paid"), PAYMENT_WITHOUT_CHARGE);
    found(
        entry(REFERENCE, usd(0), usd(0), false, false),
        paid(),
        order("complete", "paid"),
        PAYMENT_WITHOUT_CHARGE);
  }

  @Test
  @DisplayName("another amount, currency or mode is seen, whether it counts as paid or not")
  void unfit() {
    for (var ours : List.of(paid(), unpaid(Standing.FAILED))) {
      var order = order(Comparing.isPaid(ours) ? "complete" : "created", "paid");
      found(entry(REFERENCE, usd(3999), usd(0), false, false), ours, order, AMOUNT_DIFFERS);
      found(
          entry(REFERENCE, new Money(4000, "EUR"), new Money(0, "EUR"), false, false),
          ours,
          order,
          CURRENCY_DIFFERS);
      found(entry(REFERENCE, PRICE, usd(0), false, true), ours, order, MODE_DIFFERS);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PROCESSING", "CAPTURING", "CANCELLING"})
  @DisplayName("what has come instead of the money that was asked for is no riddle, but unfit")
  void unfitUnderWay(Standing standing) {
    var order = order("created", "awaiting");
    var euros = new Money(4000, "EUR");
    found(
        entry(REFERENCE, usd(3999), usd(0), false, false), unpaid(standing), order, AMOUNT_DIFFERS);
    found(
        entry(REFERENCE, euros, new Money(0, "EUR"), false, false),
        unpaid(standing),
        order,
        CURRENCY_DIFFERS);
    found(entry(REFERENCE, PRICE, usd(0), false, true), unpaid(standing), order, MODE_DIFFERS);
    for (var entry : Arrays.asList(null, entry(REFERENCE, usd(0), usd(0), true, false))) {
      found(entry, unfit(standing, usd(3999)), order, AMOUNT_DIFFERS);
      found(entry, unfit(standing, euros), order, CURRENCY_DIFFERS);
      found(entry, unfit(standing, PRICE), order, MODE_DIFFERS);
    }
  }

  @Test
  @DisplayName(
      "unfit money is in question as far as it is not back, and named as the provider does")
  void unfitMoney() {
    assertThat(
            of(
                line(
                    entry(REFERENCE, usd(3999), usd(1000), false, false),
                    unfit(Standing.PROCESSING, usd(3999)),
                    order("created", "awaiting"))))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.charge()).isEqualTo(REFERENCE);
          assertThat(one.ours()).isEqualTo(PRICE);
          assertThat(one.theirs()).isEqualTo(usd(3999));
          assertThat(one.amount()).isEqualTo(usd(2999));
        });
    var back = entry(REFERENCE, usd(3999), usd(3999), false, false);
    found(back, unpaid(Standing.FAILED), order("created", "awaiting"));
    found(back, unpaid(Standing.AUTHORIZED), order("created", "awaiting"), HOLD_GONE);
    found(
        back,
        unfit(Standing.PROCESSING, usd(3999)),
        order("created", "awaiting"),
        PAYMENT_STUCK); // until it is asked for
  }

  @Test
  @DisplayName("a refund that only one of them knows of is seen, and for how much")
  void refunds() {
    found(back(1500), paid(), order("complete", "paid"), REFUND_UNRECORDED);
    found(TAKEN, paid(done(1500)), order("complete", "partially-refunded"), REFUND_MISSING);
    assertThat(of(line(back(1500), paid(done(500)), order("complete", "partially-refunded"))))
        .singleElement()
        .extracting(Discrepancy::amount)
        .isEqualTo(usd(1000));
  }

  @Test
  @DisplayName("a refund that is on its way is promised, and waited for")
  void pending() {
    var pending = paid(refund(Refund.Standing.PENDING, 1500));
    found(back(1500), pending, order("complete", "paid"));
    found(TAKEN, pending, order("complete", "paid"));
    found(back(2000), pending, order("complete", "paid"), REFUND_UNRECORDED);
  }

  @Test
  @DisplayName("a refund that has failed is seen until its money has gone back in another way")
  void failed() {
    var failed = refund(Refund.Standing.DENIED, 1500);
    found(TAKEN, paid(failed), order("complete", "paid"), REFUND_FAILED);
    found(
        TAKEN,
        paid(failed),
        order("complete", "partially-refunded"),
        REFUND_UNNOTED,
        REFUND_FAILED);
    found(TAKEN, paid(refund(Refund.Standing.REPLACED, 1500)), order("complete", "paid"));
    found(back(4000), paid(failed, done(4000)), order("complete", "refunded"));
  }

  @Test
  @DisplayName("money that is not held any more is seen")
  void gone() {
    for (var standing : List.of(Standing.AUTHORIZED, Standing.ACTION_REQUIRED)) {
      found(voided(), unpaid(standing), order("created", "authorized"), HOLD_GONE);
    }
    found(voided(), unpaid(Standing.CANCELLED), order("created", "awaiting"));
    found(voided(), unpaid(Standing.PROCESSING), order("created", "awaiting"), PAYMENT_STUCK);
  }

  @Test
  @DisplayName("a dispute is seen as long as it is open, and a second charge that came back")
  void beside() {
    for (var standing : Dispute.Standing.values()) {
      var dispute = new Dispute("dp_1", PRICE, "fraudulent", standing);
      var disputed = beside(Aside.NOTHING.with(dispute));
      found(
          TAKEN,
          disputed,
          order("complete", "paid"),
          standing == Dispute.Standing.OPEN ? new Kind[] {DISPUTED} : new Kind[] {});
    }
    var early = new Dispute("dp_1", PRICE, "fraudulent", Dispute.Standing.OPEN);
    found(null, nameless(Aside.NOTHING.with(early)), order("created", "awaiting"), DISPUTED);
    var surplus = new SecondCharge("pi_2", "order.surplus.pi_2", Refund.Standing.DENIED, null);
    found(TAKEN, beside(Aside.NOTHING.with(surplus)), order("complete", "paid"), SURPLUS_FAILED);
  }

  @Test
  @DisplayName("what people see to at the provider's desk bears the charge's name there")
  void desk() {
    var disputed = new Dispute("dp_1", usd(500), "fraudulent", Dispute.Standing.OPEN);
    var surplus = new SecondCharge("pi_2", "order.surplus.pi_2", Refund.Standing.DENIED, null);
    var denied = paid(refund(Refund.Standing.DENIED, 4000));
    var complete = order("complete", "paid");
    assertThat(charge(beside(Aside.NOTHING.with(disputed)), complete, DISPUTED))
        .isEqualTo(REFERENCE);
    assertThat(charge(beside(Aside.NOTHING.with(surplus)), complete, SURPLUS_FAILED))
        .isEqualTo("pi_2");
    assertThat(charge(denied, complete, REFUND_FAILED)).isEqualTo(REFERENCE);
    assertThat(charge(denied, order("cancelled", "paid"), REFUND_DENIED)).isEqualTo(REFERENCE);
  }

  private static @Nullable String charge(PaymentFace ours, OrderFace order, Kind kind) {
    return of(line(TAKEN, ours, order)).stream()
        .filter(one -> one.kind() == kind)
        .findFirst()
        .orElseThrow()
        .charge();
  }

  @Test
  @DisplayName("a second charge is seen until it was given back")
  void twice() {
    found(
        entry("pi_2", PRICE, usd(0), false, false),
        paid(),
        order("complete", "paid"),
        CHARGED_TWICE);
    found(
        entry("pi_2", usd(0), usd(0), true, false),
        paid(),
        order("complete", "paid"),
        HOLD_UNKNOWN);
  }

  @Test
  @DisplayName("a second hold is seen beside the one that the payment waits for")
  void heldTwice() {
    var another = entry("pi_2", usd(0), usd(0), true, false);
    found(another, unpaid(Standing.AUTHORIZED), order("created", "authorized"), HOLD_UNKNOWN);
    found(
        entry(REFERENCE, usd(0), usd(0), true, false),
        unpaid(Standing.AUTHORIZED),
        order("created", "authorized"));
  }

  @Test
  @DisplayName("money that is only held, and that nobody waits for, is no money that was taken")
  void heldByNobody() {
    var held = entry("pi_9", usd(0), usd(0), true, false);
    heldByNobody(held, null);
    heldByNobody(held, unpaid(Standing.CANCELLED));
    heldByNobody(held, paid());
  }

  private static void heldByNobody(Entry held, @Nullable PaymentFace ours) {
    assertThat(of(line(held, ours, null)))
        .filteredOn(one -> one.kind() == HOLD_UNKNOWN)
        .extracting(Discrepancy::charge, Discrepancy::amount, Discrepancy::theirs)
        .containsExactly(tuple("pi_9", PRICE, PRICE));
    assertThat(of(line(held, ours, null)))
        .extracting(Discrepancy::kind)
        .doesNotContain(CHARGE_WITHOUT_PAYMENT);
  }

  @Test
  @DisplayName("a second charge is one too many only beside a first one that is whole")
  void instead() {
    var outside = new Refund("re_9", "re_9", usd(1500), Refund.Standing.DONE, "re_9", null);
    assertThat(second(paid(), new First(TAKEN, List.of()))).isEqualTo(CHARGED_TWICE);
    assertThat(second(paid(done(1500)), new First(back(1500), List.of())))
        .as("we gave a part of it back ourselves")
        .isEqualTo(CHARGED_TWICE);
    assertThat(second(paid(done(1500)), new First(back(3000), List.of())))
        .as("and somebody else gave another")
        .isEqualTo(CHARGED_INSTEAD);
    assertThat(second(paid(outside), new First(back(1500), List.of()))).isEqualTo(CHARGED_INSTEAD);
    assertThat(second(paid(), new First(back(4000), List.of()))).isEqualTo(CHARGED_INSTEAD);
    assertThat(second(paid(), null)).as("it is nowhere").isEqualTo(CHARGED_INSTEAD);
    for (var verdict : Statement.Verdict.values()) {
      var disputed =
          new Statement.Disputed("dp_1", REFERENCE, PAYMENT.value(), PRICE, "fraudulent", verdict);
      assertThat(second(paid(), new First(TAKEN, List.of(disputed))))
          .isEqualTo(verdict == Statement.Verdict.OURS ? CHARGED_TWICE : CHARGED_INSTEAD);
    }
    assertThat(CHARGED_INSTEAD.mends).isFalse();
  }

  private static Kind second(PaymentFace ours, @Nullable First first) {
    var second = new Theirs.Has(entry("pi_2", PRICE, usd(0), false, false));
    var order = order("complete", ours.standing().wireName());
    return of(new Line(PAYMENT.value(), second, ours, order, false, false, first))
        .getFirst()
        .kind();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPEN", "FAILED", "CANCELLED", "AUTHORIZED", "ACTION_REQUIRED"})
  @DisplayName("money that a payment does not know of is seen")
  void unrecorded(Standing standing) {
    found(TAKEN, unpaid(standing), order("created", "awaiting"), CHARGE_UNRECORDED);
  }

  @ParameterizedTest
  @EnumSource(names = {"PROCESSING", "CAPTURING", "CANCELLING"})
  @DisplayName("what nobody knows the outcome of is seen, whatever the provider has")
  void stuck(Standing standing) {
    found(TAKEN, unpaid(standing), order("created", "awaiting"), PAYMENT_STUCK);
    found(
        TAKEN, paid(refund(Refund.Standing.ASKED, 100)), order("complete", "paid"), PAYMENT_STUCK);
  }

  @ParameterizedTest
  @EnumSource(names = {"CAPTURING", "CANCELLING"})
  @DisplayName("what is asked of a charge that the provider does not know is people's to close")
  void unheard(Standing standing) {
    var order = order("created", "authorized");
    var unasked =
        of(
            new Line(
                PAYMENT.value(),
                new Theirs.Unasked(),
                unpaid(standing),
                order,
                false,
                false,
                null));
    var unheard = of(line(null, unpaid(standing), order));

    assertThat(unasked)
        .extracting(Discrepancy::kind, Discrepancy::charge)
        .containsExactly(tuple(PAYMENT_STUCK, REFERENCE)); // so that it is asked for by its name
    assertThat(unheard)
        .extracting(Discrepancy::kind, Discrepancy::charge)
        .containsExactly(tuple(STUCK_UNHEARD, REFERENCE));
    assertThat(unheard.getFirst().id()).isEqualTo(unasked.getFirst().id());
    assertThat(STUCK_UNHEARD.mends).isFalse();
  }

  @Test
  @DisplayName("an order that waits for held money is seen when its payment holds none")
  void orderHeld() {
    var waiting = order("created", "authorized");
    for (var standing : List.of(Standing.CANCELLED, Standing.FAILED, Standing.OPEN)) {
      found(null, unpaid(standing), waiting, ORDER_HELD);
      found(null, unpaid(standing), order("cancelled", "awaiting"));
    }
    found(null, null, waiting, ORDER_HELD);
    assertThat(ORDER_HELD.mends).isFalse();
  }

  @Test
  @DisplayName("what is under way in other books is people's, and bears its charge's name there")
  void elsewhere() {
    var over = order("cancelled", "awaiting");
    var open = order("created", "awaiting");
    assertElsewhere(unpaid(Standing.CAPTURING), open, STUCK_ELSEWHERE, PAYMENT_STUCK);
    assertElsewhere(
        paid(refund(Refund.Standing.ASKED, 100)),
        order("complete", "paid"),
        STUCK_ELSEWHERE,
        PAYMENT_STUCK);
    assertElsewhere(unpaid(Standing.AUTHORIZED), over, HOLD_LEFT_ELSEWHERE, HOLD_LEFT);
  }

  @Test
  @DisplayName(
      "money that is held in other books is people's before its order is over, for no other can take it")
  void heldElsewhere() {
    var open = order("created", "authorized");
    var unasked = new Theirs.Unasked();
    var held = unpaid(Standing.AUTHORIZED);
    var line = new Line(PAYMENT.value(), unasked, held, open, true, true, null);
    assertThat(of(line))
        .extracting(Discrepancy::kind, Discrepancy::charge)
        .containsExactly(tuple(HELD_ELSEWHERE, REFERENCE));
    assertThat(of(new Line(PAYMENT.value(), unasked, held, open, false, false, null))).isEmpty();
  }

  /** In the list it is the same line, whichever provider is in use. */
  private static void assertElsewhere(PaymentFace ours, OrderFace order, Kind there, Kind here) {
    var unasked = new Theirs.Unasked();
    var line = new Line(PAYMENT.value(), unasked, ours, order, true, true, null);
    var known = new Line(PAYMENT.value(), unasked, ours, order, false, false, null);
    assertThat(of(line))
        .extracting(Discrepancy::kind, Discrepancy::charge)
        .containsExactly(tuple(there, REFERENCE));
    assertThat(of(known)).extracting(Discrepancy::kind).containsExactly(here);
    assertThat(of(line).getFirst().id()).isEqualTo(of(known).getFirst().id());
    assertThat(there.mends).isFalse();
  }

  @Test
  @DisplayName(
      "an order that is over and has not given its money back is seen, once it should have")
  void over() {
    found(TAKEN, paid(), order("cancelled", "awaiting"), REFUND_DUE);
    found(
        TAKEN,
        paid(refund(Refund.Standing.DENIED, 4000)),
        order("cancelled", "paid"),
        REFUND_DENIED);
    found(back(4000), paid(done(4000)), order("cancelled", "awaiting"), REFUND_UNNOTED);
    found(null, unpaid(Standing.AUTHORIZED), order("cancelled", "awaiting"), HOLD_LEFT);
    found(
        entry("pi_9", usd(0), usd(0), true, false),
        unpaid(Standing.CANCELLED),
        order("cancelled", "awaiting"),
        HOLD_UNKNOWN);
  }

  @Test
  @DisplayName("an order that has not heard of its money is seen, or one that only says so")
  void orders() {
    found(TAKEN, paid(), order("created", "awaiting"), ORDER_INCOMPLETE);
    found(back(1500), paid(done(1500)), order("complete", "paid"), REFUND_UNNOTED);
    found(TAKEN, paid(), null, ORDER_MISSING);
    found(TAKEN, paid(), order("checking-out", "awaiting"), ORDER_MISSING);
    found(null, unpaid(Standing.FAILED), settled("complete"), ORDER_UNPAID);
  }

  @Test
  @DisplayName("an order that has not heard of all that was lost is seen")
  void losses() {
    var lost = beside(Aside.NOTHING.with(new Loss("dp_1", usd(1500))));
    found(TAKEN, lost, order("complete", "paid"), REFUND_UNNOTED);
    found(TAKEN, lost, order("complete", "paid", false, usd(1000)), REFUND_UNNOTED);
    found(TAKEN, lost, order("complete", "paid", false, usd(1500)));
  }

  @Test
  @DisplayName("only what is at rest everywhere is not looked at again")
  void rest() {
    assertThat(line(TAKEN, paid(), order("complete", "paid")).isAtRest()).isTrue();
    assertThat(line(TAKEN, paid(), order("created", "paid")).isAtRest()).isFalse();
    assertThat(
            line(TAKEN, paid(refund(Refund.Standing.ASKED, 1)), order("complete", "paid"))
                .isAtRest())
        .isFalse();
    assertThat(line(null, paid(), order("complete", "paid")).isAtRest()).isFalse();
    assertThat(line(TAKEN, unpaid(Standing.AUTHORIZED), order("created", "authorized")).isAtRest())
        .isFalse();
  }

  private static void found(
      @Nullable Entry entry, @Nullable PaymentFace ours, @Nullable OrderFace order, Kind... kinds) {
    assertThat(of(line(entry, ours, order))).extracting(Discrepancy::kind).containsExactly(kinds);
  }

  private static List<Discrepancy> of(Line line) {
    return Comparing.of(line);
  }

  private static Line line(
      @Nullable Entry entry, @Nullable PaymentFace ours, @Nullable OrderFace order) {
    Theirs theirs = entry == null ? new Theirs.None(REFERENCE) : new Theirs.Has(entry);
    return new Line(
        PAYMENT.value(), theirs, ours, order, false, false, new First(TAKEN, List.of()));
  }

  private static Entry entry(
      String reference, Money taken, Money returned, boolean held, boolean live) {
    return new Entry(
        reference,
        "order.1",
        PAYMENT.value(),
        taken,
        returned,
        held ? PRICE : usd(0),
        false,
        live,
        NOON);
  }

  private static Entry back(long returned) {
    return entry(REFERENCE, PRICE, usd(returned), false, false);
  }

  private static Refund done(long minor) {
    return refund(Refund.Standing.DONE, minor);
  }

  private static Refund refund(Refund.Standing standing, long minor) {
    return new Refund("r1", "order.2", usd(minor), standing, "re_1", null);
  }

  private static PaymentFace paid(Refund... refunds) {
    var all = List.of(refunds);
    var returned =
        all.stream()
            .filter(one -> one.standing() == Refund.Standing.DONE)
            .mapToLong(one -> one.amount().minor())
            .sum();
    var standing =
        returned == 0
            ? Standing.PAID
            : returned == PRICE.minor() ? Standing.REFUNDED : Standing.PARTIALLY_REFUNDED;
    return new PaymentFace(
        PAYMENT, ORDER, SALE, standing, false, null, REFERENCE, null, null, all, Aside.NOTHING);
  }

  private static PaymentFace unpaid(Standing standing) {
    return unpaid(standing, Aside.NOTHING);
  }

  private static PaymentFace unfit(Standing standing, Money amount) {
    return unpaid(standing, Aside.NOTHING.with(new Unfit(REFERENCE, amount)));
  }

  private static PaymentFace unpaid(Standing standing, Aside aside) {
    return new PaymentFace(
        PAYMENT, ORDER, SALE, standing, false, attempt(1), REFERENCE, null, null, List.of(), aside);
  }

  private static PaymentFace beside(Aside aside) {
    return new PaymentFace(
        PAYMENT, ORDER, SALE, Standing.PAID, false, null, REFERENCE, null, null, List.of(), aside);
  }

  /** One that has no charge by now. */
  private static PaymentFace nameless(Aside aside) {
    return new PaymentFace(
        PAYMENT, ORDER, SALE, Standing.CANCELLED, false, null, null, null, null, List.of(), aside);
  }

  /** Let go of, or lapsed. */
  private static Entry voided() {
    return new Entry(
        REFERENCE, "order.1", PAYMENT.value(), usd(0), usd(0), usd(0), true, false, NOON);
  }

  private static OrderFace order(String status, String paymentStatus) {
    return order(status, paymentStatus, false);
  }

  private static OrderFace settled(String status) {
    return order(status, "paid", true);
  }

  private static OrderFace order(String status, String paymentStatus, boolean paid) {
    return order(status, paymentStatus, paid, null);
  }

  private static OrderFace order(
      String status, String paymentStatus, boolean paid, @Nullable Money lost) {
    var items = SALE.items().stream().map(line -> line.item()).toList();
    return new OrderFace(
        ORDER,
        SALE.buyer(),
        null,
        status,
        null,
        paymentStatus,
        "none",
        SALE.items(),
        Pricing.quote(items, List.of()).quote(),
        CartLock.NONE,
        paid ? PAYMENT : null,
        null,
        List.of(),
        lost,
        NOON,
        NOON,
        null,
        null);
  }
}
