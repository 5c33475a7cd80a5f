package boutique.journeys;

import static boutique.journeys.Patience.await;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Buying something")
@Timeout(300)
class BuyingSomethingIT {
  private static final int BUYERS = 64;

  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper seller;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data);
    seller = Shopper.signedUp(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  @DisplayName("the flow of the first page works with no header beyond a JSON body")
  void signUpOfferOrder() {
    var buyer = Shopper.signedUp(shop);
    var product = buyer.offers("iPhone", "999", 5);

    var order = buyer.orders(product, 2).json(201);

    assertThat(order.get("userId").asText()).isEqualTo(buyer.id());
    assertThat(order.get("status").asText()).isEqualTo("created");
    assertThat(order.get("paymentStatus").asText()).isEqualTo("awaiting");
    assertThat(order.get("fulfilmentStatus").asText()).isEqualTo("none");
    assertThat(order.get("total").decimalValue()).isEqualByComparingTo("1998");
    assertThat(order.get("currency").asText()).isEqualTo("USD");
    assertThat(order.get("items")).hasSize(1);
    assertThat(order.get("items").get(0).get("title").asText()).isEqualTo("iPhone");
    assertThat(order.get("version").asLong()).isEqualTo(2);
  }

  @Test
  @DisplayName("an order is there for its buyer at once, and in the list soon")
  void placedOrderIsSeen() {
    var buyer = Shopper.signedUp(shop);
    var product = seller.offers("Vase", "19.99", 5);

    var order = buyer.numbered(buyer.orders(product, 1).json(201));

    assertThat(buyer.order(order.get("id").asText()).json(200)).isEqualTo(order);
    assertThat(seller.stock(product)).isEqualTo(4);
    await().untilAsserted(() -> assertThat(buyer.orders()).singleElement().isEqualTo(order));
    await()
        .untilAsserted(() ->
            assertThat(buyer.products())
                .filteredOn(listed -> listed.get("id").asText().equals(product))
                .singleElement()
                .satisfies(listed -> assertThat(listed.get("quantity").asLong()).isEqualTo(4)));
  }

  @Test
  @DisplayName("a cancelled order gives its stock back, once, however often it is cancelled")
  void cancelGivesBack() {
    var buyer = Shopper.signedUp(shop);
    var product = seller.offers("Lamp", "40", 5);
    var id = buyer.numbered(buyer.orders(product, 3).json(201)).get("id").asText();

    var cancelled = buyer.cancels(id).json(200);
    var again = buyer.delete("/api/orders/" + id).json(200);

    assertThat(cancelled.get("status").asText()).isEqualTo("cancelled");
    assertThat(cancelled.get("cancelledBecause").asText()).isEqualTo("user");
    assertThat(again).isEqualTo(cancelled);
    assertThat(buyer.order(id).json(200)).isEqualTo(cancelled);
    await().untilAsserted(() -> assertThat(seller.stock(product)).isEqualTo(5));
    await().untilAsserted(() -> assertThat(buyer.orders()).singleElement().isEqualTo(cancelled));
  }

  @Test
  @DisplayName("somebody else's order does not exist, to look at or to cancel")
  void notTheirs() {
    var buyer = Shopper.signedUp(shop);
    var other = Shopper.signedUp(shop);
    var product = seller.offers("Scarf", "15", 5);
    var order = buyer.numbered(buyer.orders(product, 1).json(201));
    var id = order.get("id").asText();

    other.order(id).problem(404, "order.not-found");
    other.cancels(id).problem(404, "order.not-found");
    other.delete("/api/orders/" + id).problem(404, "order.not-found");

    assertThat(other.orders()).isEmpty();
    assertThat(buyer.order(id).json(200)).isEqualTo(order);
  }

  @Test
  @DisplayName("nobody gets what nobody has signed in for")
  void strangersBuyNothing() {
    var stranger = Shopper.stranger(shop);
    var product = seller.offers("Board", "25", 5);

    stranger.orders(product, 1).problem(401, "auth.required");
    stranger.get("/api/orders").problem(401, "auth.required");

    assertThat(stranger.stock(product)).isEqualTo(5);
  }

  @Test
  @DisplayName("more than there is cannot be ordered, and the answer says what is left")
  void notMoreThanThereIs() {
    var buyer = Shopper.signedUp(shop);
    var product = seller.offers("Throw", "72", 3);

    var refused = buyer.orders(product, 4).problem(409, "stock.insufficient");

    assertThat(refused.get("available").asLong()).isEqualTo(3);
    assertThat(refused.get("productId").asText()).isEqualTo(product);
    assertThat(seller.stock(product)).isEqualTo(3);
    assertThat(buyer.orders()).isEmpty();
  }

  @Test
  @DisplayName("an order of several things is placed whole or not at all")
  void allOrNothing() {
    var buyer = Shopper.signedUp(shop);
    var plenty = seller.offers("Mug", "16", 9);
    var scarce = seller.offers("Print", "180", 1);

    buyer.orders(Map.of(plenty, 2L, scarce, 2L)).problem(409, "stock.insufficient");

    assertThat(seller.stock(plenty)).isEqualTo(9);
    assertThat(seller.stock(scarce)).isEqualTo(1);
  }

  @Test
  @DisplayName("the same key twice is one order, and the same key for something else is refused")
  void idempotencyKey() {
    var buyer = Shopper.signedUp(shop);
    var other = Shopper.signedUp(shop);
    var product = seller.offers("Notebook", "29.50", 9);

    var first = buyer.orders("key-1", Map.of(product, 2L)).json(201);
    var again = buyer.orders("key-1", Map.of(product, 2L)).json(201);
    var somebodyElses = other.orders("key-1", Map.of(product, 1L)).json(201);

    buyer.orders("key-1", Map.of(product, 3L)).problem(422, "idempotency.mismatch");
    assertThat(again).isEqualTo(first);
    assertThat(somebodyElses.get("id")).isNotEqualTo(first.get("id"));
    assertThat(seller.stock(product)).isEqualTo(6);
  }

  @Test
  @DisplayName("the same key at the same time is one order as well")
  void idempotencyKeyAtOnce() {
    var buyer = Shopper.signedUp(shop);
    var product = seller.offers("Slippers", "49", 9);

    var answers = together(16, _ -> buyer.orders("key-2", Map.of(product, 2L)));

    assertThat(answers)
        .extracting(answer -> answer.json(201).get("id"))
        .containsOnly(answers.getFirst().json().get("id"));
    assertThat(seller.stock(product)).isEqualTo(7);
  }

  @Test
  @DisplayName("sixty-four buyers who want fifty things three hundred times get fifty")
  void neverOversold() {
    var buyers = Stream.generate(() -> Shopper.signedUp(shop)).limit(BUYERS).toList();
    var product = seller.offers("Sale", "10", 50);

    var answers = together(300, attempt -> buyers.get(attempt % BUYERS).orders(product, 1));

    assertThat(answers.stream().collect(groupingBy(Answer::status, counting())))
        .isEqualTo(Map.of(201, 50L, 409, 250L));
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 409)
        .allSatisfy(answer -> answer.problem(409, "stock.insufficient"));
    assertThat(seller.stock(product)).isZero();
    await()
        .untilAsserted(() ->
            assertThat(buyers.stream().mapToInt(buyer -> buyer.orders().size()).sum())
                .isEqualTo(50));
  }

  @Test
  @DisplayName("what is not paid in time is called off, and its stock is back")
  void paymentWindow(@TempDir Path other) {
    try (var impatient = ShopProcess.open(other, "--orders.paymentWindow=1s")) {
      var buyer = Shopper.signedUp(impatient);
      var product = buyer.offers("Basket", "12", 5);
      var order = buyer.orders(product, 2).json(201);
      var id = order.get("id").asText();

      await()
          .untilAsserted(() ->
              assertThat(buyer.order(id).json(200).get("status").asText()).isEqualTo("cancelled"));

      var cancelled = buyer.order(id).json(200);
      assertThat(cancelled.get("cancelledBecause").asText()).isEqualTo("expired");
      assertThat(cancelled.get("expiresAt")).isEqualTo(order.get("expiresAt"));
      await().untilAsserted(() -> assertThat(buyer.stock(product)).isEqualTo(5));
    }
  }

  private interface Deed<T> {
    T done(int number);
  }

  /** As many at once as there are. */
  private static <T> List<T> together(int count, Deed<T> deed) {
    try (var everybody = Executors.newVirtualThreadPerTaskExecutor()) {
      var deeds =
          IntStream.range(0, count)
              .mapToObj(number -> (Callable<T>) () -> deed.done(number))
              .toList();
      var done = new ArrayList<T>();
      for (var one : everybody.invokeAll(deeds)) {
        assertThat(one.state()).as(() -> "" + one.exceptionNow()).isEqualTo(Future.State.SUCCESS);
        done.add(one.resultNow());
      }
      return done;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
