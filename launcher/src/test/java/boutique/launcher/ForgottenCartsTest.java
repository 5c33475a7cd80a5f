package boutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.carts.CartRoom;
import boutique.carts.Forgetting;
import boutique.carts.GuestCarts;
import boutique.kernel.Bus;
import boutique.kernel.room.RoomVerticle;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.views.Projection;
import boutique.kernel.views.ViewReader;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.carts.CartCommand;
import boutique.language.carts.CartCommand.AddToCart;
import boutique.language.carts.CartCommand.HandOver;
import boutique.language.carts.CartFace;
import boutique.language.carts.CartId;
import boutique.language.catalog.ProductId;
import boutique.language.codec.RecordCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The cart of a guest")
@Timeout(120)
class ForgottenCartsTest {
  private static final Instant TODAY = Instant.parse("2026-03-31T12:00:00Z");
  private static final Context CONTEXT = new Context("test", null, "test");
  private static final CartId GONE = CartId.guest("gone");
  private static final CartId BACK = CartId.guest("back");
  private static final CartId JOINED = CartId.guest("joined");
  private static final CartId ACCOUNT = new CartId("ann");

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private RocksDatabase database;
  private ViewReader guests;
  private Bus bus;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    RecordCodec.register(vertx.eventBus());
    var store = new RocksEventStore(database);
    var views = new RocksViews(database);
    guests = new ViewReader(views, GuestCarts.NAME);
    bus = new Bus(vertx);
    var clock = InstantSource.fixed(TODAY);
    get(vertx.deployVerticle(new RoomVerticle<>(CartRoom.ROOM, store, views)));
    get(
        vertx.deployVerticle(
            new Projection(new GuestCarts(), new RocksFactLog(database), store, views)));
    get(
        vertx.deployVerticle(
            new Sweep(
                "carts",
                Duration.ofMillis(50),
                new Forgetting(views, clock, Duration.ofDays(30)))));
  }

  @AfterEach
  void close() {
    get(vertx.close());
    get(database.close());
  }

  @Test
  @DisplayName("is forgotten when nobody has changed it for 30 days, and no other cart is")
  void forgets() {
    add(GONE, 40, 1);
    add(GONE, 31, 2);
    add(BACK, 40, 1);
    add(BACK, 29, 2);
    add(ACCOUNT, 400, 1);
    add(JOINED, 40, 1);
    tell(new HandOver(JOINED, ACCOUNT, List.of(), ago(39)));

    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> {
          assertThat(lines(GONE)).isZero();
          assertThat(get(guests.scan(Page.first("", 10))))
              .singleElement()
              .satisfies(entry -> assertThat(entry.key()).endsWith(BACK.value()));
        });
    assertThat(lines(BACK)).isEqualTo(2);
    assertThat(lines(ACCOUNT)).isEqualTo(1);
  }

  private void add(CartId cart, long days, int thing) {
    var product = new ProductId("thing-" + thing);
    var price = new Money(100, "USD");
    tell(new AddToCart(cart, product, "Thing", price, 1, "request-" + thing, ago(days)));
  }

  private void tell(CartCommand command) {
    get(bus.ask(command, CONTEXT));
  }

  private int lines(CartId cart) {
    return get(bus.look(cart.stream())).face() instanceof CartFace face ? face.lines().size() : -1;
  }

  private static Instant ago(long days) {
    return TODAY.minus(Duration.ofDays(days));
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
