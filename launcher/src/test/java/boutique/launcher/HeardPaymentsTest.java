package boutique.launcher;

import static boutique.launcher.FaultyProvider.Fault.ANSWER_LOST;
import static boutique.launcher.FaultyProvider.Fault.NEVER_ANSWERS;
import static boutique.launcher.FaultyProvider.Fault.NONE;
import static boutique.launcher.Payments.face;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.kernel.payment.Charge;
import boutique.language.Reply.Done;
import boutique.language.orders.OrderId;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand.HearNotice;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.Refund;
import boutique.language.payments.Standing;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the provider says of a payment")
@Timeout(120)
class HeardPaymentsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String ASKS = "pm_card_threeDSecure2Required";

  @TempDir Path data;
  private final AtomicInteger questions = new AtomicInteger();

  /** It is asked, and never answers. */
  private FaultyProvider.Fault never() {
    questions.incrementAndGet();
    return NEVER_ANSWERS;
  }

  private FaultyProvider.Fault lost() {
    questions.incrementAndGet();
    return ANSWER_LOST;
  }

  @Test
  @DisplayName("is answered before anybody asks, and asked about once, however often it is said")
  void answeredAtOnce() throws Exception {
    var order = challenged();
    try (var shop = Payments.alone(data, this::never)) {
      var before = shop.stands(order).standing();
      var told =
          Stream.generate(() -> shop.bus.ask(hear(order), Payments.SOMEBODY)).limit(100).toList();

      Future.join(told).await();

      assertThat(told)
          .allSatisfy(one -> assertThat(face(one.result()).standing()).isEqualTo(before));
      shop.ask(hear(order));
      assertThat(shop.commits).hasValue(1);
      assertThat(questions).hasValue(1);
    }
  }

  @Test
  @DisplayName(
      "is not asked about again when it comes again, though nobody knows yet what it means")
  void againAndAgain() throws Exception {
    var order = challenged();
    try (var shop = Payments.alone(data, this::lost)) {
      for (var n = 0; n < 100; n++) {
        shop.ask(hear(order));
      }

      assertThat(shop.commits).hasValue(1);
      assertThat(questions).hasValue(1);
    }
  }

  @Test
  @DisplayName("has its effect once, when the process has died before it was asked about")
  void overADeath() throws Exception {
    var order = challenged();
    try (var shop = Payments.alone(data, this::never)) {
      shop.ask(hear(order));
      assertThat(questions).hasValue(1);
      shop.books.proved(charge(shop.stands(order)), "sim_" + order.value() + ".1").await();
      assertThat(shop.stands(order).standing()).isEqualTo(Standing.ACTION_REQUIRED);
    }
    try (var shop = new Payments(data, () -> NONE)) {
      await().atMost(SOON).until(() -> shop.stands(order).standing() == Standing.PAID);

      var again = (Done) shop.ask(hear(order));

      assertThat(again.version()).isEqualTo(4); // wanted, challenged, heard, paid
      assertThat(shop.commits).hasValue(1);
      assertThat(shop.charges(order)).hasSize(1);
    }
  }

  @Test
  @DisplayName("of a refund that is on its way is asked about once, and not when that has arrived")
  void onItsWay() throws Exception {
    var order = new OrderId("o");
    try (var shop = Payments.alone(data, () -> NONE)) {
      shop.order("o");
      shop.pay(order, "pm_card_pendingRefund");
      var refund = new RefundPart(order, "r1", Payments.PRICE, "test", Payments.now());
      assertThat(face(shop.ask(refund)).refunds())
          .extracting(Refund::standing)
          .containsExactly(Refund.Standing.PENDING);
    }
    try (var shop = Payments.alone(data, this::lost)) {
      for (var n = 0; n < 100; n++) {
        shop.ask(hear(order));
      }
      assertThat(shop.commits).hasValue(1);
      assertThat(questions).hasValue(1);

      var arrived = shop.ask(arrived(shop.stands(order)));
      assertThat(face(arrived).standing()).isEqualTo(Standing.REFUNDED);
      assertThat(shop.ask(new HearNotice(order, "evt_4", Payments.now()))).isEqualTo(arrived);
      assertThat(shop.commits).hasValue(2);
      assertThat(questions).hasValue(1);
    }
  }

  @Test
  @DisplayName("costs no commit after our own answer, and takes the place of its commit before it")
  void commits() throws Exception {
    var order = new OrderId("o");
    try (var shop = Payments.alone(data, () -> NONE)) {
      shop.order("o");
      shop.pay(order, "tok_visa");
      assertThat(shop.commits).hasValue(2);

      shop.ask(succeeded(order));
      shop.ask(hear(order));
      assertThat(shop.commits).hasValue(2);
    }
    var other = new OrderId("other");
    try (var shop = Payments.alone(data, this::never)) {
      shop.order("other");
      var paying = shop.bus.ask(pays(other), Payments.SOMEBODY);
      await().atMost(SOON).until(() -> questions.get() == 1);

      shop.ask(succeeded(other));

      assertThat(face(paying.await()).standing()).isEqualTo(Standing.PAID);
      assertThat(shop.commits).hasValue(2);
    }
  }

  /** An order whose buyer was sent to their bank. */
  private OrderId challenged() throws Exception {
    try (var shop = Payments.alone(data, () -> NONE)) {
      var order = shop.order("o");
      assertThat(face(shop.pay(order, ASKS)).standing()).isEqualTo(Standing.ACTION_REQUIRED);
      return order;
    }
  }

  private static PayOrder pays(OrderId order) {
    return new PayOrder(order, Payments.ANNA, "tok_visa", false, Payments.now());
  }

  private static HearNotice hear(OrderId order) {
    return new HearNotice(order, "evt_1", Payments.now());
  }

  private static RecordOutcome succeeded(OrderId order) {
    var key = order.value() + ".1";
    var taken = new Outcome.Taken("sim_" + key, Payments.PRICE, false);
    return new RecordOutcome(order, key, taken, "evt_2", Payments.now());
  }

  private static RecordRefund arrived(PaymentFace face) {
    var refund = face.refunds().getFirst();
    var reference = Objects.requireNonNull(refund.reference());
    return new RecordRefund(face.order(), refund.id(), refund.amount(), reference, Payments.now());
  }

  private static Charge charge(PaymentFace face) {
    var attempt = Objects.requireNonNull(face.attempt());
    return new Charge(
        attempt.key(),
        face.payment().value(),
        face.sale().buyer().value(),
        face.sale().amount(),
        attempt.method(),
        attempt.captureLater(),
        attempt.at());
  }
}
