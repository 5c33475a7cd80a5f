package boutique.launcher;

import static boutique.launcher.FaultyProvider.Fault.NONE;
import static boutique.launcher.Payments.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.kernel.Unavailable;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.Statement;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.orders.OrderId;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.Standing;
import boutique.payments.books.Hints;
import boutique.payments.books.Reconciler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A charge of which the provider has said something that is not believed unasked")
@Timeout(60)
class ToldChargesTest {
  private static final Duration GRACE = Duration.ofMinutes(2);
  private static final Duration OFTEN = Duration.ofMillis(20);

  @TempDir Path data;
  private Payments shop;
  private Instant now = Payments.now();

  @BeforeEach
  void open() throws Exception {
    shop = Payments.alone(data, () -> NONE);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("is asked after at once, and nobody asks after it twice")
  void hinted() {
    var order = refundedAtTheDesk("desk");
    tells("evt_1", "sim_desk.1");
    tells("evt_2", "sim_none");

    hints(new FaultyProvider(shop.books, shop.views, () -> NONE)).go(shop.bus).await();

    assertThat(shop.stands(order).standing()).isEqualTo(Standing.PARTIALLY_REFUNDED);
    assertThat(waiting()).isEmpty();
    assertThat(shop.ask(new RefundPart(order, "r1", PRICE, "operator", now)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("payment.refund-too-much"));
  }

  @Test
  @DisplayName("is asked after beside those of which nobody knows whose they are")
  void hintedWithOurMark() {
    var order = refundedAtTheDesk("desk");
    var hint = new JsonObject().put("charge", "sim_desk.1");
    var place = "notices.ours.charges";
    shop.views.write(List.<Change>of(new Put(place, "evt_1", hint))).await();

    hints(new FaultyProvider(shop.books, shop.views, () -> NONE)).go(shop.bus).await();

    assertThat(shop.stands(order).standing()).isEqualTo(Standing.PARTIALLY_REFUNDED);
    assertThat(shop.views.scan(place, Page.first("", 100)).await()).isEmpty();
  }

  @Test
  @DisplayName("is let go of only if it is gone in the provider's books")
  void hintedOfAHold() {
    for (var hold : List.of("gone", "there")) {
      shop.ask(new PayOrder(shop.order(hold), Payments.ANNA, "tok_visa", true, now));
      tells("evt_" + hold, "sim_" + hold + ".1");
    }
    var book = Objects.requireNonNull(shop.views.get("simulated.charges", "gone.1").await());
    shop.views
        .write(List.of(new Put("simulated.charges", "gone.1", book.put("status", "voided"))))
        .await();

    hints(new FaultyProvider(shop.books, shop.views, () -> NONE)).go(shop.bus).await();

    assertThat(shop.stands(new OrderId("gone")).standing()).isEqualTo(Standing.CANCELLED);
    assertThat(shop.stands(new OrderId("there")).standing()).isEqualTo(Standing.AUTHORIZED);
    assertThat(waiting()).isEmpty();
  }

  @Test
  @DisplayName("does not wait for a round of the reconciler, however long that takes")
  void whileComparing() {
    var reading = Promise.<Statement>promise();
    var begun = Promise.<Void>promise();
    var provider =
        new FaultyProvider(shop.books, shop.views, () -> NONE) {
          @Override
          public Future<Statement> statement(Instant from, String after) {
            begun.tryComplete();
            return reading.future();
          }
        };
    var books = new Reconciler(shop.views, provider, () -> now, GRACE, GRACE);
    shop.joins(new Sweep("the books", OFTEN, books));
    shop.joins(new Sweep("charges", OFTEN, hints(provider)));
    begun.future().await();
    var order = refundedAtTheDesk("desk");

    tells("evt_1", "sim_desk.1");

    await().until(() -> shop.stands(order).standing().equals(Standing.PARTIALLY_REFUNDED));
    assertThat(reading.future().isComplete()).isFalse();
  }

  @Test
  @DisplayName("does not wait for others about which the provider never answers")
  void turns() {
    var provider =
        new FaultyProvider(shop.books, shop.views, () -> NONE) {
          @Override
          public Future<Optional<Statement.Entry>> entry(String reference) {
            return reference.equals("sim_silent")
                ? Future.failedFuture(new Unavailable("silence"))
                : super.entry(reference);
          }
        };
    IntStream.range(0, 50).forEach(n -> tells("evt_1" + n, "sim_silent"));
    var order = refundedAtTheDesk("desk");
    tells("evt_9", "sim_desk.1");

    var hints = hints(provider);
    for (var more = 0; more < 4; more++) {
      hints.go(shop.bus).await();
      now = now.plusSeconds(20);
    }

    assertThat(shop.stands(order).standing()).isEqualTo(Standing.PARTIALLY_REFUNDED);
    assertThat(waiting()).as("they are asked after again").hasSize(50);
  }

  private Hints hints(FaultyProvider provider) {
    return new Hints(shop.views, provider, () -> now, GRACE);
  }

  private OrderId refundedAtTheDesk(String name) {
    var order = shop.order(name);
    shop.pay(order, "tok_visa");
    var charge = "sim_" + name + ".1";
    shop.books.refund(new Return("at-the-desk", name, "", charge, new Money(500, "USD"))).await();
    return order;
  }

  private void tells(String message, String charge) {
    var hint = new JsonObject().put("charge", charge);
    shop.views.write(List.<Change>of(new Put("notices.charges", message, hint))).await();
  }

  private List<Entry> waiting() {
    return shop.views.scan("notices.charges", Page.first("", 100)).await();
  }
}
