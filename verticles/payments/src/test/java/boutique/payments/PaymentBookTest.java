package boutique.payments;

import static boutique.payments.Bought.NOON;
import static boutique.payments.Bought.ORDER;
import static boutique.payments.Bought.PAYMENT;
import static boutique.payments.Bought.PRICE;
import static boutique.payments.Bought.REFERENCE;
import static boutique.payments.Bought.SALE;
import static boutique.payments.Bought.created;
import static boutique.payments.Bought.requested;
import static boutique.payments.Bought.usd;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.CancelRequested;
import boutique.language.payments.PaymentEvent.CaptureRequested;
import boutique.language.payments.PaymentEvent.DisputeClosed;
import boutique.language.payments.PaymentEvent.NoticeHeard;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentAuthorized;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentChallenged;
import boutique.language.payments.PaymentEvent.PaymentDisputed;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentOpened;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundPending;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.PaymentEvent.RefundReversed;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In the book of payments")
class PaymentBookTest {
  private final PaymentBook view = new PaymentBook();

  @Test
  @DisplayName("each payment is under the state that it is in, and under no other")
  void states() {
    assertStatus("open", opened());
    assertStatus("processing", opened(), requested(1));
    assertStatus("action-required", requested(1), challenged());
    assertStatus("authorized", requested(1), authorized());
    assertStatus(
        "capturing", requested(1), authorized(), new CaptureRequested(ORDER, PAYMENT, NOON));
    assertStatus(
        "cancelling", requested(1), authorized(), new CancelRequested(ORDER, PAYMENT, NOON));
    assertStatus(
        "cancelled", requested(1), authorized(), new PaymentCancelled(ORDER, PAYMENT, NOON));
    assertStatus("failed", requested(1), failed());
    assertStatus("paid", requested(1), created());
  }

  @Test
  @DisplayName("what was paid says how much of it has gone back, and how much is on its way")
  void refunds() {
    assertStatus("paid", created(), wanted("r1", 1500));
    assertStatus("partially-refunded", created(), wanted("r1", 1500), done("r1", 1500));
    assertStatus(
        "refunded",
        created(),
        wanted("r1", 1500),
        done("r1", 1500),
        wanted("r2", 2500),
        done("r2", 2500));
    assertStatus("paid", created(), wanted("r1", 1500), done("r1", 1500), reversed("r1", 1500));

    var both =
        after(requested(1), created(), wanted("r1", 1500), done("r1", 1500), wanted("r2", 500));
    assertThat(both.getLong("refunded")).isEqualTo(1500);
    assertThat(both.getLong("refunding")).isEqualTo(500);
  }

  @Test
  @DisplayName("money on its way back is marked until it is there")
  void refunding() {
    assertThat(marks(created(), wanted("r1", 1500))).containsExactly("refunding");
    assertThat(marks(created(), wanted("r1", 1500), pending("r1"))).containsExactly("refunding");
    assertThat(marks(created(), wanted("r1", 1500), pending("r1"), done("r1", 1500))).isEmpty();
  }

  @Test
  @DisplayName("a refund that has failed is marked until one of as much stands in its place")
  void failedRefunds() {
    assertThat(marks(created(), wanted("r1", 1500), denied("r1", 1500)))
        .containsExactly("refund-failed");
    assertThat(marks(created(), wanted("r1", 1500), done("r1", 1500), reversed("r1", 1500)))
        .containsExactly("refund-failed");
    assertThat(
            marks(
                created(),
                wanted("r1", 1500),
                denied("r1", 1500),
                wanted("r2", 400),
                done("r2", 400)))
        .containsExactly("refund-failed");
    assertThat(
            marks(
                created(),
                wanted("r1", 1500),
                denied("r1", 1500),
                wanted("r2", 4000),
                done("r2", 4000)))
        .isEmpty();
  }

  @Test
  @DisplayName("a refund that has failed is marked beside that of other goods, while money is left")
  void failedBesideGoods() {
    assertThat(
            marks(
                created(),
                returned("r1", 1500),
                denied("r1", 1500),
                returned("r2", 1500),
                done("r2", 1500)))
        .containsExactly("refund-failed");
    assertThat(
            marks(
                created(),
                wanted("r1", 1500),
                denied("r1", 1500),
                returned("r2", 4000),
                done("r2", 4000)))
        .isEmpty();
  }

  @Test
  @DisplayName("which refund stands in the place of which does not depend on what they are called")
  void inOrder() {
    for (var n = 0; n < 20; n++) {
      var first = "a" + n;
      var second = "b" + n;
      assertThat(
              marks(
                  created(),
                  wanted(first, 60),
                  wanted(second, 40),
                  denied(first, 60),
                  denied(second, 40),
                  wanted("c", 60),
                  done("c", 60),
                  wanted("d", 40),
                  done("d", 40)))
          .isEmpty();
    }
  }

  @Test
  @DisplayName("a dispute is marked until the bank has decided, one that is lost for ever")
  void disputes() {
    assertThat(marks(created(), disputed())).containsExactly("disputed");
    var lost = after(requested(1), created(), disputed(), closed(false));
    assertThat(lost.getJsonArray("marks")).containsExactly("lost");
    assertThat(marks(created(), disputed(), closed(true))).isEmpty();
    assertThat(lost.getJsonObject("disputes").getJsonObject("dp_1").getString("standing"))
        .isEqualTo("lost");
  }

  @Test
  @DisplayName("another try takes back why the one before it has failed, and its name")
  void again() {
    assertThat(after(requested(1), failed()).getString("failure")).isEqualTo("card_declined");
    var again = after(requested(1), challenged(), failed(), requested(2));
    assertThat(again.getString("failure")).isNull();
    assertThat(again.getString("reference")).isNull();
  }

  @Test
  @DisplayName("is told what has happened, by whom and why, but not each message of the provider's")
  void told() {
    var events =
        after(
                requested(1),
                failed(),
                requested(2),
                created(),
                wanted("r1", 1500),
                denied("r1", 1500))
            .getJsonArray("events");
    assertThat(events.stream().map(JsonObject.class::cast).map(one -> one.getString("type")))
        .containsExactly(
            "payment.requested",
            "payment.failed",
            "payment.requested",
            "payment.created",
            "payment.refund-requested",
            "payment.refund-failed");
    assertThat(events.getJsonObject(1).getString("because")).isEqualTo("card_declined");
    assertThat(events.getJsonObject(1).getString("by")).isEqualTo("anna");
    assertThat(events.getJsonObject(3).getString("name")).isEqualTo(REFERENCE);
    assertThat(events.getJsonObject(5).getLong("amount")).isEqualTo(1500);
    for (var event :
        List.of(
            new NoticeHeard(ORDER, PAYMENT, "evt_1", NOON),
            new NoticeTaken(ORDER, PAYMENT, "evt_1", NOON))) {
      assertThat(view.key(recorded(event, 9), event)).isNull();
    }
  }

  @Test
  @DisplayName("what was tried without end is told by its last tries")
  void bounded() {
    var events = new PaymentEvent[2 * PaymentBook.MOST_TOLD];
    for (var i = 0; i < events.length; i++) {
      events[i] = i % 2 == 0 ? requested(i) : failed();
    }
    var told = after(events).getJsonArray("events");
    assertThat(told).hasSize(PaymentBook.MOST_TOLD);
    assertThat(told.getJsonObject(PaymentBook.MOST_TOLD - 1).getLong("version"))
        .isEqualTo(events.length);
  }

  private void assertStatus(String status, PaymentEvent... events) {
    var document = after(events[0] instanceof PaymentEvent.PaymentCreated ? first(events) : events);
    assertThat(document.getString("status")).isEqualTo(status);
    assertThat(view.index(document).stream().filter(key -> key.startsWith("status/")))
        .containsExactly("status/" + status + "/" + PAYMENT.value());
  }

  private List<Object> marks(PaymentEvent... events) {
    var document = after(first(events));
    var marks = document.getJsonArray("marks");
    assertThat(view.index(document).stream().filter(key -> key.startsWith("mark/")).toList())
        .containsExactlyInAnyOrderElementsOf(
            marks.stream().map(mark -> "mark/" + mark + "/" + PAYMENT.value()).toList());
    return marks.stream().toList();
  }

  /** Nothing is paid that was not asked for. */
  private static PaymentEvent[] first(PaymentEvent... events) {
    var all = new PaymentEvent[events.length + 1];
    all[0] = requested(1);
    System.arraycopy(events, 0, all, 1, events.length);
    return all;
  }

  private JsonObject after(PaymentEvent... events) {
    JsonObject document = new JsonObject();
    var version = 0L;
    for (var event : events) {
      var folded = view.fold(version == 0 ? null : document, recorded(event, ++version), event);
      assertThat(folded).isNotNull();
      document = folded;
    }
    return document;
  }

  private static Recorded recorded(PaymentEvent event, long version) {
    return Recorded.of(
        PAYMENT.stream(), version, event, NOON, new Context("request", null, "anna"));
  }

  private static PaymentOpened opened() {
    return new PaymentOpened(ORDER, PAYMENT, SALE, NOON);
  }

  private static PaymentChallenged challenged() {
    return new PaymentChallenged(ORDER, PAYMENT, REFERENCE, "prove", NOON);
  }

  private static PaymentAuthorized authorized() {
    return new PaymentAuthorized(ORDER, PAYMENT, REFERENCE, PRICE, NOON);
  }

  private static PaymentFailed failed() {
    return new PaymentFailed(ORDER, PAYMENT, "card_declined", NOON);
  }

  private static RefundRequested wanted(String refund, long minor) {
    return new RefundRequested(ORDER, PAYMENT, refund, "key." + refund, usd(minor), "other", NOON);
  }

  private static RefundRequested returned(String refund, long minor) {
    return new RefundRequested(
        ORDER, PAYMENT, refund, "key." + refund, usd(minor), "returned", NOON);
  }

  private static RefundPending pending(String refund) {
    return new RefundPending(ORDER, PAYMENT, refund, usd(1500), "re_" + refund, NOON);
  }

  private static RefundCreated done(String refund, long minor) {
    return new RefundCreated(ORDER, PAYMENT, refund, usd(minor), "re_" + refund, NOON);
  }

  private static RefundFailed denied(String refund, long minor) {
    return new RefundFailed(ORDER, PAYMENT, refund, usd(minor), "lost_or_stolen_card", NOON);
  }

  private static RefundReversed reversed(String refund, long minor) {
    return new RefundReversed(
        ORDER, PAYMENT, refund, usd(minor), "re_" + refund, "lost_or_stolen_card", NOON);
  }

  private static PaymentDisputed disputed() {
    return new PaymentDisputed(ORDER, PAYMENT, "dp_1", PRICE, "fraudulent", NOON);
  }

  private static DisputeClosed closed(boolean won) {
    return new DisputeClosed(ORDER, PAYMENT, "dp_1", PRICE, won, NOON);
  }
}
