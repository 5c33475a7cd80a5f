package boutique.payments;

import boutique.language.Event;
import boutique.language.Money;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.DisputeClosed;
import boutique.language.payments.PaymentEvent.PaymentDisputed;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundReversed;
import boutique.language.payments.PaymentEvent.SurplusReturnFailed;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says aloud what somebody has to look at: what the provider has said that does not fit, such as
 * another amount or currency than was asked for; money that could not be given back; and a charge
 * that its payer calls wrong. Whoever dies before it is said leaves the event, and what the
 * reconciler then sees.
 */
public final class Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
  private final LongAdder raised = new LongAdder();

  /** How often it was raised in this process. */
  public long raised() {
    return raised.sum();
  }

  void hear(Event event) {
    switch (event) {
      case PaymentQuestioned e ->
          raise(
              e, "the provider says what does not fit, and nothing was done", e.code(), e.amount());
      case RefundFailed e -> raise(e, "a refund was refused or has failed", e.code(), e.amount());
      case RefundReversed e -> raise(e, "a refund that was done has failed", e.code(), e.amount());
      case SurplusReturnFailed e ->
          raise(e, "a second charge could not be given back", e.code(), e.amount());
      case PaymentDisputed e -> raise(e, "the payer disputes it", e.reason(), e.amount());
      case DisputeClosed e when !e.won() -> raise(e, "a dispute is lost", e.dispute(), e.amount());
      default -> {}
    }
  }

  private void raise(PaymentEvent event, String what, String why, Money amount) {
    raised.increment();
    LOG.error(
        "of payment {}: {} ({}, {} {})",
        event.payment().value(),
        what,
        why,
        amount.decimal(),
        amount.currency());
  }
}
