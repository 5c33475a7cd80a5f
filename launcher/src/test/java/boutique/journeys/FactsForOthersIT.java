package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What other systems read in Kafka")
@Timeout(300)
class FactsForOthersIT {
  /** An address of which any part would be noticed anywhere. */
  private static final String CANARY = "canary-8f1c@canary.example";

  @TempDir static Path data;
  private static ShopProcess shop;
  private static FactReader reader;
  private static Shopper buyer;
  private static String product;
  private static String order;
  private static Map<String, List<Fact>> streams = Map.of();

  @BeforeAll
  static void buyAndCancel() {
    var kafka = Ports.free();
    shop = ShopProcess.openWithKafka(data, kafka);
    reader = new FactReader(kafka);
    buyer = Shopper.signedUp(shop, CANARY);
    product = buyer.offers("Weekender", "149", 6);
    order = buyer.numbered(buyer.orders(product, 2).json(201)).get("id").asText();
    buyer.cancels(order).json(200);
    Shopper.stranger(shop)
        .post("/api/users/signin", Shopper.credentials(CANARY).put("password", "wrong horse"))
        .problem(401, "credentials.wrong");
    Shopper.stranger(shop)
        .post("/api/users/signup", Shopper.credentials(CANARY))
        .problem(409, "email.taken");
    await()
        .untilAsserted(() -> {
          streams = reader.streams();
          assertThat(types("inventory/" + product)).hasSize(3);
        });
  }

  @AfterAll
  static void close() {
    reader.close();
    shop.close();
  }

  @Test
  @DisplayName("is each stream's events in the order of their versions, in the room's topic")
  void eachStreamInOrder() {
    assertThat(types("orders/" + order))
        .containsExactly("checkout.started", "order.created", "order.numbered", "order.cancelled");
    assertThat(types("inventory/" + product))
        .containsExactly("inventory.opened", "inventory.reserved", "inventory.released");
    assertThat(types("catalog/" + product)).containsExactly("product.created");
    assertThat(streams.values())
        .allSatisfy(facts ->
            assertThat(facts)
                .allSatisfy(fact ->
                    assertThat(fact.topic()).isEqualTo("boutique." + fact.stream().split("/")[0]))
                .extracting(Fact::partition)
                .containsOnly(facts.getFirst().partition()));
    assertThat(streams.values().stream().flatMap(List::stream).map(Fact::topic))
        .contains("boutique.users");
  }

  @Test
  @DisplayName("is CloudEvents in binary mode, keyed by their stream")
  void cloudEvents() {
    var created = streams.get("orders/" + order).get(1);

    assertThat(created.key()).isEqualTo("orders/" + order);
    assertThat(created.headers())
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_id", "orders/" + order + "@2")
        .containsEntry("ce_type", "order.created")
        .containsEntry("ce_source", "/boutique/orders")
        .containsEntry("ce_subject", "orders/" + order)
        .containsEntry("ce_version", "2")
        .containsEntry("ce_actor", buyer.id())
        .containsEntry("content-type", "application/json")
        .containsKeys("ce_time", "ce_correlationid");
  }

  @Test
  @DisplayName("tells what was ordered, by whom and for how much")
  void content() {
    var created = streams.get("orders/" + order).get(1).json();

    assertThat(created.get("order").asText()).isEqualTo(order);
    assertThat(created.get("buyer").asText()).isEqualTo(buyer.id());
    assertThat(created.at("/total/minor").asLong()).isEqualTo(29_800);
    assertThat(created.at("/total/currency").asText()).isEqualTo("USD");
    assertThat(created.at("/lines/0/product").asText()).isEqualTo(product);
    assertThat(created.at("/lines/0/title").asText()).isEqualTo("Weekender");
    assertThat(created.at("/lines/0/quantity").asLong()).isEqualTo(2);
    assertThat(streams.get("inventory/" + product))
        .extracting(fact -> fact.json().get("available").asLong())
        .containsExactly(6L, 4L, 6L);
  }

  @Test
  @DisplayName("shows by their correlation what one request set off, and by their causation why")
  void story() {
    var started = streams.get("orders/" + order).getFirst();
    var created = streams.get("orders/" + order).get(1);
    var cancelled = streams.get("orders/" + order).get(3);
    var reserved = streams.get("inventory/" + product).get(1);
    var released = streams.get("inventory/" + product).get(2);

    assertThat(List.of(created, reserved))
        .extracting(fact -> fact.header("ce_correlationid"))
        .containsOnly(started.header("ce_correlationid"));
    assertThat(released.header("ce_correlationid"))
        .isEqualTo(cancelled.header("ce_correlationid"))
        .isNotEqualTo(started.header("ce_correlationid"));
    assertThat(started.headers()).doesNotContainKey("ce_causationid");
    assertThat(released.header("ce_causationid")).isEqualTo(cancelled.id());
    assertThat(released.header("ce_actor")).isEqualTo("inventory");
  }

  @Test
  @DisplayName("is what asyncapi.yaml promises")
  void asPromised() {
    var promised = new Promised();

    assertThat(reader.all())
        .hasSizeGreaterThanOrEqualTo(8)
        .allSatisfy(fact -> assertThat(promised.complaints(fact)).as("%s", fact).isEmpty());
  }

  @Test
  @DisplayName("holds nobody's e-mail address, and neither do the lines that the shop prints")
  void noPersonalData() {
    var everything = reader.all();

    assertThat(everything).isNotEmpty().noneMatch(fact -> fact.toString().contains("canary"));
    assertThat(shop.program().out()).noneMatch(line -> line.contains("canary"));
    assertThat(shop.program().err()).noneMatch(line -> line.contains("canary"));
  }

  private static List<String> types(String stream) {
    return streams.getOrDefault(stream, List.of()).stream().map(Fact::type).toList();
  }
}
