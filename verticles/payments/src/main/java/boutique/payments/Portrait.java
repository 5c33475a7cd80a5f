package boutique.payments;

import boutique.language.payments.Attempt;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Standing;
import boutique.payments.Payment.Known;
import boutique.payments.Payment.Stage.Authorized;
import boutique.payments.Payment.Stage.Cancelled;
import boutique.payments.Payment.Stage.Cancelling;
import boutique.payments.Payment.Stage.Captured;
import boutique.payments.Payment.Stage.Capturing;
import boutique.payments.Payment.Stage.Challenged;
import boutique.payments.Payment.Stage.Charging;
import boutique.payments.Payment.Stage.Failed;
import boutique.payments.Payment.Stage.Open;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a payment shows of itself. */
final class Portrait {
  private Portrait() {}

  static PaymentFace of(PaymentId id, Known known) {
    return switch (known.stage()) {
      case Open _ -> face(id, known, Standing.OPEN, null);
      case Charging(var attempt) -> asked(id, known, Standing.PROCESSING, attempt, null);
      case Challenged(var attempt, var reference) ->
          asked(id, known, Standing.ACTION_REQUIRED, attempt, reference);
      case Authorized(var attempt, var reference) ->
          asked(id, known, Standing.AUTHORIZED, attempt, reference);
      case Capturing(var attempt, var reference) ->
          asked(id, known, Standing.CAPTURING, attempt, reference);
      case Cancelling(var attempt, var reference) ->
          asked(id, known, Standing.CANCELLING, attempt, reference);
      case Captured captured -> paid(id, known, captured);
      case Failed(var code) -> face(id, known, Standing.FAILED, code);
      case Cancelled _ -> face(id, known, Standing.CANCELLED, null);
    };
  }

  private static PaymentFace paid(PaymentId id, Known known, Captured captured) {
    var face =
        new PaymentFace(
            id,
            id.order(),
            known.sale(),
            Standing.PAID,
            known.live(),
            null,
            captured.reference(),
            null,
            null,
            captured.refunds(),
            known.aside());
    var returned = face.refunded().minor();
    if (returned == 0) {
      return face;
    }
    var all = returned == known.sale().amount().minor();
    return new PaymentFace(
        id,
        id.order(),
        known.sale(),
        all ? Standing.REFUNDED : Standing.PARTIALLY_REFUNDED,
        known.live(),
        null,
        captured.reference(),
        null,
        null,
        captured.refunds(),
        known.aside());
  }

  private static PaymentFace asked(
      PaymentId id, Known known, Standing standing, Attempt attempt, @Nullable String reference) {
    return new PaymentFace(
        id,
        id.order(),
        known.sale(),
        standing,
        known.live(),
        attempt,
        reference,
        null,
        null,
        List.of(),
        known.aside());
  }

  private static PaymentFace face(
      PaymentId id, Known known, Standing standing, @Nullable String failure) {
    return new PaymentFace(
        id,
        id.order(),
        known.sale(),
        standing,
        known.live(),
        null,
        null,
        null,
        failure,
        List.of(),
        known.aside());
  }
}
