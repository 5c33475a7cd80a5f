package boutique.payments;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.Money;
import boutique.language.payments.Dispute;
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
import boutique.language.payments.Refund;
import boutique.language.payments.Sale;
import boutique.language.payments.Standing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everybody's payments as operators read them: where each stands, and what has happened to it. They
 * bear the names of their orders, which grow with time, so the last are the newest, in all and in
 * each state.
 */
public final class PaymentBook implements View {
  public static final String NAME = "payment-book";

  /** So many of its facts a payment tells; of those that are more, the latest. */
  static final int MOST_TOLD = 200;

  private static final String STATUS = "status";
  private static final String AMOUNT = "amount";
  private static final String STANDING = "standing";
  private static final String REFERENCE = "reference";
  private static final String REFUNDS = "refunds";
  private static final String REFUNDED = "refunded";
  private static final String REFUNDING = "refunding";
  private static final String DISPUTES = "disputes";
  private static final String MARKS = "marks";
  private static final String EVENTS = "events";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> rooms() {
    return Set.of("payments");
  }

  /** That the provider has sent a message is no news of a payment: what came of it is. */
  @Override
  public @Nullable String key(Recorded recorded, Event event) {
    return switch (event) {
      case NoticeHeard _, NoticeTaken _ -> null;
      case PaymentEvent e -> e.payment().value();
      default -> null;
    };
  }

  @Override
  public Set<String> index(JsonObject document) {
    var id = document.getString("id");
    var keys = new HashSet<String>();
    keys.add("status/%s/%s".formatted(document.getString(STATUS), id));
    for (var mark : document.getJsonArray(MARKS)) {
      keys.add("mark/%s/%s".formatted(mark, id));
    }
    return keys;
  }

  /** What somebody may have to do something about, or has to know before they do anything. */
  private static JsonArray marks(JsonObject document) {
    var marks = new JsonArray();
    if (holds(document, DISPUTES, Dispute.Standing.OPEN.wireName())) {
      marks.add("disputed");
    }
    if (holds(document, DISPUTES, Dispute.Standing.LOST.wireName())) {
      marks.add("lost");
    }
    if (holds(document, REFUNDS, Refund.Standing.ASKED.wireName())
        || holds(document, REFUNDS, Refund.Standing.PENDING.wireName())) {
      marks.add(REFUNDING);
    }
    if (holds(document, REFUNDS, Refund.Standing.DENIED.wireName())
        && document.getLong(REFUNDED) + document.getLong(REFUNDING) < document.getLong(AMOUNT)) {
      marks.add("refund-failed");
    }
    return marks;
  }

  private static boolean holds(JsonObject document, String field, String standing) {
    var some = document.getJsonObject(field);
    return some.stream()
        .anyMatch(one -> standing.equals(((JsonObject) one.getValue()).getString(STANDING)));
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    if (!(event instanceof PaymentEvent e)) {
      return before;
    }
    var document = before == null ? opened(e) : before.copy();
    document
        .put("at", e.at().toString())
        .getJsonArray(EVENTS)
        .add(
            Told.of(e)
                .json()
                .put("type", recorded.type())
                .put("version", recorded.version())
                .put("at", recorded.at().toString())
                .put("by", recorded.context().actor()));
    if (document.getJsonArray(EVENTS).size() > MOST_TOLD) {
      document.getJsonArray(EVENTS).remove(0);
    }
    var after = paid(status(document, e));
    return after.put(MARKS, marks(after));
  }

  private static JsonObject opened(PaymentEvent event) {
    return new JsonObject()
        .put("id", event.payment().value())
        .put("openedAt", event.at().toString())
        .put(REFUNDS, new JsonObject())
        .put(DISPUTES, new JsonObject())
        .put(EVENTS, new JsonArray());
  }

  private static JsonObject status(JsonObject document, PaymentEvent event) {
    return switch (event) {
      case PaymentOpened e -> at(sale(document, e.sale()), Standing.OPEN);
      case PaymentRequested e ->
          at(sale(document, e.sale()), Standing.PROCESSING)
              .put("live", e.attempt().live())
              .put(REFERENCE, null)
              .put("failure", null);
      case PaymentChallenged e ->
          at(document, Standing.ACTION_REQUIRED).put(REFERENCE, e.reference());
      case PaymentAuthorized e -> at(document, Standing.AUTHORIZED).put(REFERENCE, e.reference());
      case CaptureRequested _ -> at(document, Standing.CAPTURING);
      case PaymentCreated e ->
          at(document, Standing.PAID).put(REFERENCE, e.reference()).put(REFUNDS, new JsonObject());
      case PaymentFailed e ->
          at(document, Standing.FAILED).put(REFERENCE, null).put("failure", e.code());
      case CancelRequested _ -> at(document, Standing.CANCELLING);
      case PaymentCancelled _ -> at(document, Standing.CANCELLED);
      case RefundRequested e ->
          refund(document, e.refund(), e.amount(), Refund.Standing.ASKED, Refunding.reach(e));
      case RefundPending e -> refund(document, e.refund(), e.amount(), Refund.Standing.PENDING, 0);
      case RefundCreated e -> refund(document, e.refund(), e.amount(), Refund.Standing.DONE, 0);
      case RefundFailed e -> refund(document, e.refund(), e.amount(), Refund.Standing.DENIED, 0);
      case RefundReversed e -> refund(document, e.refund(), e.amount(), Refund.Standing.DENIED, 0);
      case PaymentDisputed e -> dispute(document, e.dispute(), e.amount(), Dispute.Standing.OPEN);
      case DisputeClosed e ->
          dispute(
              document,
              e.dispute(),
              e.amount(),
              e.won() ? Dispute.Standing.WON : Dispute.Standing.LOST);
      case SurplusReturnRequested _,
          SurplusReturned _,
          SurplusReturnFailed _,
          PaymentLost _,
          ChargeLost _,
          KeyRenewed _,
          NoticeHeard _,
          NoticeTaken _,
          PaymentQuestioned _ ->
          document;
    };
  }

  private static JsonObject at(JsonObject document, Standing standing) {
    return document.put(STATUS, standing.wireName());
  }

  private static JsonObject sale(JsonObject document, Sale sale) {
    return document
        .put("buyer", sale.buyer().value())
        .put(AMOUNT, sale.amount().minor())
        .put("currency", sale.amount().currency());
  }

  /**
   * Those in whose place it stands are told of no more.
   *
   * @param reach how much of what has failed before it stands in the place of
   */
  private static JsonObject refund(
      JsonObject document, String id, Money amount, Refund.Standing standing, long reach) {
    var refunds = document.getJsonObject(REFUNDS);
    Refunding.replaced(failed(refunds), reach).forEach(refunds::remove);
    refunds.put(
        id, new JsonObject().put(AMOUNT, amount.minor()).put(STANDING, standing.wireName()));
    return document;
  }

  /** They stand in the order in which they were asked for. */
  private static SequencedMap<String, Long> failed(JsonObject refunds) {
    var failed = new LinkedHashMap<String, Long>();
    for (var one : refunds) {
      var refund = (JsonObject) one.getValue();
      if (Refund.Standing.DENIED.wireName().equals(refund.getString(STANDING))) {
        failed.put(one.getKey(), refund.getLong(AMOUNT));
      }
    }
    return failed;
  }

  private static JsonObject dispute(
      JsonObject document, String id, Money amount, Dispute.Standing standing) {
    document
        .getJsonObject(DISPUTES)
        .put(id, new JsonObject().put(AMOUNT, amount.minor()).put(STANDING, standing.wireName()));
    return document;
  }

  /** What is paid says how much of it has gone back. */
  private static JsonObject paid(JsonObject document) {
    var returned = sum(document, Refund.Standing.DONE);
    document
        .put(REFUNDED, returned)
        .put(
            REFUNDING,
            sum(document, Refund.Standing.ASKED) + sum(document, Refund.Standing.PENDING));
    if (!isPaid(document.getString(STATUS))) {
      return document;
    }
    return returned == 0
        ? at(document, Standing.PAID)
        : at(
            document,
            returned < document.getLong(AMOUNT) ? Standing.PARTIALLY_REFUNDED : Standing.REFUNDED);
  }

  private static boolean isPaid(@Nullable String status) {
    return Standing.PAID.wireName().equals(status)
        || Standing.PARTIALLY_REFUNDED.wireName().equals(status)
        || Standing.REFUNDED.wireName().equals(status);
  }

  private static long sum(JsonObject document, Refund.Standing standing) {
    return document.getJsonObject(REFUNDS).stream()
        .map(one -> (JsonObject) one.getValue())
        .filter(one -> standing.wireName().equals(one.getString(STANDING)))
        .mapToLong(one -> one.getLong(AMOUNT))
        .sum();
  }

  /**
   * What is told of a fact.
   *
   * @param because why, in a word
   * @param name of the charge, the refund or the dispute that it is about; of an attempt, with what
   *     was paid
   * @param amount how much it is about
   */
  private record Told(@Nullable String because, @Nullable String name, @Nullable Money amount) {

    static Told of(PaymentEvent event) {
      return switch (event) {
        case PaymentOpened e -> new Told(null, null, e.sale().amount());
        case PaymentRequested e ->
            new Told(
                e.attempt().captureLater() ? "later" : null,
                e.attempt().method(),
                e.sale().amount());
        case PaymentChallenged e -> new Told(null, e.reference(), null);
        case PaymentAuthorized e -> new Told(null, e.reference(), e.amount());
        case PaymentCreated e -> new Told(null, e.reference(), e.amount());
        case PaymentFailed e -> new Told(e.code(), null, null);
        case RefundRequested e -> new Told(e.why(), e.refund(), e.amount());
        case RefundPending e -> new Told(null, e.refund(), e.amount());
        case RefundCreated e -> new Told(null, e.refund(), e.amount());
        case RefundFailed e -> new Told(e.code(), e.refund(), e.amount());
        case RefundReversed e -> new Told(e.code(), e.refund(), e.amount());
        case SurplusReturnRequested e -> new Told(null, e.charge(), e.amount());
        case SurplusReturned e -> new Told(null, e.charge(), e.amount());
        case SurplusReturnFailed e -> new Told(e.code(), e.charge(), e.amount());
        case PaymentDisputed e -> new Told(e.reason(), e.dispute(), e.amount());
        case DisputeClosed e -> new Told(e.won() ? "won" : "lost", e.dispute(), e.amount());
        case PaymentLost e -> new Told(null, e.charge(), e.amount());
        case ChargeLost e -> new Told(null, e.charge(), e.amount());
        case PaymentQuestioned e -> new Told(e.code(), e.reference(), e.amount());
        case CaptureRequested _,
            CancelRequested _,
            PaymentCancelled _,
            KeyRenewed _,
            NoticeHeard _,
            NoticeTaken _ ->
            new Told(null, null, null);
      };
    }

    JsonObject json() {
      var json = new JsonObject().put("because", because).put("name", name);
      return amount == null
          ? json
          : json.put(AMOUNT, amount.minor()).put("currency", amount.currency());
    }
  }
}
