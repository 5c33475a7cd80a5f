package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.CartInvariants;
import boutique.invariants.Facts;
import boutique.invariants.OrderInvariants;
import boutique.invariants.PaymentInvariants;
import boutique.invariants.StockInvariants;
import boutique.launcher.DoomedShop;
import boutique.launcher.DoomedShop.Moment;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two people order, and their money is held; one order is captured, the other one called off. At
 * each event from when the money is held the process dies, before it, after it, or after the
 * answer.
 */
@DisplayName("A shop that dies while money is held")
@Timeout(1_200)
class DyingWhileHeldIT {
  private static final int DEAD = 42;
  private static final long STOCK = 5;
  private static final List<String> STEPS =
      List.of(
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

  @TempDir Path data;
  private final String port = "" + Ports.free();
  private int round;

  @Test
  @DisplayName("has what was captured bought, and what was called off let go of, after its restart")
  void diesAtEachStep() throws Exception {
    var shop = doomed();
    try {
      var story = new Story(shop, ++round);
      for (var step : STEPS) {
        for (var moment : Moment.values()) {
          dies(shop, step, moment, story);
          shop = doomed();
          story.tell();
          story.assertOver("%s, %s".formatted(step, moment));
          story = new Story(shop, ++round);
        }
      }
    } finally {
      shop.close();
    }
    assertThat(Facts.in(data, OrderInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, StockInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, CartInvariants::violations)).isEmpty();
  }

  private static void dies(ShopProcess shop, String step, Moment moment, Story story) {
    shop.program().tell(step + " " + moment);
    shop.program().awaitOut(line -> line.equals("doomed"));
    story.tell();
    assertThat(shop.program().exitCode()).as("%s, %s", step, moment).isEqualTo(DEAD);
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

  /** What is done, and would be done again when nobody answers. */
  private static final class Story {
    private final String name;
    private final Shopper operator;
    private final Shopper anna;
    private final Shopper ben;
    private final String vase;
    private final String lamp;

    Story(ShopProcess shop, int round) {
      name = "story-" + round;
      operator = Shopper.operator(shop);
      anna = Shopper.signedUp(shop, "anna-%d@example.com".formatted(round));
      ben = Shopper.signedUp(shop, "ben-%d@example.com".formatted(round));
      vase = operator.offers("Vase", "40", STOCK);
      lamp = operator.offers("Lamp", "70", STOCK);
      anna.puts(vase, 2).json(200);
      ben.puts(lamp, 1).json(200);
    }

    /** As far as somebody answers; whatever of it was done before is not done again. */
    void tell() {
      try {
        var bought = held(anna);
        var left = held(ben);
        operator.post("/api/payments/" + bought + "/capture", object()).json(200);
        ben.cancels(left).json(200);
        assertOver(name);
      } catch (UncheckedIOException died) {
        System.out.printf("%s: nobody answers%n", name);
      }
    }

    /** The order of a cart, whose money is held, or was. */
    private String held(Shopper shopper) {
      var order =
          shopper.post("/api/orders", object(), "Idempotency-Key", name).json(201).get("id");
      var later =
          object().put("orderId", order.asText()).put("token", "tok_visa").put("capture", "later");
      var answer = shopper.post("/api/payments", later);
      if (answer.status() == 409) {
        answer.problem(409, "order.not-payable"); // called off already
      } else {
        await()
            .untilAsserted(
                () -> assertThat(shopper.get("/api/cart").json(200).get("items")).isEmpty());
      }
      return order.asText();
    }

    void assertOver(String what) {
      await()
          .untilAsserted(() -> {
            assertThat(state(anna)).as(what).isEqualTo("complete, paid, paid");
            assertThat(state(ben)).as(what).isEqualTo("cancelled, awaiting, cancelled");
            assertThat(List.of(anna.stock(vase), anna.stock(lamp)))
                .as(what)
                .containsExactly(STOCK - 2, STOCK);
          });
    }

    /** Of a shopper's only order. */
    private String state(Shopper shopper) {
      var orders = shopper.orders();
      assertThat(orders).hasSize(1);
      var order = orders.getFirst();
      var payment = operator.get("/api/payments/" + order.get("id").asText() + "/status").json(200);
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
