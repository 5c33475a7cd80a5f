package boutique.launcher;

import static boutique.launcher.FaultyProvider.Fault.NONE;
import static boutique.launcher.Payments.ANNA;
import static boutique.launcher.Payments.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.kernel.payment.Charge;
import boutique.kernel.room.RoomVerticle;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.views.Projection;
import boutique.kernel.views.ViewReader;
import boutique.language.Command;
import boutique.language.Money;
import boutique.language.discrepancies.DiscrepancyCommand.CloseDiscrepancy;
import boutique.language.discrepancies.DiscrepancyCommand.ReopenDiscrepancy;
import boutique.language.discrepancies.DiscrepancyId;
import boutique.language.discrepancies.Figures;
import boutique.payments.books.Closings;
import boutique.payments.books.DiscrepanciesRoom;
import boutique.payments.books.Reconciler;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A line that somebody has closed")
@Timeout(60)
class ClosedDiscrepanciesTest {
  private static final Duration GRACE = Duration.ofMinutes(2);
  private static final String BOOKS = "simulated.charges";
  private static final DiscrepancyId FOREIGN =
      DiscrepancyId.of("charge-without-payment", "nobody", "sim_nobody.1");

  @TempDir Path data;
  private Payments shop;
  private Reconciler reconciler;
  private Instant now = Payments.now();

  @BeforeEach
  void open() throws Exception {
    shop = Payments.alone(data, () -> NONE);
    shop.joins(new RoomVerticle<>(DiscrepanciesRoom.ROOM, shop.store, shop.views));
    shop.joins(new Projection(new Closings(), shop.log, shop.store, shop.views));
    reconciler = new Reconciler(shop.views, shop.books, () -> now, GRACE, GRACE);
    shop.books
        .charge(new Charge("nobody.1", "nobody", "anna", PRICE, "tok_visa", false, Payments.now()))
        .await();
    rests();
    rests();
    assertThat(report().getInteger("counted")).isEqualTo(1);
    assertThat(unreconciled()).containsEntry("USD", PRICE.minor());
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("counts no more, and stays in the list")
  void closed() {
    decide(closing(PRICE));
    rests();

    assertThat(report().getInteger("closed")).isEqualTo(1);
    assertThat(report().getInteger("found")).isZero();
    assertThat(report().getInteger("counted")).isZero();
    assertThat(unreconciled()).isEmpty();
    assertThat(shop.views.get("discrepancies", FOREIGN.value()).await()).isNotNull();
  }

  @Test
  @DisplayName("counts again as soon as it is about another amount")
  void changed() {
    decide(closing(PRICE));
    var book = Objects.requireNonNull(shop.views.get(BOOKS, "nobody.1").await());
    var more = PRICE.minor() + 1;
    shop.views.write(List.of(new Put(BOOKS, "nobody.1", book.put("amount", more)))).await();
    rests();

    assertThat(report().getInteger("closed")).isZero();
    assertThat(unreconciled()).containsEntry("USD", more);

    decide(closing(new Money(more, "USD")));
    rests();
    assertThat(unreconciled()).isEmpty();
  }

  @Test
  @DisplayName("counts again when it was gone and is back, be it with the same figures")
  void back() {
    decide(closing(PRICE));
    var book = Objects.requireNonNull(shop.views.get(BOOKS, "nobody.1").await());
    var returned = book.copy().put("status", "voided");
    shop.views.write(List.of(new Put(BOOKS, "nobody.1", returned))).await();
    rests();
    rests();
    assertThat(shop.views.get("discrepancies", FOREIGN.value()).await()).isNull();
    shop.views.write(List.of(new Put(BOOKS, "nobody.1", book))).await();
    rests();
    rests();

    assertThat(report().getInteger("closed")).isZero();
    assertThat(unreconciled()).containsEntry("USD", PRICE.minor());

    decide(closing(PRICE));
    rests();
    assertThat(unreconciled()).isEmpty();
  }

  @Test
  @DisplayName("counts again when somebody says so")
  void reopened() {
    decide(closing(PRICE));
    decide(new ReopenDiscrepancy(FOREIGN, ANNA, now));
    rests();

    assertThat(report().getInteger("closed")).isZero();
    assertThat(unreconciled()).containsEntry("USD", PRICE.minor());
  }

  private CloseDiscrepancy closing(Money amount) {
    var figures = new Figures(new Money(0, "USD"), amount, amount);
    return new CloseDiscrepancy(
        FOREIGN, "charge-without-payment", figures, since(), false, ANNA, "The fair's.", now);
  }

  private Instant since() {
    var found = Objects.requireNonNull(shop.views.get("discrepancies", FOREIGN.value()).await());
    return Instant.parse(found.getString("since"));
  }

  /** Until the list has seen it. */
  private void decide(Command command) {
    shop.ask(command);
    var list = new ViewReader(shop.views, Closings.NAME);
    await()
        .until(() ->
            command instanceof CloseDiscrepancy close
                ? isAt(list.get(FOREIGN.value()).await(), close)
                : list.get(FOREIGN.value()).await() == null);
  }

  private static boolean isAt(@Nullable JsonObject closing, CloseDiscrepancy close) {
    return closing != null
        && closing.getLong("amount") == close.figures().amount().minor()
        && closing.getString("at").equals(close.at().toString());
  }

  private void rests() {
    now = now.plus(GRACE);
    reconciler.go(shop.bus).await();
  }

  private Map<String, Long> unreconciled() {
    var amounts = new TreeMap<String, Long>();
    report()
        .getJsonObject("unreconciledAmount")
        .forEach(one -> amounts.put(one.getKey(), ((Number) one.getValue()).longValue()));
    return amounts;
  }

  private JsonObject report() {
    return Objects.requireNonNull(shop.views.get("reconciliation", "report").await());
  }
}
