package boutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.inventory.HoldDeadlines;
import boutique.inventory.InventoryRoom;
import boutique.inventory.Lapses;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.views.ViewReader;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.AllocateStock;
import boutique.language.inventory.InventoryCommand.HoldStock;
import boutique.language.inventory.InventoryCommand.JoinLine;
import boutique.language.inventory.InventoryCommand.OpenSale;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.inventory.InventoryCommand.SetPolicy;
import boutique.language.inventory.StockFace;
import boutique.language.inventory.StockPolicy;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Stock that is kept until some time")
@Timeout(120)
class LapsingStockTest {
  private static final ProductId VASE = new ProductId("vase");
  private static final OrderId ORDER = new OrderId("order-1");
  private static final Context SOMEBODY = new Context("request", null, "somebody");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant SOON = NOW.plusSeconds(900);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path data;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final Promise<Void> heardAll = Promise.promise();
  private Rooms rooms;

  @BeforeEach
  void open() throws Exception {
    rooms = new Rooms(data).with(new HoldDeadlines());
    rooms.with(InventoryRoom.room(rooms.store()));
    ask(new OpenStock(VASE, new UserId("anna"), 5, NOW));
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  @DisplayName("for an order, is available again when that time is over")
  void order() {
    heardAll.complete();
    ask(new ReserveStock(VASE, ORDER, 3, null, SOON, NOW));
    sweep();
    assertThat(stock().available()).isEqualTo(2);

    now.set(SOON);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(stock().available()).isEqualTo(5));
    awaitDeadlines(0);
  }

  @Test
  @DisplayName("for a cart, is available again when that time is over, and not before the new one")
  void cart() {
    heardAll.complete();
    ask(new SetPolicy(VASE, StockPolicy.RESERVE_ON_CART, NOW));
    ask(new HoldStock(VASE, "cart", 3, NOW.plusSeconds(5), NOW));
    ask(new HoldStock(VASE, "cart", 2, SOON, NOW));
    awaitDeadlines(1);
    sweep();

    now.set(SOON);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(stock().available()).isEqualTo(5));
    awaitDeadlines(0);
  }

  @Test
  @DisplayName("for whose turn it is, is the next one's when that time is over")
  void turn() {
    heardAll.complete();
    ask(new OpenSale(VASE, 5, Duration.between(NOW, SOON), NOW));
    ask(new JoinLine(VASE, new UserId("ben"), 5, NOW));
    ask(new JoinLine(VASE, new UserId("cleo"), 2, NOW));
    awaitDeadlines(1);
    sweep();

    now.set(SOON);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(stock().available()).isEqualTo(3));
    awaitDeadlines(1);
    ask(new ReserveStock(VASE, ORDER, 2, "cleo", null, SOON));
  }

  @Test
  @DisplayName("stays where it is as long as the room has not heard everything")
  void notBeforeAllIsHeard() {
    ask(new ReserveStock(VASE, ORDER, 3, null, SOON, NOW));
    now.set(SOON);
    sweep();
    awaitDeadlines(1);

    ask(new AllocateStock(VASE, ORDER, 3, NOW, SOON));
    heardAll.complete();

    awaitDeadlines(0);
    assertThat(stock().allocated()).isEqualTo(3);
  }

  private void sweep() {
    var lapses = new Lapses(rooms.views(), now::get, this::heard);
    rooms.with(new Sweep("stock", Lapses.EVERY, lapses));
  }

  private Future<Void> heard() {
    return heardAll.future();
  }

  private void awaitDeadlines(int count) {
    var deadlines = new ViewReader(rooms.views(), HoldDeadlines.NAME);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(deadlines.scan(Page.first("", 9)).await()).hasSize(count));
  }

  private void ask(InventoryCommand command) {
    assertThat(rooms.bus().ask(command, SOMEBODY).await()).isInstanceOf(Reply.Done.class);
  }

  private StockFace stock() {
    return rooms.stock(VASE);
  }
}
