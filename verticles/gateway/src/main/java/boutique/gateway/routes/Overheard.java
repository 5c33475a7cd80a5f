package boutique.gateway.routes;

import boutique.kernel.payment.ShopMark;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the payment provider tells everybody who shares an account: what bears our mark is for us,
 * what bears another is none of our business and only counted, and what bears none is for whoever
 * knows what it is about.
 */
public final class Overheard {
  private final ShopMark mark;
  private final LongAdder messages = new LongAdder();

  public Overheard(ShopMark mark) {
    this.mark = mark;
  }

  /** How many messages were for other shops, in this process. */
  public long messages() {
    return messages.sum();
  }

  boolean isForUs(StripeNotice notice) {
    return mark.isOn(notice.shop());
  }

  /** Whether it is for another shop; then it is counted. */
  boolean isForOthers(StripeNotice notice) {
    var others = mark.isAnothers(notice.shop());
    if (others) {
      messages.increment();
    }
    return others;
  }
}
