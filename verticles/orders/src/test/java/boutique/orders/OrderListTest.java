package boutique.orders;

import static boutique.orders.Anna.CAPTURED_BY;
import static boutique.orders.Anna.LATEST;
import static boutique.orders.Anna.NOON;
import static boutique.orders.Anna.ORDER;
import static boutique.orders.Anna.authorized;
import static boutique.orders.Anna.begun;
import static boutique.orders.Anna.cancelled;
import static boutique.orders.Anna.created;
import static boutique.orders.Anna.placedOnHold;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.orders.Cancellation;
import boutique.language.orders.OrderEvent;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In the list of orders")
class OrderListTest {
  private static final String CAPTURE_UNTIL = "captureUntil";

  @Test
  @DisplayName("one on held money says until when, also if it was held before that was written")
  void held() {
    assertThat(after(created(), begun(NOON)).containsKey(CAPTURE_UNTIL)).isFalse();
    assertThat(after(created(), begun(NOON), authorized()).getString(CAPTURE_UNTIL))
        .isEqualTo(LATEST.toString());
    assertThat(after(created(), begun(NOON), authorized(), placedOnHold()).getString(CAPTURE_UNTIL))
        .isEqualTo(CAPTURED_BY.toString());
    assertThat(
            after(created(), begun(NOON), authorized(), cancelled(Cancellation.EXPIRED, NOON))
                .getString(CAPTURE_UNTIL))
        .isEqualTo(LATEST.toString());
    assertThat(
            after(created(), begun(NOON), cancelled(Cancellation.EXPIRED, NOON))
                .containsKey(CAPTURE_UNTIL))
        .isFalse();
  }

  private static JsonObject after(OrderEvent... events) {
    var list = new OrderList();
    var document = new JsonObject();
    var version = 0L;
    for (var event : events) {
      var recorded =
          Recorded.of(ORDER.stream(), ++version, event, NOON, new Context("request", null, "anna"));
      var folded = list.fold(document, recorded, event);
      assertThat(folded).isNotNull();
      document = folded;
    }
    return document;
  }
}
