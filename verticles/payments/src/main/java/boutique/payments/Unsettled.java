package boutique.payments;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.CancelRequested;
import boutique.language.payments.PaymentEvent.CaptureRequested;
import boutique.language.payments.PaymentEvent.KeyRenewed;
import boutique.language.payments.PaymentEvent.NoticeHeard;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentAuthorized;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentChallenged;
import boutique.language.payments.PaymentEvent.PaymentCreated;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentOpened;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.PaymentRequested;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundPending;
import boutique.language.payments.PaymentEvent.RefundRequested;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The payments of which nobody knows yet what the provider has done, or whether what it has begun
 * to give back arrives.
 */
public final class Unsettled implements View {
  public static final String NAME = "unsettled";
  private static final String PENDING = "pending";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> rooms() {
    return Set.of("payments");
  }

  @Override
  public @Nullable String key(Recorded recorded, Event event) {
    return event instanceof PaymentEvent e ? e.payment().value() : null;
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    return switch (event) {
      case PaymentRequested _, PaymentChallenged _, CaptureRequested _, CancelRequested _ ->
          waiting(before, recorded, 1);
      case PaymentOpened _,
          PaymentAuthorized _,
          PaymentCreated _,
          PaymentFailed _,
          PaymentCancelled _ ->
          null;
      case RefundRequested _ -> waiting(before, recorded, count(before) + 1);
      case RefundPending e -> pending(before, recorded, e.refund());
      case RefundCreated e -> ended(before, recorded, e.refund());
      case RefundFailed e -> ended(before, recorded, e.refund());
      case KeyRenewed _, NoticeTaken _, NoticeHeard _, PaymentQuestioned _ -> before;
      default -> before;
    };
  }

  /** How much the provider was asked for and has not said anything certain of. */
  static long count(@Nullable JsonObject before) {
    return before == null ? 0 : before.getLong("things", 0L);
  }

  private static JsonObject waiting(@Nullable JsonObject before, Recorded recorded, long things) {
    return (before == null ? new JsonObject() : before.copy())
        .put("things", things)
        .put("since", recorded.at().toEpochMilli());
  }

  /** It is no longer asked for, but on its way, and that may take days. */
  private static JsonObject pending(@Nullable JsonObject before, Recorded recorded, String refund) {
    return waiting(before, recorded, Math.max(0, count(before) - 1))
        .put(PENDING, refunds(before).add(refund));
  }

  private static @Nullable JsonObject ended(
      @Nullable JsonObject before, Recorded recorded, String refund) {
    var pending = refunds(before);
    var things = pending.remove(refund) ? count(before) : count(before) - 1;
    return things < 1 && pending.isEmpty()
        ? null
        : waiting(before, recorded, Math.max(0, things)).put(PENDING, pending);
  }

  private static JsonArray refunds(@Nullable JsonObject before) {
    return before == null ? new JsonArray() : before.getJsonArray(PENDING, new JsonArray()).copy();
  }
}
