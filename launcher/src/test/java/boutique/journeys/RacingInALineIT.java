package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.Facts;
import boutique.invariants.StockInvariants;
import boutique.language.inventory.InventoryEvent.ShopperAdmitted;
import boutique.language.inventory.InventoryEvent.TicketTaken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When ten thousand want one of a thousand in a flash sale")
@Timeout(600)
class RacingInALineIT {
  private static final int CUSTOMERS = 10_000;
  private static final int UNITS = 1_000;
  private static final String KEY = "a key for the tokens of a crowd, long enough";
  private static final String WHO = "customer-";

  @TempDir Path data;
  private final Arrivals arrivals = new Arrivals();
  private final Map<Integer, JsonNode> places = new ConcurrentHashMap<>();

  @Test
  @DisplayName("the first thousand get them, over a crash as well, and that can be proven")
  void firstComeFirstServed() throws Exception {
    var port = Ports.free();
    var moment = 100 + ThreadLocalRandom.current().nextInt(CUSTOMERS / 2);
    String product;
    Shopper seller;
    try (var shop = open(port)) {
      seller = Shopper.signedUp(shop);
      product = seller.offers("Sale", "10", UNITS);
      seller.opensSale(product, 1).json(200);
      System.out.printf("killed after %d answers%n", moment);
      Race.of(
          Race.attempts(CUSTOMERS),
          number -> {
            join(seller, product, number);
            if (places.size() == moment) {
              shop.kill();
            }
          });
      assertThat(places.size()).isLessThan(CUSTOMERS);
    }
    try (var shop = open(port)) {
      var unanswered = Race.attempts(CUSTOMERS);
      unanswered.removeIf(places::containsKey);
      Race.of(unanswered, number -> join(seller, product, number));

      var admitted =
          places.entrySet().stream()
              .filter(place -> place.getValue().get("quantity").asLong() == 1)
              .map(Map.Entry::getKey)
              .toList();
      assertThat(admitted).hasSize(UNITS);
      var orders = new ConcurrentHashMap<Integer, Answer>();
      var wanting = Race.attempts(UNITS + UNITS / 2);
      var waiting = new ArrayList<>(places.keySet());
      waiting.removeAll(admitted);
      Race.of(
          wanting,
          number -> {
            var who = number < UNITS ? admitted.get(number) : waiting.get(number - UNITS);
            orders.put(who, orders(seller, product, who));
          });
      orders.forEach((who, answer) -> {
        if (admitted.contains(who)) {
          answer.json(201);
        } else {
          answer.problem(409, "sale.line");
        }
      });
      assertAudit(Shopper.operator(shop), product);
    }
    assertArrival(product);
  }

  private ShopProcess open(int port) {
    return ShopProcess.open(
        data, Unlimited.and("--port", "" + port, "--sessions.key=" + KEY, Shopper.OPERATOR));
  }

  private void join(Shopper seller, String product, int number) {
    var ticket = JsonNodeFactory.instance.objectNode().put("productId", product);
    var answer =
        arrivals.of(number, () -> seller.as(token(seller, number), "/api/tickets", ticket));
    places.put(number, answer.json(200).get("mine"));
  }

  private static Answer orders(Shopper seller, String product, int number) {
    return seller.as(token(seller, number), "/api/orders", Shopper.order(Map.of(product, 1L)));
  }

  /** Of a customer who never had to sign up: that would take longer than all the rest. */
  private static String token(Shopper seller, int number) {
    return HostileTokens.signedAnew(seller.token(), KEY, claims -> claims.put("sub", WHO + number));
  }

  private static void assertAudit(Shopper operator, String product) {
    var audit = operator.get("/api/inventory/" + product + "/audit").json(200);
    assertThat(audit.get("violations")).isEmpty();
    assertThat(audit.get("proven").asBoolean()).isTrue();
    assertThat(audit.get("tickets").asLong()).isEqualTo(CUSTOMERS);
    assertThat(audit.get("admitted").asLong()).isEqualTo(UNITS);
    assertThat(audit.get("waiting").asLong()).isEqualTo(CUSTOMERS - UNITS);
    assertThat(audit.get("reserved").asLong()).isEqualTo(UNITS);
    assertThat(audit.get("available").asLong()).isZero();
  }

  /** As those outside saw it, and not only as the stream says. */
  private void assertArrival(String product) throws Exception {
    var line = new ArrayList<Integer>();
    var admitted = new ArrayList<Integer>();
    Facts.in(
        data,
        store -> {
          assertThat(StockInvariants.violations(store)).isEmpty();
          for (var fact : Facts.of(store, "inventory")) {
            switch (fact.event()) {
              case TicketTaken e when e.product().value().equals(product) ->
                  line.add(number(e.shopper().value()));
              case ShopperAdmitted e -> admitted.add(number(e.shopper().value()));
              default -> {}
            }
          }
          return store;
        });
    assertThat(admitted).isEqualTo(List.copyOf(line.subList(0, UNITS)));
    assertThat(line).hasSize(CUSTOMERS).doesNotHaveDuplicates();
    arrivals.assertKept(line);
  }

  private static int number(String shopper) {
    return Integer.parseInt(shopper.substring(WHO.length()));
  }
}
