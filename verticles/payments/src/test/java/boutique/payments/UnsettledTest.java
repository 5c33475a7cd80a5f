package boutique.payments;

import static boutique.payments.Bought.NOON;
import static boutique.payments.Bought.ORDER;
import static boutique.payments.Bought.PAYMENT;
import static boutique.payments.Bought.PRICE;
import static boutique.payments.Bought.created;
import static boutique.payments.Bought.requested;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundPending;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.PaymentEvent.RefundReversed;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A payment is unsettled")
class UnsettledTest {
  private final Unsettled view = new Unsettled();

  @Test
  @DisplayName("as long as the provider is asked for something and has not said anything certain")
  void asked() {
    assertThat(things(requested(1))).isEqualTo(1);
    assertThat(after(requested(1), created())).isNull();
    assertThat(things(requested(1), created(), wanted("r1"), wanted("r2"))).isEqualTo(2);
    assertThat(things(requested(1), created(), wanted("r1"), wanted("r2"), done("r1")))
        .isEqualTo(1);
    assertThat(after(requested(1), created(), wanted("r1"), failed("r1"))).isNull();
  }

  @Test
  @DisplayName("as long as money is on its way back, though nothing is asked for any more")
  void pending() {
    assertThat(things(created(), wanted("r1"), pending("r1"))).isZero();
    assertThat(after(created(), wanted("r1"), pending("r1"))).isNotNull();
    assertThat(things(created(), wanted("r1"), pending("r1"), wanted("r2"))).isEqualTo(1);
    assertThat(things(created(), wanted("r1"), pending("r1"), wanted("r2"), done("r1")))
        .isEqualTo(1);
    assertThat(things(created(), wanted("r1"), pending("r1"), wanted("r2"), done("r2"))).isZero();
    assertThat(after(created(), wanted("r1"), pending("r1"), done("r1"))).isNull();
    assertThat(after(created(), wanted("r1"), pending("r1"), failed("r1"))).isNull();
  }

  @Test
  @DisplayName("not because a refund has failed that was done")
  void reversed() {
    var reversed =
        new RefundReversed(ORDER, PAYMENT, "r1", PRICE, "re_r1", "lost_or_stolen_card", NOON);
    assertThat(after(created(), wanted("r1"), done("r1"), reversed)).isNull();
  }

  private long things(PaymentEvent... events) {
    var after = after(events);
    assertThat(after).isNotNull();
    return Unsettled.count(after);
  }

  private @Nullable JsonObject after(PaymentEvent... events) {
    JsonObject document = null;
    var version = 0L;
    for (var event : events) {
      document = view.fold(document, recorded(event, ++version), event);
    }
    return document;
  }

  private static Recorded recorded(PaymentEvent event, long version) {
    return Recorded.of(
        PAYMENT.stream(), version, event, NOON, new Context("request", null, "anna"));
  }

  private static RefundRequested wanted(String refund) {
    return new RefundRequested(ORDER, PAYMENT, refund, "key." + refund, PRICE, "test", NOON);
  }

  private static RefundPending pending(String refund) {
    return new RefundPending(ORDER, PAYMENT, refund, PRICE, "re_" + refund, NOON);
  }

  private static RefundCreated done(String refund) {
    return new RefundCreated(ORDER, PAYMENT, refund, PRICE, "re_" + refund, NOON);
  }

  private static RefundFailed failed(String refund) {
    return new RefundFailed(ORDER, PAYMENT, refund, PRICE, "lost_or_stolen_card", NOON);
  }
}
