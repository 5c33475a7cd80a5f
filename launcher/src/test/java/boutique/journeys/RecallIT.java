package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An answer that the gateway remembers")
@Timeout(120)
class RecallIT {
  /** More than once at each of the gateway's instances. */
  private static final int OFTEN = 12;

  private static final int MORE_THAN_ALLOWED = 3_000;

  @TempDir Path data;

  @Test
  @DisplayName("is the same to the byte, with the same headers, as long as nothing changes")
  void same() {
    try (var shop = ShopProcess.open(data)) {
      var shopper = Shopper.signedUp(shop);
      var order = shopper.orders(shopper.offers("Tea", "3.50", 5), 1);
      var path = order.headed("Location");
      shopper.numbered(order.json(201));

      var answers = often(shopper, path);

      assertThat(answers)
          .extracting(answer -> answer.response().body())
          .containsOnly(first(answers));
      assertThat(answers)
          .allSatisfy(answer ->
              assertThat(answer.response().headers().map())
                  .containsOnlyKeys(answers.getFirst().response().headers().map().keySet()));
    }
  }

  @Test
  @DisplayName("is another as soon as somebody was told of a change")
  void changed() {
    try (var shop = ShopProcess.open(data)) {
      var shopper = Shopper.signedUp(shop);
      var product = shopper.offers("Tea", "3.50", 5);
      var stock = "/api/products/" + product;
      often(shopper, stock);
      var order = shopper.orders(product, 1);
      assertThat(often(shopper, stock))
          .allSatisfy(answer -> assertThat(answer.json(200).get("quantity").asInt()).isEqualTo(4));
      often(shopper, order.headed("Location"));

      shopper.cancels(order.json(201).get("id").asText()).json(200);

      assertThat(often(shopper, order.headed("Location")))
          .allSatisfy(
              answer -> assertThat(answer.json(200).get("status").asText()).isEqualTo("cancelled"));
      await()
          .untilAsserted(() ->
              assertThat(often(shopper, stock))
                  .allSatisfy(
                      answer -> assertThat(answer.json(200).get("quantity").asInt()).isEqualTo(5)));
    }
  }

  @Test
  @DisplayName("is for nobody else, and not for a session that is over")
  void nobodyElse() {
    try (var shop = ShopProcess.open(data)) {
      var shopper = Shopper.signedUp(shop);
      var path = shopper.orders(shopper.offers("Tea", "3.50", 5), 1).headed("Location");
      var token = shopper.token();
      often(shopper, path);

      assertThat(often(Shopper.signedUp(shop), path))
          .allSatisfy(answer -> answer.problem(404, "order.not-found"));
      shopper.post("/api/users/signout", Shopper.credentials(""));

      assertThat(often(Shopper.withCookie(shop, "session", token), path))
          .allSatisfy(answer -> answer.problem(401, "auth.required"));
    }
  }

  @Test
  @DisplayName("is asked for no more often than any other")
  void limited() {
    try (var shop = ShopProcess.open(data, "--limits.enabled=true")) {
      var shopper = Shopper.signedUp(shop);
      var path = "/api/products/" + shopper.offers("Tea", "3.50", 5);

      var refused =
          IntStream.range(0, MORE_THAN_ALLOWED)
              .mapToObj(_ -> shopper.get(path))
              .filter(answer -> answer.status() != 200)
              .findFirst();

      refused.orElseThrow().problem(429, "rate.limited");
    }
  }

  private static List<Answer> often(Shopper shopper, String path) {
    return IntStream.range(0, OFTEN).mapToObj(_ -> shopper.get(path)).toList();
  }

  private static String first(List<Answer> answers) {
    return answers.getFirst().response().body();
  }
}
