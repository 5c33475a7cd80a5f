package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.journeys.Deaths.Story;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two people have ordered, and their money is held; one order is captured, the other one called
 * off. At each event from when they pay the shop dies.
 */
@DisplayName("A shop that dies while money is held")
@Timeout(900)
class DyingWhileHeldIT {
  private static final long STOCK = 5;

  @TempDir Path data;

  @Test
  @DisplayName("has what was captured bought, and what was called off let go of, after its restart")
  void diesAtEachStep() throws Exception {
    var deaths = new Deaths(data, Held::new);
    var steps = deaths.steps();
    assertThat(steps)
        .contains(
            "payment.authorized",
            "order.authorized",
            "order.held",
            "cart.ordered",
            "inventory.kept",
            "payment.capture-requested",
            "payment.created",
            "order.paid",
            "order.cancelled",
            "payment.cancel-requested",
            "payment.cancelled");
    deaths.at(steps);
  }

  /** Both have ordered when it begins, and have not paid. */
  private static final class Held implements Story {
    private final Shopper operator;
    private final Shopper anna;
    private final Shopper ben;
    private final String vase;
    private final String lamp;
    private final String bought;
    private final String left;

    Held(ShopProcess shop, String name) {
      operator = Shopper.operator(shop);
      anna = Shopper.signedUp(shop, "anna-%s@example.com".formatted(name));
      ben = Shopper.signedUp(shop, "ben-%s@example.com".formatted(name));
      vase = operator.offers("Vase", "40", STOCK);
      lamp = operator.offers("Lamp", "70", STOCK);
      anna.puts(vase, 2).json(200);
      ben.puts(lamp, 1).json(200);
      bought = orders(anna);
      left = orders(ben);
    }

    private static String orders(Shopper shopper) {
      var order = shopper.post("/api/orders", object()).json(201);
      return shopper.numbered(order).get("id").asText();
    }

    @Override
    public void tell() {
      hold(anna, bought);
      hold(ben, left);
      operator.post("/api/payments/" + bought + "/capture", object()).json(200);
      ben.cancels(left).json(200);
    }

    /** The money for an order is held, or was. */
    private static void hold(Shopper shopper, String order) {
      var later = object().put("orderId", order).put("token", "tok_visa").put("capture", "later");
      var answer = shopper.post("/api/payments", later);
      if (answer.status() == 409) {
        answer.problem(409, "order.not-payable"); // called off already
      } else {
        await()
            .untilAsserted(
                () -> assertThat(shopper.get("/api/cart").json(200).get("items")).isEmpty());
      }
    }

    @Override
    public void assertEnds(String death) {
      tell();
      await()
          .untilAsserted(() -> {
            assertThat(state(anna, bought)).as(death).isEqualTo("complete, paid, paid");
            assertThat(state(ben, left)).as(death).isEqualTo("cancelled, awaiting, cancelled");
            assertThat(List.of(anna.stock(vase), anna.stock(lamp)))
                .as(death)
                .containsExactly(STOCK - 2, STOCK);
          });
    }

    private String state(Shopper shopper, String id) {
      var order = shopper.order(id).json(200);
      var payment = operator.get("/api/payments/" + id + "/status").json(200);
      return "%s, %s, %s"
          .formatted(
              order.get("status").asText(),
              order.get("paymentStatus").asText(),
              payment.get("status").asText());
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
