package boutique.launcher;

import static boutique.launcher.FaultyProvider.Fault.NEVER_ARRIVES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.backends.embedded.LocalTimers;
import boutique.backends.embedded.SimulatedProvider;
import boutique.inventory.HoldDeadlines;
import boutique.inventory.InventoryRoom;
import boutique.inventory.Lapses;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.timers.Timers;
import boutique.kernel.views.ViewReader;
import boutique.language.Command;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.Reply;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand.BeginPayment;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.payments.PaymentCommand.CancelPayment;
import boutique.language.payments.PaymentCommand.CapturePayment;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Standing;
import boutique.language.pricing.Pricing;
import boutique.language.users.UserId;
import boutique.orders.Captures;
import boutique.orders.Deadlines;
import boutique.orders.Expiry;
import boutique.orders.OrderRoom;
import boutique.orders.Reminders;
import boutique.payments.Alarm;
import boutique.payments.PaymentRoom;
import boutique.payments.Settlement;
import boutique.payments.Unsettled;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Orders that nobody pays")
@Timeout(300)
class ExpiringOrdersTest {
  private static final ProductId VASE = new ProductId("vase");
  private static final UserId ANNA = new UserId("anna");
  private static final Context SOMEBODY = new Context("request", null, "anna");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_ONCE = 200;

  @TempDir Path data;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Queue<FaultyProvider.Fault> faults = new ConcurrentLinkedQueue<>();
  private Rooms rooms;

  @BeforeEach
  void open() throws Exception {
    rooms =
        new Rooms(data).with(OrderRoom.room(now::get)).with(new Deadlines()).with(new Captures());
    rooms
        .with(InventoryRoom.room(rooms.store()))
        .with(new HoldDeadlines())
        .hearing("inventory", InventoryRoom.HEARS, InventoryRoom.listening(now::get));
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  @DisplayName("are over at their deadline, five thousand in one second, and no other with them")
  void manyAtOnce() {
    var due = 5_000;
    var waiting = Integer.getInteger("expiry.waiting", 2_000);
    ask(new OpenStock(VASE, ANNA, due + waiting, NOON));
    place(0, due, NOON);
    place(due, waiting, NOON.plusSeconds(60));
    assertThat(available()).isZero();
    expire(new LocalTimers());

    var began = System.nanoTime();
    now.set(NOON.plus(WINDOW).plusMillis(999));

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(available()).isEqualTo(due));
    var took = Duration.ofNanos(System.nanoTime() - began);
    System.out.printf("%d orders expired, and their stock was back, in %s%n", due, took);
    assertThat(order(due - 1).cancelledBecause()).isEqualTo("expired");
    assertThat(order(due).status()).isEqualTo("created");
  }

  @Test
  @DisplayName("are over although nobody was there at their deadline, and all timers are lost")
  void sleptOver() {
    ask(new OpenStock(VASE, ANNA, 10, NOON));
    place(0, 10, NOON);

    now.set(NOON.plus(WINDOW).plus(Duration.ofDays(1)));
    expire(new LocalTimers());

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(available()).isEqualTo(10));
  }

  @Test
  @DisplayName("wait for a payment on its way, however many do, and hold up nobody else")
  void paying() {
    var paying = 1_200;
    ask(new OpenStock(VASE, ANNA, paying + 1, NOON));
    place(0, paying, NOON);
    place(paying, 1, NOON.plusMillis(1));
    all(
        paying,
        number ->
            new BeginPayment(
                id(number), ANNA, PaymentId.of(id(number)), new Money(350, "EUR"), NOON, NOON));
    expire(new LocalTimers());

    now.set(NOON.plus(WINDOW).plusSeconds(1));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(order(paying).status()).isEqualTo("cancelled"));
    assertThat(order(0).status()).isEqualTo("created");
    now.set(NOON.plus(WINDOW).plus(Duration.ofMinutes(10)));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(available()).isEqualTo(paying + 1));
  }

  @Test
  @DisplayName("are kept while their money is held, and over when nobody has captured it in time")
  void held() {
    var held = 300;
    charging();
    ask(new OpenStock(VASE, ANNA, held + 1, NOON));
    place(0, held, NOON);
    hold(held);
    await().atMost(PATIENCE).until(() -> reservations().scan(Page.first("", 1)).await().isEmpty());
    expire(new LocalTimers());
    lapse();

    now.set(NOON.plus(Duration.ofDays(6)).minusMillis(1));
    sweepBehind(held);
    assertThat(order(0).paymentStatus()).isEqualTo("authorized");
    assertThat(order(held - 1).status()).isEqualTo("created");

    now.set(NOON.plus(Duration.ofDays(6)));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(available()).isEqualTo(held + 1));
    assertThat(order(held - 1).cancelledBecause()).isEqualTo("expired");
  }

  @Test
  @DisplayName("are over at once when held money is let go of after the time to pay")
  void letGo() {
    charging();
    ask(new OpenStock(VASE, ANNA, 2, NOON));
    place(0, 2, NOON);
    hold(2);
    expire(new LocalTimers());
    var days = NOON.plus(Duration.ofDays(3));
    now.set(days);

    ask(new CancelPayment(id(0), days));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(order(0).cancelledBecause()).isEqualTo("expired"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(available()).isEqualTo(1));
    assertThat(order(1).paymentStatus()).isEqualTo("authorized");
  }

  @Test
  @DisplayName("are bought when their held money was captured, even if nobody here has heard of it")
  void capturedElsewhere() {
    var provider = charging();
    heldAlone();
    provider
        .capture(
            new Charge(
                "order-0.1", "order-0", "anna", new Money(350, "EUR"), "tok_visa", true, NOON),
            "sim_order-0.1")
        .await();

    now.set(NOON.plus(Duration.ofDays(6)));
    expire(new LocalTimers());

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(order(0).status()).isEqualTo("complete"));
    assertThat(provider.entry("sim_order-0.1").await())
        .hasValueSatisfying(entry -> assertThat(entry.returned().minor()).isZero());
  }

  @Test
  @DisplayName("wait for a capture that was asked for in time, however long it takes")
  void capturing() {
    charging();
    heldAlone();
    now.set(NOON.plus(Duration.ofDays(6)).minusSeconds(4));
    faults.add(NEVER_ARRIVES);
    ask(new CapturePayment(id(0), now.get()));
    now.set(NOON.plus(Duration.ofDays(6)).plusSeconds(3600));
    expire(new LocalTimers());

    sweepBehind(1);

    assertThat(order(0).status()).isEqualTo("created");
    settle();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(order(0).status()).isEqualTo("complete"));
    assertThat(payment(0).refunds()).isEmpty();
  }

  @Test
  @DisplayName("keep what they have until the provider has let go of their money, if it ever does")
  void silent() {
    charging();
    heldAlone();
    faults.add(NEVER_ARRIVES);
    now.set(NOON.plus(Duration.ofDays(6)));
    expire(new LocalTimers());

    sweepBehind(1);

    await().atMost(PATIENCE).until(() -> payment(0).standing() == Standing.CANCELLING);
    assertThat(order(0).status()).isEqualTo("created");
    assertThat(available()).isOne();
    now.set(NOON.plus(Duration.ofDays(6)).plusSeconds(3600));
    settle();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(order(0).cancelledBecause()).isEqualTo("expired"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(available()).isEqualTo(2));
  }

  @Test
  @DisplayName("are over in the end even if it passed by them that their money was let go of")
  void unheard() {
    charging();
    heldAlone();
    var payment = PaymentId.of(id(0)).stream();
    var version = rooms.bus().look(payment).await().version() + 1;
    var before = new PaymentCancelled(id(0), PaymentId.of(id(0)), NOON.minusSeconds(1));
    var fact = Recorded.of(payment, version, before, NOON, SOMEBODY);
    rooms.store().append(new Commit(payment, version, List.of(fact))).await();
    now.set(NOON.plus(Duration.ofDays(6)));

    expire(new LocalTimers());

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(order(0).cancelledBecause()).isEqualTo("expired"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(available()).isEqualTo(2));
  }

  /** Where money can be held, by a provider whose line may fail. */
  private PaymentProvider charging() {
    var views = rooms.views();
    var books = new SimulatedProvider(rooms.vertx(), views, now::get, Duration.ZERO, () -> false);
    var provider = new FaultyProvider(books, views, FaultyProvider.inTurn(faults));
    rooms
        .with(PaymentRoom.room(provider, now::get, new Alarm()))
        .with(new Unsettled())
        .hearing("orders", OrderRoom.HEARS, OrderRoom::reactions)
        .hearing("payments", PaymentRoom.HEARS, PaymentRoom::reactions);
    return books;
  }

  /** Takes up what the provider has not answered. */
  private void settle() {
    rooms.with(new Settlement(rooms.views(), now::get, Duration.ofMillis(40)));
  }

  private void heldAlone() {
    ask(new OpenStock(VASE, ANNA, 2, NOON));
    place(0, 1, NOON);
    hold(1);
  }

  private PaymentFace payment(int number) {
    return (PaymentFace) rooms.bus().look(PaymentId.of(id(number)).stream()).await().face();
  }

  /** Which of them lapse by themselves. */
  private ViewReader reservations() {
    return new ViewReader(rooms.views(), HoldDeadlines.NAME);
  }

  private void lapse() {
    var lapses = new Lapses(rooms.views(), now::get, Future::succeededFuture);
    rooms.with(new Sweep("kept stock", Duration.ofMillis(50), lapses));
  }

  private void hold(int count) {
    all(count, number -> new PayOrder(id(number), ANNA, "tok_visa", true, NOON));
    await()
        .atMost(PATIENCE)
        .until(() ->
            IntStream.range(0, count)
                .allMatch(number -> order(number).paymentStatus().equals(OrderFace.AUTHORIZED)));
  }

  /** Whatever was due before has been looked at: one that was placed last, and is due, is over. */
  private void sweepBehind(int number) {
    place(number, 1, now.get().minus(WINDOW));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(available()).isEqualTo(1));
  }

  private void expire(Timers timers) {
    var reminders = new Reminders(rooms.views(), timers, now::get, WINDOW);
    rooms
        .with(new Expiry(timers, now::get))
        .with(new Sweep("deadlines", Duration.ofMillis(200), reminders));
  }

  private void place(int first, int count, Instant at) {
    var lines = List.of(new OrderLine(VASE, "Vase", new Money(350, "EUR"), 1));
    var quote = Pricing.quote(lines.stream().map(OrderLine::item).toList(), List.of()).quote();
    all(
        count,
        number ->
            new PlaceOrder(id(first + number), ANNA, lines, quote, CartLock.NONE, WINDOW, at));
  }

  private interface Asked {
    Command of(int number);
  }

  private void all(int count, Asked asked) {
    for (var batch = 0; batch < count; batch += AT_ONCE) {
      Future.all(
              IntStream.range(batch, Math.min(count, batch + AT_ONCE))
                  .mapToObj(number -> rooms.bus().ask(asked.of(number), SOMEBODY))
                  .toList())
          .await();
    }
  }

  private void ask(Command command) {
    assertThat(rooms.bus().ask(command, SOMEBODY).await()).isInstanceOf(Reply.Done.class);
  }

  private OrderFace order(int number) {
    return (OrderFace) rooms.bus().look(id(number).stream()).await().face();
  }

  private long available() {
    return rooms.stock(VASE).available();
  }

  private static OrderId id(int number) {
    return new OrderId("order-" + number);
  }
}
