package boutique.journeys;

import static boutique.journeys.Patience.await;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.CartInvariants;
import boutique.invariants.Facts;
import boutique.invariants.NumberInvariants;
import boutique.invariants.OrderInvariants;
import boutique.invariants.StockInvariants;
import boutique.invariants.VoucherInvariants;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Recorded;
import boutique.launcher.DoomedShop;
import boutique.launcher.DoomedShop.Moment;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody buys, fails to buy, and changes their mind; another pays, gets the goods and sends them
 * back; at each event that this writes, in each room, the process dies, before it, after it, or
 * after the answer. Which events those are is seen from what happens when nobody dies: so no step
 * is forgotten.
 */
@DisplayName("A shop that dies at a step of an order")
@Timeout(1_800)
class DyingAtEachStepIT {
  private static final int DEAD = 42;
  private static final long STOCK = 5;

  @TempDir Path data;
  private final String port = "" + Ports.free();
  private int round;

  @Test
  @DisplayName("has finished it or undone it after its restart, before anybody asks again")
  void diesAtEachStep() throws Exception {
    var steps = steps();
    System.out.printf("the steps are %s%n", steps);
    assertThat(steps)
        .contains(
            "checkout.started",
            "cart.locked",
            "discount.applied",
            "inventory.reserved",
            "order.created",
            "order.cancelled",
            "inventory.released",
            "discount.released",
            "cart.unlocked",
            "checkout.failed",
            "order.numbered",
            "order.payment-begun",
            "payment.requested",
            "payment.created",
            "order.paid",
            "inventory.allocated",
            "order.completed",
            "order.confirmed",
            "order.shipped",
            "inventory.sold",
            "order.delivered",
            "order.returned",
            "payment.refund-requested",
            "payment.refunded",
            "order.refunded");
    var shop = doomed();
    try {
      var story = new Story(shop, ++round);
      for (var step : steps) {
        for (var moment : Moment.values()) {
          var what = "%s, %s".formatted(step, moment);
          dies(shop, step, moment, story);
          shop = doomed();
          story.assertTakenUp(what);
          story.tell();
          story.assertUndone();
          story = new Story(shop, ++round);
        }
      }
    } finally {
      shop.close();
    }
    Facts.in(
        data,
        store -> {
          assertThat(OrderInvariants.violations(store)).isEmpty();
          assertThat(NumberInvariants.violations(store)).isEmpty();
          assertThat(StockInvariants.violations(store)).isEmpty();
          assertThat(CartInvariants.violations(store)).isEmpty();
          assertThat(VoucherInvariants.violations(store)).isEmpty();
          return true;
        });
  }

  /** What is written when nobody dies. */
  private Set<String> steps() throws Exception {
    Story story;
    try (var shop = open()) {
      story = new Story(shop, ++round);
    }
    var before = Facts.in(data, DyingAtEachStepIT::types);
    try (var _ = open()) {
      story.tell();
      story.assertUndone();
    }
    var written = Facts.in(data, DyingAtEachStepIT::types);
    before.forEach(written::remove);
    return new TreeSet<>(written);
  }

  /** Tells a story until the shop dies; the next one to open takes up what it leaves. */
  private static void dies(ShopProcess shop, String step, Moment moment, Story story) {
    shop.program().tell(step + " " + moment);
    shop.program().awaitOut(line -> line.equals("doomed"));
    story.tell();
    assertThat(shop.program().exitCode()).as("%s, %s", step, moment).isEqualTo(DEAD);
  }

  private ShopProcess open() {
    return ShopProcess.open(data, "--port", port, Shopper.OPERATOR);
  }

  private ShopProcess doomed() {
    var command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-Dboutique.home=" + House.root(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            DoomedShop.class.getName(),
            "--data",
            data.toString(),
            "--port",
            port,
            "--no-demo",
            "--no-kafka",
            "--limits.enabled=false",
            Shopper.OPERATOR);
    return ShopProcess.of(Program.start(Map.of(), command));
  }

  /** Every type of event in the store, as often as it is there. */
  private static List<String> types(EventStore store) {
    return Stream.of("orders", "carts", "discounts", "inventory", "numbers", "payments")
        .flatMap(room -> Facts.of(store, room).stream().map(Recorded::type))
        .collect(toCollection(ArrayList::new));
  }

  /** What two people do, and would do again when nobody answers. */
  private static final class Story {
    private final String name;
    private final String code;
    private final Shopper operator;
    private final Shopper anna;
    private final Shopper ben;
    private final Shopper cleo;
    private final String vase;
    private final String mug;
    private final String rare;
    private final String lamp;

    Story(ShopProcess shop, int round) {
      name = "story-" + round;
      code = "STORY-" + round;
      operator = Shopper.operator(shop);
      operator.post("/api/discounts", object().put("code", code).put("percent", 10)).json(201);
      anna = Shopper.signedUp(shop, "anna-%d@example.com".formatted(round));
      ben = Shopper.signedUp(shop, "ben-%d@example.com".formatted(round));
      cleo = Shopper.signedUp(shop, "cleo-%d@example.com".formatted(round));
      lamp = cleo.offers("Lamp", "70", STOCK);
      vase = anna.offers("Vase", "40", STOCK);
      mug = anna.offers("Mug", "10", STOCK);
      rare = anna.offers("Rare", "99", 1);
      anna.puts(vase, 2).json(200);
      anna.puts(mug, 1).json(200);
      anna.post("/api/cart/vouchers", object().put("code", code)).json(200);
      ben.puts(mug, 1).json(200);
      ben.puts(rare, 2).json(200);
      ben.post("/api/cart/vouchers", object().put("code", code)).json(200);
    }

    /** As far as somebody answers. */
    void tell() {
      try {
        var refused = checksOut(ben);
        assertThat(refused.status()).isEqualTo(409);
        var order = checksOut(anna).json(201).get("id").asText();
        anna.cancels(order).json(200);
        assertUndone();
        paysAndReturns();
      } catch (UncheckedIOException died) {
        System.out.printf("%s: nobody answers%n", name);
      }
    }

    /** Whatever of it was done before is not done again. */
    private void paysAndReturns() {
      var order = cleo.orders(name, Map.of(lamp, 2L)).json(201).get("id").asText();
      cleo.post("/api/payments", object().put("token", "tok_visa").put("orderId", order)).json(201);
      await().until(() -> cleo.order(order).json(200).get("status").asText().equals("complete"));
      does(order, "confirm", object());
      does(order, "ship", object().put("carrier", "DHL").put("tracking", "JD01"));
      does(order, "deliver", object());
      does(order, "return", object());
      await()
          .untilAsserted(() -> {
            var after = cleo.order(order).json(200);
            assertThat(after.get("fulfilmentStatus").asText()).isEqualTo("returned");
            assertThat(after.get("paymentStatus").asText()).isEqualTo("refunded");
            assertThat(after.get("number").isTextual()).isTrue();
            assertThat(cleo.stock(lamp)).isEqualTo(STOCK);
          });
    }

    /** It may be further already. */
    private void does(String order, String deed, ObjectNode body) {
      var answer =
          operator.post(
              "/api/orders/" + order + "/" + deed, body, "Idempotency-Key", name + "-" + deed);
      if (answer.status() == 409) {
        answer.problem(409, "order.wrong-stage");
      } else {
        answer.json(200);
      }
    }

    private Answer checksOut(Shopper shopper) {
      return shopper.post("/api/orders", object(), "Idempotency-Key", name);
    }

    /** Nobody has asked again: what was left is finished or undone by itself. */
    void assertTakenUp(String what) {
      var restarted = System.nanoTime();
      await().untilAsserted(() -> assertThat(open()).as(what).isEqualTo(held()));
      System.out.printf(
          "%s: taken up after %d ms%n", what, (System.nanoTime() - restarted) / 1_000_000);
    }

    /** How many of her orders are open: at most one, with two vases, one voucher and the cart. */
    private List<Long> open() {
      var open =
          anna.orders().stream()
              .filter(order -> order.get("status").asText().equals("created"))
              .count();
      return List.of(2 * open, open, open, open, 0L);
    }

    private List<Long> held() {
      return List.of(
          STOCK - anna.stock(vase), STOCK - anna.stock(mug), used(), locked(anna), locked(ben));
    }

    private long used() {
      return operator.get("/api/discounts/" + code).json(200).get("used").asLong();
    }

    private static long locked(Shopper shopper) {
      JsonNode cart = shopper.get("/api/cart").json(200);
      return cart.path("lockedBy").isTextual() ? 1 : 0;
    }

    void assertUndone() {
      await().untilAsserted(() -> assertThat(held()).containsOnly(0L));
      assertThat(anna.get("/api/cart").json(200).get("items")).hasSize(2);
      assertThat(ben.get("/api/cart").json(200).get("items")).hasSize(2);
      assertThat(anna.stock(rare)).isEqualTo(1);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
