package boutique.launcher;

import static boutique.launcher.FaultyProvider.Fault.ANSWER_LOST;
import static boutique.launcher.FaultyProvider.Fault.FAILS_FOR_EVER;
import static boutique.launcher.FaultyProvider.Fault.FAILS_FOR_EVER_AFTER_DOING_IT;
import static boutique.launcher.FaultyProvider.Fault.NEVER_ANSWERS;
import static boutique.launcher.FaultyProvider.Fault.NEVER_ARRIVES;
import static boutique.launcher.FaultyProvider.Fault.NONE;
import static boutique.launcher.Payments.face;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.kernel.payment.Charge;
import boutique.kernel.payment.Statement;
import boutique.kernel.store.Views.Change.Put;
import boutique.language.Command;
import boutique.language.Money;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.orders.Cancellation;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand.CancelPayment;
import boutique.language.payments.PaymentCommand.CapturePayment;
import boutique.language.payments.PaymentCommand.OpenPayment;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentCommand.ProvePayer;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentCommand.ResumePayment;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Refund;
import boutique.language.payments.Standing;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Whoever pays")
@Timeout(120)
class PayingTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PROCESSING = "payment.processing";

  /** More failures than there are keys for one thing. */
  private static final int MANY = 200;

  private static final String BOOKS = "simulated.charges";

  @TempDir Path data;
  private final ConcurrentLinkedQueue<FaultyProvider.Fault> faults = new ConcurrentLinkedQueue<>();
  private Payments shop;

  /** Once for each thing that may become of a question, but for those that nobody hears of. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"WE_DIE", "NEVER_ANSWERS"})
  @Retention(RetentionPolicy.RUNTIME)
  private @interface UnderEachFault {}

  @BeforeEach
  void open() throws Exception {
    shop = new Payments(data, FaultyProvider.inTurn(faults));
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("has paid when the answer comes, with two commits of the payment")
  void pays() {
    var order = shop.order("o");

    var paid = face(shop.pay(order, "tok_visa"));

    assertThat(paid.standing()).isEqualTo(Standing.PAID);
    assertThat(shop.commits).hasValue(2);
    assertThat(shop.charges(order))
        .singleElement()
        .extracting(Statement.Entry::taken)
        .isEqualTo(Payments.PRICE);
  }

  @Test
  @DisplayName("is told so while the provider does not know us, with nothing begun, and pays later")
  void closed() {
    var order = shop.order("o");
    shop.known.set(false);

    assertThat(shop.pay(order, "tok_visa"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo("payment.unavailable"));
    assertThat(shop.commits).hasValue(0);
    assertThat(shop.face(PaymentId.of(order).stream())).isNull();

    shop.known.set(true);
    assertThat(face(shop.pay(order, "tok_visa")).standing()).isEqualTo(Standing.PAID);
    shop.known.set(false);
    assertThat(face(shop.pay(order, "tok_visa")).standing()).isEqualTo(Standing.PAID);
  }

  @Test
  @DisplayName("and of whom nobody knows whether they have, has begun whether it knows us or not")
  void closedMeanwhile() {
    var order = shop.order("o");
    faults.addAll(Collections.nCopies(3, ANSWER_LOST));
    assertThat(face(shop.pay(order, "tok_visa")).standing()).isEqualTo(Standing.PROCESSING);
    shop.known.set(false);

    assertThat(shop.pay(order, "tok_visa")).isInstanceOf(Done.class);
    awaits(order, Standing.PAID);
    assertThat(shop.charges(order)).hasSize(1);
  }

  @Test
  @DisplayName("twice, even at once, gets the first answer")
  void twice() {
    var order = shop.order("o");
    var pays = paysAtOnce(order, _ -> "tok_visa");

    assertThat(pays).allSatisfy(paid -> assertThat(face(paid).standing()).isEqualTo(Standing.PAID));
    assertThat(shop.charges(order)).hasSize(1);
  }

  @Test
  @DisplayName("with two cards at once has paid with one, and is told so or to wait")
  void twoCards() {
    var order = shop.order("o");
    var pays = paysAtOnce(order, n -> n % 2 == 0 ? "tok_visa" : "tok_mastercard");

    assertThat(pays)
        .allSatisfy(reply -> {
          switch (reply) {
            case Done(var _, var face) ->
                assertThat(((PaymentFace) face).standing()).isEqualTo(Standing.PAID);
            case Refused(var code, var _, var _) -> assertThat(code).isEqualTo(PROCESSING);
          }
        });
    assertThat(pays).hasAtLeastOneElementOfType(Done.class);
    assertThat(shop.charges(order)).hasSize(1);
  }

  private List<Reply> paysAtOnce(OrderId order, IntFunction<String> method) {
    var pays =
        IntStream.range(0, 20)
            .mapToObj(n ->
                shop.bus.ask(
                    new PayOrder(order, Payments.ANNA, method.apply(n), false, Payments.now()),
                    Payments.SOMEBODY))
            .toList();
    Future.join(pays).await();
    return pays.stream().map(Future::result).toList();
  }

  @Test
  @DisplayName("keeps nobody waiting while the provider thinks, whatever they want to know or do")
  void nothingHeld() {
    var order = shop.order("o");
    faults.add(NEVER_ANSWERS);

    var paying =
        shop.bus.ask(
            new PayOrder(order, Payments.ANNA, "tok_visa", false, Payments.now()),
            Payments.SOMEBODY);

    await().atMost(SOON).until(() -> faults.isEmpty());
    assertThat(shop.stands(order).standing()).isEqualTo(Standing.PROCESSING);
    assertThat(refusal(new CancelPayment(order, Payments.now()))).isEqualTo(PROCESSING);
    var another = new PayOrder(order, Payments.ANNA, "tok_mastercard", false, Payments.now());
    assertThat(refusal(another)).isEqualTo(PROCESSING);
    assertThat(shop.face(order.stream())).isInstanceOf(OrderFace.class);
    var other = shop.order("other");
    assertThat(face(shop.pay(other, "tok_visa")).standing()).isEqualTo(Standing.PAID);
    var told = new Outcome.Taken("pi_1", Payments.PRICE, false);
    shop.ask(new RecordOutcome(order, "o.1", told, "evt_1", Payments.now()));
    assertThat(shop.stands(order).standing()).isEqualTo(Standing.PAID);
    assertThat(face(paying.await()).standing()).isEqualTo(Standing.PAID);
  }

  @Test
  @DisplayName("for what is not theirs, or not an order, is told that there is none")
  void strangers() {
    var order = shop.order("o");
    var ben = new UserId("ben");

    assertThat(refusal(new PayOrder(order, ben, "tok_visa", false, Payments.now())))
        .isEqualTo("order.not-found");
    assertThat(refusal(new OpenPayment(order, ben, Payments.now()))).isEqualTo("order.not-found");
    assertThat(
            refusal(
                new PayOrder(
                    new OrderId("none"), Payments.ANNA, "tok_visa", false, Payments.now())))
        .isEqualTo("order.not-found");
    assertThat(shop.charges()).isEmpty();
  }

  @Test
  @DisplayName("for an order that is cancelled is refused, and nothing is taken")
  void cancelled() {
    var order = shop.order("o");
    shop.ask(new CancelOrder(order, Payments.ANNA, Cancellation.USER, Payments.now()));

    assertThat(shop.pay(order, "tok_visa"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo("order.not-payable"));
    assertThat(shop.charges()).isEmpty();
  }

  @Test
  @DisplayName("with a card that is declined may take another")
  void declined() {
    var order = shop.order("o");

    var failed = face(shop.pay(order, "tok_chargeDeclinedInsufficientFunds"));
    assertThat(failed.standing()).isEqualTo(Standing.FAILED);
    assertThat(failed.failure()).isEqualTo("insufficient_funds");

    assertThat(face(shop.pay(order, "tok_visa")).standing()).isEqualTo(Standing.PAID);
    assertThat(shop.charges(order)).hasSize(1);
  }

  @Test
  @DisplayName("may have to prove who they are, and has paid then")
  void proves() {
    var order = shop.order("o");

    var challenged = face(shop.pay(order, "pm_card_threeDSecure2Required"));
    assertThat(challenged.standing()).isEqualTo(Standing.ACTION_REQUIRED);
    assertThat(challenged.action()).isNotBlank();
    assertThat(shop.stands(order).action()).as("written nowhere").isNull();
    assertThat(face(shop.ask(new ResumePayment(order, Payments.now()))).action())
        .isEqualTo(challenged.action());

    var proved = face(shop.ask(new ProvePayer(order, Payments.ANNA, Payments.now())));
    assertThat(proved.standing()).isEqualTo(Standing.PAID);
  }

  @Test
  @DisplayName("to have it captured later is charged when that is said")
  void capturedLater() {
    var order = shop.order("o");
    var held = face(shop.ask(new PayOrder(order, Payments.ANNA, "tok_visa", true, Payments.now())));
    assertThat(held.standing()).isEqualTo(Standing.AUTHORIZED);
    assertThat(shop.charges(order)).isEmpty();

    var paid = face(shop.ask(new CapturePayment(order, Payments.now())));

    assertThat(paid.standing()).isEqualTo(Standing.PAID);
    assertThat(shop.charges(order)).hasSize(1);
  }

  @Test
  @DisplayName(
      "to have it captured is charged nothing when the provider has let go of it meanwhile")
  void letGoBeforeCapture() {
    var order = shop.order("o");
    var at = Payments.now();
    shop.ask(new PayOrder(order, Payments.ANNA, "tok_visa", true, at));
    var charge =
        new Charge("o.1", "o", Payments.ANNA.value(), Payments.PRICE, "tok_visa", true, at);
    shop.books.cancel(charge, "sim_o.1").await();

    var captured = face(shop.ask(new CapturePayment(order, Payments.now())));

    assertThat(captured.standing()).isEqualTo(Standing.CANCELLED);
    assertThat(shop.charges(order)).isEmpty();
    assertThat(shop.ask(new CapturePayment(order, Payments.now()))).isInstanceOf(Refused.class);
  }

  @UnderEachFault
  @DisplayName("is charged once, whatever becomes of the question and of its answer")
  void faults(FaultyProvider.Fault fault) {
    var order = shop.order("o");
    faults.add(fault);

    shop.pay(order, "tok_visa");

    awaits(order, Standing.PAID);
    assertThat(shop.charges(order)).hasSize(1);
  }

  @Test
  @DisplayName("is charged once through a whole series of failures")
  void series() {
    var order = shop.order("o");
    faults.addAll(
        List.of(
            NEVER_ARRIVES,
            ANSWER_LOST,
            NONE,
            FAILS_FOR_EVER,
            NEVER_ARRIVES,
            NONE,
            FAILS_FOR_EVER_AFTER_DOING_IT,
            ANSWER_LOST));

    shop.pay(order, "tok_visa");

    awaits(order, Standing.PAID);
    assertThat(shop.charges(order)).hasSize(1);
  }

  @UnderEachFault
  @DisplayName("gets everything back once, whatever becomes of the question and of its answer")
  void refunds(FaultyProvider.Fault fault) {
    var order = shop.order("o");
    shop.pay(order, "tok_visa");
    faults.addAll(List.of(NONE, fault));
    var refund = new RefundPayment(order, PaymentId.of(order), "test", Payments.now());

    shop.ask(refund);
    shop.ask(refund);

    awaits(order, Standing.REFUNDED);
    assertThat(shop.charges(order))
        .singleElement()
        .extracting(Statement.Entry::returned)
        .isEqualTo(Payments.PRICE);
  }

  @Test
  @DisplayName("hears that it has failed when the last key was in vain, and may try again")
  void spentKeys() {
    var order = shop.order("o");
    faults.addAll(Collections.nCopies(MANY, FAILS_FOR_EVER));

    var reply = shop.pay(order, "tok_visa");
    faults.clear();

    assertThat(face(reply).standing()).isEqualTo(Standing.FAILED);
    assertThat(face(reply).failure()).isEqualTo("keys_spent");
    assertThat(face(shop.pay(order, "tok_visa")).standing()).isEqualTo(Standing.PAID);
    assertThat(shop.charges(order)).hasSize(1);
  }

  @Test
  @DisplayName("has a refund that has failed when the last key was in vain, and may have another")
  void spentKeysOfRefund() {
    var order = shop.order("o");
    shop.pay(order, "tok_visa");
    faults.addAll(Collections.nCopies(MANY, FAILS_FOR_EVER));

    var reply = shop.ask(new RefundPart(order, "r1", null, "test", Payments.now()));
    faults.clear();

    assertThat(face(reply).refunds())
        .singleElement()
        .extracting(Refund::standing, Refund::failure)
        .containsExactly(Refund.Standing.DENIED, "keys_spent");
    shop.ask(new RefundPart(order, "r2", null, "test", Payments.now()));
    assertThat(shop.stands(order).standing()).isEqualTo(Standing.REFUNDED);
  }

  @Test
  @DisplayName("has money on its way back until the provider says that it has arrived")
  void pending() {
    var order = shop.order("o");
    shop.pay(order, "pm_card_pendingRefund");

    var begun = face(shop.ask(part(order, "r1", 700)));
    assertThat(begun.standing()).isEqualTo(Standing.PAID);
    assertThat(begun.refunds())
        .extracting(Refund::standing)
        .containsExactly(Refund.Standing.PENDING);
    assertThat(refusal(part(order, "r2", 1201))).isEqualTo("payment.refund-too-much");

    aWhileAgo("o.1");
    awaits(order, Standing.PARTIALLY_REFUNDED);
    assertThat(shop.books.returns("sim_o.1").await()).hasSize(1);
  }

  @UnderEachFault
  @DisplayName("has what they could not prove called off before another card is charged")
  void notProved(FaultyProvider.Fault fault) {
    var order = unproved();
    faults.add(fault);

    shop.pay(order, "tok_visa");

    awaits(order, Standing.PAID);
    assertThat(shop.stands(order).reference()).isEqualTo("sim_o.2");
    assertThat(shop.books.entry("sim_o.1").await().orElseThrow().voided()).isTrue();
    assertThat(shop.charges(order)).hasSize(1);
  }

  @Test
  @DisplayName("has paid with what they proved late, and no other card is charged")
  void provedLate() {
    var order = unproved();
    var book = Objects.requireNonNull(shop.views.get(BOOKS, "o.1").await());
    shop.views.write(List.of(new Put(BOOKS, "o.1", book.put("status", "taken")))).await();

    var paid = face(shop.pay(order, "tok_visa"));

    assertThat(paid.standing()).isEqualTo(Standing.PAID);
    assertThat(paid.reference()).isEqualTo("sim_o.1");
    assertThat(shop.charges(order))
        .singleElement()
        .extracting(Statement.Entry::reference)
        .isEqualTo("sim_o.1");
  }

  @UnderEachFault
  @DisplayName("and chooses another card instead of proving, pays with that one, asked once")
  void another(FaultyProvider.Fault fault) {
    var order = challenged();
    faults.add(fault);

    shop.pay(order, "tok_visa");

    awaits(order, Standing.PAID);
    assertThat(shop.stands(order).reference()).isEqualTo("sim_o.2");
    assertThat(shop.books.entry("sim_o.1").await().orElseThrow().voided()).isTrue();
    assertThat(shop.charges(order)).hasSize(1);
    assertThat(face(shop.ask(new ProvePayer(order, Payments.ANNA, Payments.now()))).reference())
        .as("what is proved now is nothing any more")
        .isEqualTo("sim_o.2");
  }

  @Test
  @DisplayName("and chooses another card that has to be proved too, is asked about that one")
  void anotherChallenge() {
    var order = challenged();

    var asked = face(shop.pay(order, "pm_card_threeDSecureRequiredChargeDeclined"));

    assertThat(asked.standing()).isEqualTo(Standing.ACTION_REQUIRED);
    assertThat(asked.action()).isEqualTo("prove:sim_o.2");
    assertThat(face(shop.pay(order, "tok_visa")).reference()).isEqualTo("sim_o.3");
    assertThat(shop.charges(order)).hasSize(1);
  }

  @Test
  @DisplayName("and chooses another card when the first was proved meanwhile, has paid with that")
  void provedMeanwhile() {
    var order = challenged();
    var book = Objects.requireNonNull(shop.views.get(BOOKS, "o.1").await());
    shop.views.write(List.of(new Put(BOOKS, "o.1", book.put("status", "taken")))).await();

    var paid = face(shop.pay(order, "tok_visa"));

    assertThat(paid.standing()).isEqualTo(Standing.PAID);
    assertThat(paid.reference()).isEqualTo("sim_o.1");
    assertThat(shop.charges()).hasSize(1);
  }

  @Test
  @DisplayName("with one card and proves another at once, has paid once")
  void provesAndPays() {
    var order = challenged();
    var prove = new ProvePayer(order, Payments.ANNA, Payments.now());
    var pay = new PayOrder(order, Payments.ANNA, "tok_visa", false, Payments.now());

    Future.join(shop.bus.ask(prove, Payments.SOMEBODY), shop.bus.ask(pay, Payments.SOMEBODY))
        .await();

    awaits(order, Standing.PAID);
    assertThat(shop.charges(order))
        .singleElement()
        .extracting(Statement.Entry::reference)
        .isEqualTo(shop.stands(order).reference());
  }

  private OrderId challenged() {
    var order = shop.order("o");
    var asked = face(shop.pay(order, "pm_card_threeDSecure2Required"));
    assertThat(asked.standing()).isEqualTo(Standing.ACTION_REQUIRED);
    return order;
  }

  /** Somebody was to prove who they are, and their card was refused then. */
  private OrderId unproved() {
    var order = shop.order("o");
    shop.pay(order, "pm_card_threeDSecureRequiredChargeDeclined");
    var failed = face(shop.ask(new ProvePayer(order, Payments.ANNA, Payments.now())));
    assertThat(failed.standing()).isEqualTo(Standing.FAILED);
    return order;
  }

  private void awaits(OrderId order, Standing standing) {
    await().atMost(SOON).until(() -> shop.stands(order).standing() == standing);
  }

  private void aWhileAgo(String key) {
    var book = Objects.requireNonNull(shop.views.get(BOOKS, key).await());
    book.getJsonArray("refunds").getJsonObject(0).put("at", Instant.EPOCH.toString());
    shop.views.write(List.of(new Put(BOOKS, key, book))).await();
  }

  @Test
  @DisplayName("gets parts back, and no more than was paid")
  void parts() {
    var order = shop.order("o");
    shop.pay(order, "tok_visa");

    var some = face(shop.ask(part(order, "r1", 700)));
    assertThat(some.standing()).isEqualTo(Standing.PARTIALLY_REFUNDED);
    assertThat(some.refunded()).isEqualTo(new Money(700, "USD"));
    assertThat(refusal(part(order, "r2", 1201))).isEqualTo("payment.refund-too-much");

    assertThat(face(shop.ask(part(order, "r2", 1200))).standing()).isEqualTo(Standing.REFUNDED);
  }

  private static RefundPart part(OrderId order, String refund, long minor) {
    return new RefundPart(order, refund, new Money(minor, "USD"), "test", Payments.now());
  }

  private String refusal(Command command) {
    return ((Refused) shop.ask(command)).code();
  }
}
