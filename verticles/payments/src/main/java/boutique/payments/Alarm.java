package boutique.payments;

import boutique.language.Event;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says aloud what the provider has said that does not fit, such as another amount or currency than
 * was asked for. Nothing is done about it, so that somebody has to look. Whoever dies before it is
 * said leaves the event, and what the reconciler then sees.
 */
public final class Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
  private final LongAdder raised = new LongAdder();

  /** How often it was raised in this process. */
  public long raised() {
    return raised.sum();
  }

  void hear(Event event) {
    if (event instanceof PaymentQuestioned e) {
      raised.increment();
      LOG.error(
          "the provider says of payment {} what does not fit ({}): {} with {} {}. Nothing was done.",
          e.payment().value(),
          e.code(),
          e.reference(),
          e.amount().decimal(),
          e.amount().currency());
    }
  }
}
