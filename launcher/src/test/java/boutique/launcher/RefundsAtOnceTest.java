package boutique.launcher;

import static boutique.launcher.FaultyProvider.Fault.ANSWER_LOST;
import static boutique.launcher.FaultyProvider.Fault.NEVER_ANSWERS;
import static boutique.launcher.FaultyProvider.Fault.NONE;
import static boutique.launcher.Payments.face;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.payment.Statement;
import boutique.language.Money;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.orders.OrderId;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Refund;
import boutique.language.payments.Standing;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody sweeps here: whatever is not done when its request is answered stays undone. */
@DisplayName("Several refunds of one payment at once")
@Timeout(120)
class RefundsAtOnceTest {
  private static final int ASKED = 16;
  private static final int FIT = 10;
  private static final Money TENTH = new Money(Payments.PRICE.minor() / FIT, "USD");

  @TempDir Path data;
  private final ConcurrentLinkedQueue<FaultyProvider.Fault> faults = new ConcurrentLinkedQueue<>();
  private Payments shop;
  private OrderId order;

  @BeforeEach
  void open() throws Exception {
    shop = Payments.alone(data, FaultyProvider.inTurn(faults));
    order = shop.order("o");
    assertThat(face(shop.pay(order, "tok_visa")).standing()).isEqualTo(Standing.PAID);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("are done as far as the money goes, each when it is answered, to the cent")
  void asFarAsTheMoneyGoes() {
    var replies = asked(IntStream.range(0, ASKED).mapToObj(n -> "r" + n).toList());

    var done = replies.stream().filter(reply -> reply instanceof Done).toList();
    assertThat(done).hasSize(FIT);
    assertThat(replies.stream().filter(reply -> reply instanceof Refused))
        .hasSize(ASKED - FIT)
        .allSatisfy(
            reply -> assertThat(((Refused) reply).code()).isEqualTo("payment.refund-too-much"));
    for (var n = 0; n < ASKED; n++) {
      if (replies.get(n) instanceof Done(var _, PaymentFace face)) {
        assertThat(standing(face, "r" + n)).isEqualTo(Refund.Standing.DONE);
      }
    }
    assertThat(shop.stands(order).standing()).isEqualTo(Standing.REFUNDED);
    assertThat(returned()).isEqualTo(Payments.PRICE);
  }

  @Test
  @DisplayName("do not wait for one that the provider does not answer")
  void notForEachOther() {
    faults.add(NEVER_ANSWERS);

    var silent = shop.bus.ask(part("silent"), Payments.SOMEBODY);
    var refunds = List.of("r1", "r2", "r3");
    var replies = asked(refunds);

    for (var n = 0; n < refunds.size(); n++) {
      assertThat(standing(face(replies.get(n)), refunds.get(n))).isEqualTo(Refund.Standing.DONE);
    }
    assertThat(silent.isComplete()).isFalse();
    assertThat(returned()).isEqualTo(new Money(3 * TENTH.minor(), "USD"));
  }

  @Test
  @DisplayName("with the same name are one, and what is left takes what was lost along")
  void sameAndRest() {
    var twice = asked(List.of("r1", "r1", "r1"));
    assertThat(twice)
        .allSatisfy(reply -> assertThat(face(reply).refunded()).as("%s", reply).isEqualTo(TENTH));
    faults.addAll(List.of(NONE, ANSWER_LOST));
    assertThat(standing(face(shop.ask(part("lost"))), "lost")).isEqualTo(Refund.Standing.ASKED);

    var rest = new RefundPayment(order, PaymentId.of(order), "test", Payments.now());

    assertThat(face(shop.ask(rest)).standing()).isEqualTo(Standing.REFUNDED);
    assertThat(returned()).isEqualTo(Payments.PRICE);
  }

  private List<Reply> asked(List<String> refunds) {
    var asked = refunds.stream().map(id -> shop.bus.ask(part(id), Payments.SOMEBODY)).toList();
    Future.join(asked).await();
    return asked.stream().map(Future::result).toList();
  }

  private RefundPart part(String refund) {
    return new RefundPart(order, refund, TENTH, "test", Payments.now());
  }

  private Money returned() {
    return shop.charges(order).stream()
        .map(Statement.Entry::returned)
        .reduce(new Money(0, "USD"), Money::plus);
  }

  private static Refund.Standing standing(PaymentFace face, String refund) {
    return face.refunds().stream()
        .filter(one -> one.id().equals(refund))
        .findFirst()
        .orElseThrow()
        .standing();
  }
}
