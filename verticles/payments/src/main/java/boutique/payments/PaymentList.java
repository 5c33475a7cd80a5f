package boutique.payments;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.CancelRequested;
import boutique.language.payments.PaymentEvent.CaptureRequested;
import boutique.language.payments.PaymentEvent.KeyRenewed;
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
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.PaymentEvent.SurplusReturnRequested;
import boutique.language.payments.PaymentEvent.SurplusReturned;
import boutique.language.payments.Sale;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every payment with its own books, and what about it does not fit. */
public final class PaymentList implements View {
  public static final String NAME = "payments";

  /** The charges that are to go back because they were one too many. */
  static final String SURPLUS = "surplus";

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
    return event instanceof PaymentEvent e
        ? status(document, e)
            .put("accounts", posted(document.getJsonObject("accounts", new JsonObject()), e))
            .put("version", recorded.version())
            .put("at", e.at().toString())
        : document;
  }

  private static JsonObject status(JsonObject document, PaymentEvent event) {
    return switch (event) {
      case PaymentOpened e -> sale(document, e.sale()).put("status", "open");
      case PaymentRequested e ->
          sale(document, e.sale()).put("status", "processing").put("key", e.attempt().key());
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
      case KeyRenewed _, NoticeTaken _, RefundRequested _, RefundFailed _ -> document;
      case SurplusReturnRequested e -> surplus(document, all -> all.put(e.charge(), true));
      case SurplusReturned e -> surplus(document, all -> all.remove(e.charge()));
      case RefundCreated e ->
          document.put("returned", document.getLong("returned", 0L) + e.amount().minor());
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

  private static JsonObject sale(JsonObject document, Sale sale) {
    return document
        .put("buyer", sale.buyer().value())
        .put("amount", sale.amount().minor())
        .put("currency", sale.amount().currency());
  }

  /** Second charges that are to go back, and have not as far as anybody has heard. */
  private static JsonObject surplus(JsonObject document, Consumer<JsonObject> change) {
    var all = document.getJsonObject(SURPLUS, new JsonObject());
    change.accept(all);
    return document.put(SURPLUS, all);
  }

  private static JsonObject posted(JsonObject accounts, PaymentEvent event) {
    for (var posting : Posting.of(event)) {
      var account = posting.account().name().toLowerCase(Locale.ROOT);
      accounts.put(account, Math.addExact(accounts.getLong(account, 0L), posting.amount().minor()));
    }
    return accounts;
  }
}
