package boutique.payments;

import static boutique.kernel.Decision.accept;
import static boutique.payments.PaymentDecider.id;

import boutique.kernel.Decision;
import boutique.language.payments.PaymentCommand.HearNotice;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.NoticeHeard;
import boutique.payments.Payment.Absent;
import boutique.payments.Payment.Known;

/**
 * A message that is only a reason to ask. It is written down where there is something to ask, once,
 * so that it can be answered before anybody asks: what is unsettled is taken up from the store.
 */
final class Hearing {
  /** Whoever says more of one payment says nothing new: it is asked about anyway. */
  static final int MOST_NOTICES = 200;

  private Hearing() {}

  static Decision<PaymentEvent> notice(Payment payment, HearNotice c) {
    return switch (payment) {
      case Absent _ -> PaymentDecider.unknown();
      case Known known when isNews(known, c) ->
          accept(new NoticeHeard(c.order(), id(c), c.notice(), c.at()));
      case Known _ -> accept();
    };
  }

  private static boolean isNews(Known known, HearNotice c) {
    return Portrait.of(id(c), known).unsettled()
        && !known.notices().contains(c.notice())
        && known.notices().size() < MOST_NOTICES;
  }
}
