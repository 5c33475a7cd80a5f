package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.journeys.Deaths.Story;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody buys, fails to buy, and changes their mind; another pays, gets the goods and sends them
 * back; at each event that this writes the shop dies.
 */
@DisplayName("A shop that dies at a step of an order")
@Timeout(900)
class DyingAtEachStepIT {
  private static final long STOCK = 5;

  @TempDir Path data;

  @Test
  @DisplayName("has finished it or undone it after its restart, before anybody asks again")
  void diesAtEachStep() throws Exception {
    var deaths = new Deaths(data, TakenUp::new);
    var steps = deaths.steps();
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
    deaths.at(steps);
  }

  /** One does not get what they want, one wants it no more, and one has it and sends it back. */
  private static final class TakenUp implements Story {
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

    TakenUp(ShopProcess shop, String name) {
      this.name = name;
      code = name.toUpperCase(Locale.ROOT);
      operator = Shopper.operator(shop);
      operator.post("/api/discounts", object().put("code", code).put("percent", 10)).json(201);
      anna = Shopper.signedUp(shop, "anna-%s@example.com".formatted(name));
      ben = Shopper.signedUp(shop, "ben-%s@example.com".formatted(name));
      cleo = Shopper.signedUp(shop, "cleo-%s@example.com".formatted(name));
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

    @Override
    public void tell() {
      var refused = checksOut(ben);
      assertThat(refused.status()).isEqualTo(409);
      var order = checksOut(anna).json(201).get("id").asText();
      anna.cancels(order).json(200);
      assertUndone();
      paysAndReturns();
    }

    @Override
    public void assertEnds(String death) {
      assertTakenUp(death);
      tell();
      assertUndone();
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
    private void assertTakenUp(String what) {
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

    private void assertUndone() {
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
