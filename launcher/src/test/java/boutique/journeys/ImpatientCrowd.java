package boutique.journeys;

import static boutique.journeys.Patience.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Buyers who press several times, each order of theirs until they know what has become of it. Some
 * change their minds while they pay, and operators give back what some have paid, twice. Whoever is
 * left without an answer, because the shop has died, asks again when there is one.
 */
final class ImpatientCrowd implements AutoCloseable {
  private static final int BUYERS = 24;
  private static final int CLIENTS = 3;
  private static final int AT_A_TIME = 1_000;
  private static final Duration SESSION = Duration.ofMinutes(5);
  private static final String EMAIL = "impatient-%d@example.com";

  private final List<Order> orders;
  private final List<Shopper> buyers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<String> strange = new ConcurrentLinkedQueue<>();
  private Shopper operator = Shopper.at(URI.create("http://127.0.0.1:9"));
  private String product = "";
  private @Nullable ShopProcess door;
  private long signedIn;

  /** An order, and what is known of it. */
  static final class Order {
    private final int number;
    private volatile String id = "";
    private volatile String status = "";
    private volatile boolean settled;

    private Order(int number) {
      this.number = number;
    }

    String id() {
      return id;
    }

    boolean goesBack() {
      return number % 10 == 3;
    }

    boolean mayBeCancelled() {
      return number % 10 == 7;
    }

    boolean isCancelled() {
      return status.equals("cancelled");
    }
  }

  ImpatientCrowd(int many) {
    orders = IntStream.range(0, many).mapToObj(Order::new).toList();
  }

  List<Order> orders() {
    return orders;
  }

  /** What nobody should ever be told, whatever happens. */
  List<String> strange() {
    return List.copyOf(strange);
  }

  /** Those who have been there before come again, as the operator does. */
  void comesTo(ShopProcess shop) {
    door = shop;
    if (buyers.isEmpty()) {
      IntStream.range(0, BUYERS)
          .mapToObj(n -> Shopper.signedUp(shop, EMAIL.formatted(n)))
          .forEach(buyers::add);
      product = buyers.getFirst().offers("Mug", "19", 1_000_000);
    }
    operator = Shopper.operator(shop);
    signedIn = System.nanoTime();
  }

  /** Each order once more, as long as that makes sense. */
  void goesOn(BooleanSupplier still) {
    var open = orders.stream().filter(order -> !order.settled).toList();
    for (var from = 0; from < open.size() && still.getAsBoolean(); from += AT_A_TIME) {
      stayIn();
      goesOn(open.subList(from, Math.min(open.size(), from + AT_A_TIME)), still);
    }
  }

  /** Again and again: on a bad day once is not enough for anything to happen. */
  void goesOnUntilAllIsSettled(BooleanSupplier still, Duration most) {
    var begun = System.nanoTime();
    while (still.getAsBoolean() && !isAllSettled() && System.nanoTime() - begun < most.toNanos()) {
      goesOn(still);
    }
  }

  private boolean isAllSettled() {
    return orders.stream().allMatch(order -> order.settled);
  }

  private void goesOn(List<Order> some, BooleanSupplier still) {
    var next = new AtomicInteger();
    var shopping =
        IntStream.range(0, BUYERS)
            .<Future<?>>mapToObj(n ->
                threads.submit(() -> {
                  for (var at = next.getAndIncrement();
                      at < some.size() && still.getAsBoolean();
                      at = next.getAndIncrement()) {
                    goesOn(some.get(at));
                  }
                }))
            .toList();
    shopping.forEach(ImpatientCrowd::join);
  }

  /** A session lasts for minutes, and so does this; nobody is at anything meanwhile. */
  private void stayIn() {
    if (System.nanoTime() - signedIn < SESSION.toNanos() || door == null) {
      return;
    }
    try {
      for (var n = 0; n < BUYERS; n++) {
        buyers.get(n).signsIn(EMAIL.formatted(n));
      }
      operator = Shopper.operator(door);
      signedIn = System.nanoTime();
    } catch (UncheckedIOException nobodyAnswers) {
      return; // tried again when somebody does
    }
  }

  void goesOnUntilAllIsSettled() {
    await()
        .atMost(Duration.ofMinutes(30))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          goesOn(() -> true);
          return isAllSettled();
        });
  }

  private void goesOn(Order order) {
    var buyer = buyers.get(order.number % BUYERS);
    try {
      if (order.id.isEmpty()) {
        places(order, buyer);
      }
      if (!order.id.isEmpty()) {
        pays(order, buyer);
        learns(order, buyer);
      }
    } catch (UncheckedIOException nobodyAnswers) {
      order.settled = false; // asked again when somebody does
    }
  }

  private void places(Order order, Shopper buyer) {
    var answer =
        expected(
            buyer.post(
                "/api/orders",
                Shopper.order(Map.of(product, 1L)),
                "Idempotency-Key",
                "order-" + order.number));
    if (answer.status() == 201) {
      order.id = answer.json().get("id").asText();
    }
  }

  /** Several times at once; and who changes their mind does so meanwhile. */
  private void pays(Order order, Shopper buyer) {
    var body = json().put("orderId", order.id).put("token", "tok_visa");
    var presses =
        Stream.concat(
                Stream.generate(() -> threads.submit(() -> asks(buyer, "/api/payments", body)))
                    .limit(CLIENTS),
                order.mayBeCancelled()
                    ? Stream.of(
                        threads.submit(
                            () -> asks(buyer, "/api/orders/" + order.id + "/cancel", json())))
                    : Stream.empty())
            .toList();
    presses.forEach(ImpatientCrowd::join);
  }

  private void asks(Shopper buyer, String path, ObjectNode body) {
    try {
      expected(buyer.post(path, body));
    } catch (UncheckedIOException nobodyAnswers) {
      return; // what has become of it is learned later
    }
  }

  private void learns(Order order, Shopper buyer) {
    var answer = expected(buyer.order(order.id));
    if (answer.status() != 200) {
      return;
    }
    order.status = answer.json().get("status").asText();
    var payment = expected(buyer.get("/api/payments/" + order.id + "/status"));
    var standing = payment.status() == 404 ? "none" : payment.json().path("status").asText();
    if (order.goesBack() && standing.equals("paid")) {
      gives(order);
      gives(order);
    }
    order.settled =
        order.status.equals("complete")
            ? standing.equals(order.goesBack() ? "refunded" : "paid")
            : order.isCancelled()
                && List.of("none", "refunded", "failed", "cancelled", "open").contains(standing);
  }

  private void gives(Order order) {
    expected(
        operator.post(
            "/api/payments/" + order.id + "/refund",
            json(),
            "Idempotency-Key",
            "refund-" + order.number));
  }

  /** Not to be able to is no shame, to fail is. */
  private Answer expected(Answer answer) {
    if (answer.status() == 500) {
      strange.add(answer.toString());
    }
    return answer;
  }

  private static void join(Future<?> work) {
    try {
      work.get();
    } catch (ExecutionException failure) {
      throw new AssertionError(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
