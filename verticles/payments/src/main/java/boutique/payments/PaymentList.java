package boutique.payments;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.Money;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.CancelRequested;
import boutique.language.payments.PaymentEvent.CaptureRequested;
import boutique.language.payments.PaymentEvent.ChargeLost;
import boutique.language.payments.PaymentEvent.DisputeClosed;
import boutique.language.payments.PaymentEvent.KeyRenewed;
import boutique.language.payments.PaymentEvent.NoticeHeard;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentAuthorized;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentChallenged;
import boutique.language.payments.PaymentEvent.PaymentCreated;
import boutique.language.payments.PaymentEvent.PaymentDisputed;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentLost;
import boutique.language.payments.PaymentEvent.PaymentOpened;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.PaymentRequested;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundPending;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.PaymentEvent.RefundReversed;
import boutique.language.payments.PaymentEvent.SurplusReturnFailed;
import boutique.language.payments.PaymentEvent.SurplusReturnRequested;
import boutique.language.payments.PaymentEvent.SurplusReturned;
import boutique.language.payments.Sale;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every payment with its own books, and what about it does not fit. */
public final class PaymentList implements View {
  public static final String NAME = "payments";

  /** The second charges that are to go back, and how much they are; also if they came back. */
  public static final String SURPLUS = "surplus";

  /** The refunds that the provider has begun, and how much they are. */
  public static final String PENDING = "pending";

  /** Whether the last attempt was for real money. */
  public static final String LIVE = "live";

  /** When money was given back last, or began to be. */
  public static final String RETURNED_AT = "returnedAt";

  /**
   * The disputes that are not over, and those of which nobody knows whether the order has lost what
   * they were about; absent where there is none. What was folded before losses were written has an
   * empty list where there was one.
   */
  public static final String DISPUTES = "disputes";

  /** So old may an order be when it is paid; whose money was held before, is found among all. */
  private static final Duration OLDEST = Duration.ofDays(1);

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
    var document = before == null ? new JsonObject() : before.copy();
    if (!(event instanceof PaymentEvent e)) {
      return document;
    }
    var accounts = posted(document, e);
    return status(document, e)
        .put("accounts", accounts)
        .put("version", recorded.version())
        .put("at", e.at().toString());
  }

  private static JsonObject status(JsonObject document, PaymentEvent event) {
    return switch (event) {
      case PaymentOpened e -> sale(document, e.sale()).put("status", "open");
      case PaymentRequested e ->
          sale(document, e.sale())
              .put("status", "processing")
              .put("key", e.attempt().key())
              .put(LIVE, e.attempt().live());
      case PaymentChallenged e ->
          document.put("status", "action-required").put("reference", e.reference());
      case PaymentAuthorized e ->
          document.put("status", "authorized").put("reference", e.reference());
      case CaptureRequested _ -> document.put("status", "capturing");
      case PaymentCreated e ->
          document
              .put("status", "paid")
              .put("reference", e.reference())
              .put("taken", e.amount().minor());
      case PaymentFailed _ -> document.put("status", "failed");
      case CancelRequested _ -> document.put("status", "cancelling");
      case PaymentCancelled _ -> document.put("status", "cancelled");
      case ChargeLost _, KeyRenewed _, NoticeHeard _, NoticeTaken _, RefundRequested _ -> document;
      case SurplusReturnRequested e ->
          with(document, SURPLUS, e.charge(), e.amount()).put(RETURNED_AT, e.at().toString());
      case SurplusReturned e ->
          without(document, SURPLUS, e.charge()).put(RETURNED_AT, e.at().toString());
      case SurplusReturnFailed e -> with(document, SURPLUS, e.charge(), e.amount());
      case RefundPending e -> with(document, PENDING, e.refund(), e.amount());
      case RefundFailed e -> without(document, PENDING, e.refund());
      case RefundCreated e ->
          without(document, PENDING, e.refund())
              .put("returned", document.getLong("returned", 0L) + e.amount().minor())
              .put(RETURNED_AT, e.at().toString());
      case RefundReversed e ->
          document.put("returned", document.getLong("returned", 0L) - e.amount().minor());
      case PaymentDisputed e -> disputes(document, e.dispute(), true);
      case DisputeClosed e -> disputes(document, e.dispute(), mayBeLost(document, e));
      case PaymentLost e -> disputes(document, e.dispute(), false);
      case PaymentQuestioned e ->
          document.put(
              "questions",
              document
                  .getJsonArray("questions", new JsonArray())
                  .add(
                      new JsonObject()
                          .put("code", e.code())
                          .put("reference", e.reference())
                          .put("amount", e.amount().minor())
                          .put("currency", e.amount().currency())));
    };
  }

  /** Until that is written: what was of a second charge, or in another currency, is not. */
  private static boolean mayBeLost(JsonObject document, DisputeClosed e) {
    return !e.won() && e.amount().currency().equals(document.getString("currency"));
  }

  private static JsonObject disputes(JsonObject document, String dispute, boolean open) {
    var disputes = document.getJsonArray(DISPUTES, new JsonArray()).copy();
    disputes.remove(dispute);
    if (open) {
      disputes.add(dispute);
    }
    if (disputes.isEmpty()) {
      document.remove(DISPUTES);
      return document;
    }
    return document.put(DISPUTES, disputes);
  }

  private static JsonObject sale(JsonObject document, Sale sale) {
    return document
        .put("buyer", sale.buyer().value())
        .put("amount", sale.amount().minor())
        .put("currency", sale.amount().currency());
  }

  private static JsonObject with(JsonObject document, String field, String name, Money amount) {
    return document.put(field, some(document, field).put(name, amount.minor()));
  }

  private static JsonObject without(JsonObject document, String field, String name) {
    var some = some(document, field);
    some.remove(name);
    return document.put(field, some);
  }

  /**
   * Where in the list those begin that were paid from a moment on: they have the names of their
   * orders, which grow with time. What bears another name may be anywhere.
   */
  public static String before(Instant paid) {
    var millis = HexFormat.of().toHexDigits(paid.minus(OLDEST).toEpochMilli(), 12);
    return millis.substring(0, 8) + "-" + millis.substring(8);
  }

  /** By their names, how much they are. */
  public static JsonObject some(JsonObject document, String field) {
    return document.getJsonObject(field, new JsonObject());
  }

  /**
   * All accounts, with what was in them before. They are in the currency of the sale: what a bank
   * takes back in another is told, and is in none of them.
   */
  private static JsonObject posted(JsonObject document, PaymentEvent event) {
    var accounts = document.getJsonObject("accounts", new JsonObject());
    for (var posting : Posting.of(event, some(document, SURPLUS).fieldNames())) {
      if (!posting.amount().currency().equals(document.getString("currency"))) {
        continue;
      }
      var account = posting.account().wireName();
      accounts.put(account, Math.addExact(accounts.getLong(account, 0L), posting.amount().minor()));
    }
    return accounts;
  }
}
