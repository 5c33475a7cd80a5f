package boutique.benchmarks;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksViews;
import boutique.benchmarks.Callers.Load;
import boutique.inventory.InventoryRoom;
import boutique.kernel.Bus;
import boutique.kernel.room.RoomVerticle;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.catalog.ProductId;
import boutique.language.codec.RecordCodec;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Whether a product that everybody wants at once costs more than many that few want. */
final class Hot implements Benchmark {
  private static final double BAR = 1.0;
  private static final int CALLERS = 256;
  private static final int PRODUCTS = 10_000;
  private static final int WARM_UPS = 12;
  private static final int ROUNDS = 24;
  private static final int SLICES_OF_A_PRODUCT = 8;
  private static final long PLENTY = 1_000_000_000;
  private static final Duration SLICE = Duration.ofMillis(150);
  private static final long PATIENCE_SECONDS = 30;

  @Override
  public String name() {
    return "hot";
  }

  @Override
  public String question() {
    return CALLERS + " reservations in flight: of one product, against " + PRODUCTS + " products";
  }

  @Override
  public List<Row> measure(Place place) throws Exception {
    var directory = place.fresh("hot");
    var database = RocksDatabase.open(directory);
    var vertx = Vertx.vertx();
    try {
      return rows(new Room(vertx, database));
    } finally {
      vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      database.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Place.delete(directory);
    }
  }

  private static List<Row> rows(Room room) throws Exception {
    room.open();
    Rounds.of(WARM_UPS, room::hot, room::spread);
    var sides = Rounds.of(ROUNDS, room::hot, room::spread);
    var hot = sides.get(0);
    var spread = sides.get(1);
    var rate = Samples.of(hot, Load::perSecond);
    var spreadRate = Samples.of(spread, Load::perSecond);
    var ratio = rate.over(spreadRate);
    var cpu = Samples.of(hot, Load::cpuMicrosEach);
    var spreadCpu = Samples.of(spread, Load::cpuMicrosEach);
    var held = hot.stream().mapToDouble(Load::answered).sum() * SLICES_OF_A_PRODUCT / ROUNDS;
    return List.of(
        Row.compared("commands/s", rate.text(0), "spread: " + spreadRate.text(0), ratio)
            .atLeast(BAR, ratio),
        counted("commits per command", 0, hot, spread, 4),
        counted("fsyncs per command", 1, hot, spread, 4),
        Row.compared(
            "core-µs per command, callers included",
            cpu.text(1),
            "spread: " + spreadCpu.text(1),
            cpu.over(spreadCpu)),
        Row.note("reservations that a hot product comes to hold", Row.number(held, 0)));
  }

  private static Row counted(
      String what, int counter, List<Load> hot, List<Load> spread, int decimals) {
    var each = Samples.of(hot, load -> load.each(counter));
    var eachSpread = Samples.of(spread, load -> load.each(counter));
    return Row.compared(
        what, each.text(decimals), "spread: " + eachSpread.text(decimals), each.over(eachSpread));
  }

  /** The inventory room on a node, as the shop deploys it. */
  private static final class Room {
    private static final Context CONTEXT = new Context("bench", null, "bench");
    private static final UserId SELLER = new UserId("bench");

    private final Vertx vertx;
    private final Counted store;
    private final RocksViews views;
    private final Bus bus;
    private final AtomicLong orders = new AtomicLong();
    private final AtomicLong syncs = new AtomicLong();
    private final AtomicLong turns = new AtomicLong();
    private ProductId hotProduct = cold(0);
    private int hotSlices;

    Room(Vertx vertx, RocksDatabase database) {
      this.vertx = vertx;
      this.store = new Counted(new RocksEventStore(database));
      this.views = new RocksViews(database);
      this.bus = new Bus(vertx);
      store.onAppend(syncs::incrementAndGet);
    }

    void open() throws Exception {
      RecordCodec.register(vertx.eventBus());
      bus.news(_ -> {}); // as a gateway without sockets listens
      vertx
          .deployVerticle(
              () -> new RoomVerticle<>(InventoryRoom.room(store), store, views),
              new DeploymentOptions().setInstances(Callers.LOOPS))
          .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      for (var from = 0; from < PRODUCTS; from += 1_000) {
        var opened = new ArrayList<Future<Reply>>();
        for (var product = from; product < from + 1_000; product++) {
          opened.add(ask(new OpenStock(cold(product), SELLER, PLENTY, Instant.now())));
        }
        Future.all(opened).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }

    /** Of a product that got hot a moment ago, as at the beginning of a sale. */
    Load hot() throws Exception {
      if (hotSlices++ % SLICES_OF_A_PRODUCT == 0) {
        hotProduct = new ProductId("hot-" + hotSlices);
        ask(new OpenStock(hotProduct, SELLER, PLENTY, Instant.now()))
            .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      var product = hotProduct;
      return reserve(() -> product);
    }

    /** By a prime stride, so that neighbours in time are not neighbours in the store. */
    Load spread() throws Exception {
      return reserve(() -> cold((int) (turns.getAndIncrement() * 7_919 % PRODUCTS)));
    }

    private Load reserve(Supplier<ProductId> product) throws Exception {
      return Callers.load(
          vertx,
          CALLERS,
          SLICE,
          () ->
              ask(
                  new ReserveStock(
                      product.get(),
                      new OrderId(SampleOrder.id(orders.getAndIncrement())),
                      1,
                      Instant.now())),
          store::appends,
          syncs::get);
    }

    private Future<Reply> ask(InventoryCommand command) {
      return bus.ask(command, CONTEXT)
          .map(reply ->
              switch (reply) {
                case Done done -> done;
                case Refused refused -> throw new IllegalStateException(refused.toString());
              });
    }

    private static ProductId cold(int number) {
      return new ProductId("0198f3a0-0001-7c3e-9a51-" + number);
    }
  }
}
