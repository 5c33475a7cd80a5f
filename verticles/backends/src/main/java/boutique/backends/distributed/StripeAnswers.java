package boutique.backends.distributed;

import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Returned;
import boutique.kernel.payment.Statement;
import boutique.language.Money;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeError;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Stripe says, in ours. */
final class StripeAnswers {
  private static final String GENERIC = "generic_decline";
  private static final String MISSING = "resource_missing";
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private StripeAnswers() {}

  static Answer of(PaymentIntent intent) {
    var live = Boolean.TRUE.equals(intent.getLivemode());
    return switch (intent.getStatus()) {
      case "succeeded" ->
          isBack(intent)
              ? new Answer.Voided(intent.getId())
              : new Answer.Taken(intent.getId(), money(intent, intent.getAmountReceived()), live);
      case "requires_capture" ->
          new Answer.Held(intent.getId(), money(intent, intent.getAmountCapturable()), live);
      case "requires_action" ->
          new Answer.Challenge(
              intent.getId(), money(intent, intent.getAmount()), live, action(intent));
      case "canceled" -> new Answer.Voided(intent.getId());
      case "requires_payment_method" ->
          new Answer.Denied(intent.getId(), code(intent.getLastPaymentError()));
      default -> new Answer.Unknown("it is " + intent.getStatus());
    };
  }

  /** Why a charge was refused: only some refusals say that nothing was done, or will be. */
  static Answer of(StripeException refusal) {
    return switch (refusal) {
      case ReplayAwareClient.Replayed replayed ->
          new Answer.Stuck(String.valueOf(replayed.getMessage()));
      case CardException _ -> new Answer.Denied(null, code(refusal.getStripeError()));
      case InvalidRequestException _ when isWrong(refusal) ->
          new Answer.Denied(null, code(refusal.getStripeError()));
      default -> unknown(refusal);
    };
  }

  static Answer unknown(StripeException refusal) {
    return new Answer.Unknown(because(refusal));
  }

  private static String because(StripeException refusal) {
    return refusal.getStatusCode() == null
        ? String.valueOf(refusal.getMessage())
        : refusal.getStatusCode() + " " + refusal.getCode();
  }

  static Returned of(Refund refund) {
    return became(refund)
        .<Returned>map(known -> known)
        .orElseGet(() -> new Returned.Unknown("it is " + refund.getStatus()));
  }

  /** Even what has succeeded may fail later. Empty where it says what we do not know. */
  private static Optional<Returned.Certain> became(Refund refund) {
    return switch (String.valueOf(refund.getStatus())) {
      case "succeeded" -> Optional.of(new Returned.Done(refund.getId(), money(refund)));
      case "pending", "requires_action" ->
          Optional.of(new Returned.Pending(refund.getId(), money(refund)));
      case "failed", "canceled" ->
          Optional.of(
              new Returned.Denied(
                  Objects.requireNonNullElse(refund.getFailureReason(), refund.getStatus())));
      default -> Optional.empty();
    };
  }

  private static Money money(Refund refund) {
    return money(refund.getCurrency(), refund.getAmount());
  }

  /** Whether it says how much it is and how it stands, if it is of an intent. */
  static boolean isReadable(Refund refund) {
    return refund.getPaymentIntent() == null
        || (refund.getId() != null
            && refund.getCurrency() != null
            && refund.getAmount() != null
            && became(refund).isPresent());
  }

  /** Empty for what is no refund of an intent. */
  static Optional<Statement.Back> back(Refund refund) {
    return refund.getPaymentIntent() == null
        ? Optional.empty()
        : became(refund)
            .map(became ->
                new Statement.Back(
                    refund.getId(),
                    refund.getPaymentIntent(),
                    payment(refund.getMetadata(), refund.getPaymentIntentObject()),
                    noted(refund.getMetadata(), StripeWords.REFUND),
                    money(refund),
                    became));
  }

  /** Whether it says how much it is about, if that is an intent. */
  static boolean isReadable(Dispute dispute) {
    return dispute.getPaymentIntent() == null
        || (dispute.getId() != null
            && dispute.getCurrency() != null
            && dispute.getAmount() != null);
  }

  /** Empty for what is no dispute of an intent. */
  static Optional<Statement.Disputed> disputed(Dispute dispute) {
    return dispute.getPaymentIntent() == null
        ? Optional.empty()
        : Optional.of(
            new Statement.Disputed(
                dispute.getId(),
                dispute.getPaymentIntent(),
                payment(dispute.getMetadata(), dispute.getPaymentIntentObject()),
                money(dispute.getCurrency(), dispute.getAmount()),
                String.valueOf(dispute.getReason()),
                verdict(String.valueOf(dispute.getStatus()))));
  }

  /** What is not known to be over is open. */
  private static Statement.Verdict verdict(String status) {
    return switch (status) {
      case "won", "warning_closed", "prevented" -> Statement.Verdict.OURS;
      case "lost" -> Statement.Verdict.THEIRS;
      default -> Statement.Verdict.OPEN;
    };
  }

  /** What somebody does at Stripe's own desk bears no note of ours, but its intent does. */
  private static String payment(
      @Nullable Map<String, String> noted, @Nullable PaymentIntent intent) {
    var said = noted(noted, StripeWords.PAYMENT);
    return said.isEmpty() && intent != null
        ? noted(intent.getMetadata(), StripeWords.PAYMENT)
        : said;
  }

  private static String noted(@Nullable Map<String, String> noted, String field) {
    return noted == null ? "" : noted.getOrDefault(field, "");
  }

  static boolean isMissing(StripeException refusal) {
    return Integer.valueOf(NOT_FOUND).equals(refusal.getStatusCode());
  }

  /** Whether the customer is unknown in whose name something was asked. */
  static boolean isNobody(InvalidRequestException refusal) {
    return MISSING.equals(refusal.getCode()) && "customer".equals(refusal.getParam());
  }

  static Returned refused(StripeException refusal) {
    return switch (refusal) {
      case ReplayAwareClient.Replayed replayed ->
          new Returned.Stuck(String.valueOf(replayed.getMessage()));
      case InvalidRequestException _ when isWrong(refusal) ->
          new Returned.Denied(code(refusal.getStripeError()));
      default -> new Returned.Unknown(because(refusal));
    };
  }

  /** Whether it says what it is and how much: one that does not keeps no other from being read. */
  static boolean isReadable(PaymentIntent intent) {
    return intent.getId() != null && intent.getCurrency() != null && intent.getCreated() != null;
  }

  static Statement.Entry entry(PaymentIntent intent) {
    return new Statement.Entry(
        intent.getId(),
        told(intent, StripeWords.KEY),
        told(intent, StripeWords.PAYMENT),
        money(intent, intent.getAmountReceived()),
        money(intent, returned(intent)),
        money(intent, intent.getAmountCapturable()),
        "canceled".equals(intent.getStatus()),
        Boolean.TRUE.equals(intent.getLivemode()),
        Instant.ofEpochSecond(intent.getCreated()));
  }

  private static String told(PaymentIntent intent, String what) {
    var metadata = intent.getMetadata();
    return metadata == null ? "" : metadata.getOrDefault(what, "");
  }

  /** The question itself was wrong: it will be so for ever. A key in use is no such thing. */
  private static boolean isWrong(StripeException refusal) {
    var status = refusal.getStatusCode();
    return status != null && (status == BAD_REQUEST || status == NOT_FOUND);
  }

  /** It stays a success for ever; only its charge says that nothing of it is left. */
  private static boolean isBack(PaymentIntent intent) {
    var returned = returned(intent);
    return returned > 0 && returned >= intent.getAmountReceived();
  }

  private static long returned(PaymentIntent intent) {
    var charge = intent.getLatestChargeObject();
    return charge == null ? 0L : charge.getAmountRefunded();
  }

  private static String action(PaymentIntent intent) {
    var next = intent.getNextAction();
    return next != null && next.getRedirectToUrl() != null
        ? next.getRedirectToUrl().getUrl()
        : intent.getClientSecret();
  }

  static String code(@Nullable StripeError error) {
    if (error == null) {
      return "declined";
    }
    var why = error.getDeclineCode();
    return why == null || why.equals(GENERIC)
        ? Objects.requireNonNullElse(error.getCode(), "declined")
        : why;
  }

  private static Money money(PaymentIntent intent, @Nullable Long minor) {
    return money(intent.getCurrency(), minor);
  }

  private static Money money(String currency, @Nullable Long minor) {
    return new Money(minor == null ? 0 : minor, currency.toUpperCase(Locale.ROOT));
  }
}
