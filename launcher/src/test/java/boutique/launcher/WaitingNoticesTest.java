package boutique.launcher;

import static boutique.launcher.FaultyProvider.Fault.NONE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import boutique.language.codec.Json;
import boutique.language.orders.OrderId;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.Standing;
import boutique.payments.Notices;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the provider says of a payment that nobody knows")
@Timeout(120)
class WaitingNoticesTest {
  private static final Duration OFTEN = Duration.ofMillis(20);

  @TempDir Path data;
  private final AtomicReference<Instant> clock = new AtomicReference<>(Payments.now());
  private Payments shop;

  @BeforeEach
  void open() throws Exception {
    shop = Payments.alone(data, () -> NONE);
    var taken = new Outcome.Taken("sim_o.1", Payments.PRICE, false);
    var told = new RecordOutcome(new OrderId("o"), "o.1", taken, "evt_1", clock.get());
    var waiting =
        new JsonObject()
            .put("command", new String(Json.encode(told), UTF_8))
            .put("since", clock.get().toEpochMilli());
    shop.views.write(List.of(new Put("notices", "evt_1", waiting))).await();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("waits until somebody does, and has its effect then")
  void waits() {
    shop.joins(new Notices(shop.views, Instant::now, OFTEN));
    var order = shop.order("o");
    shop.pay(order, "pm_card_threeDSecure2Required");

    await().until(() -> !isIn("notices"));

    assertThat(shop.stands(order).standing()).isEqualTo(Standing.PAID);
    assertThat(isIn("notices.given-up")).isFalse();
  }

  @Test
  @DisplayName("bears our mark: waits in places of its own, and is tried again there")
  void ours() throws Exception {
    var waiting = shop.views.get("notices", "evt_1").await();
    shop.views
        .write(List.of(new Put("notices.ours", "evt_1", waiting), new Delete("notices", "evt_1")))
        .await();
    shop.joins(new Notices(shop.views, Instant::now, OFTEN));
    var order = shop.order("o");
    shop.pay(order, "pm_card_threeDSecure2Required");

    await().until(() -> !isIn("notices.ours"));

    assertThat(shop.stands(order).standing()).isEqualTo(Standing.PAID);
  }

  @Test
  @DisplayName("is given up after three days, shown for a month, and forgotten then")
  void forgotten() {
    shop.joins(new Notices(shop.views, clock::get, OFTEN));
    clock.updateAndGet(now -> now.plus(Duration.ofDays(3)));
    await().until(() -> isIn("notices.given-up"));
    assertThat(isIn("notices")).isFalse();

    clock.updateAndGet(now -> now.plus(Duration.ofDays(30)));
    await().during(OFTEN.multipliedBy(10)).until(() -> isIn("notices.given-up"));
    clock.updateAndGet(now -> now.plus(Duration.ofSeconds(1)));

    await().until(() -> !isIn("notices.given-up"));
  }

  private boolean isIn(String collection) {
    return shop.views.get(collection, "evt_1").await() != null;
  }
}
