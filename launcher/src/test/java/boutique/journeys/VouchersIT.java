package boutique.journeys;

import static boutique.journeys.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.Facts;
import boutique.invariants.StockInvariants;
import boutique.invariants.VoucherInvariants;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A voucher")
@Timeout(300)
class VouchersIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  private ShopProcess shop;
  private Shopper operator;
  private Shopper anna;

  @BeforeEach
  void open() {
    start();
    anna = Shopper.signedUp(shop);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
    assertThat(Facts.in(data, VoucherInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, StockInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName("is shown in the preview as it is in the order, line by line, and for ever")
  void explained() {
    makes(Map.of("code", "spring-10", "percent", 10));
    makes(Map.of("code", "LAMP5", "amount", 5, "stacking", 200));
    var vase = anna.offers("Vase", "19.99", 9);
    var lamp = anna.offers("Lamp", "0.05", 9);

    var preview = preview(Map.of(vase, 1L, lamp, 1L), "LAMP5", "Spring-10").json(200);
    var order = orders(anna, "key", Map.of(vase, 1L, lamp, 1L), "SPRING-10", "LAMP5").json(201);
    operator.delete("/api/discounts/SPRING-10");
    var later = anna.order(order.get("id").asText()).json(200);

    assertThat(preview.get("total").decimalValue()).isEqualByComparingTo("13.04");
    for (var field : List.of("items", "subtotal", "discounts", "total", "currency")) {
      assertThat(order.get(field)).isEqualTo(preview.get(field));
      assertThat(later.get(field)).isEqualTo(preview.get(field));
    }
    await().until(() -> anna.orders().contains(later));
  }

  @Test
  @DisplayName("says what is missing to its minimum, and which other one it does not go with")
  void reasons() {
    makes(Map.of("code", "HUNDRED", "percent", 10, "minimum", 100));
    makes(Map.of("code", "SALE-A", "percent", 10, "group", "sale"));
    makes(Map.of("code", "SALE-B", "percent", 20, "group", "sale"));
    var vase = anna.offers("Vase", "19.99", 9);

    var short80 = preview(Map.of(vase, 1L), "HUNDRED").problem(422, "voucher.minimum");
    var both = preview(Map.of(vase, 1L), "SALE-B", "SALE-A").problem(422, "voucher.excluded");

    assertThat(short80.get("missing").asText()).isEqualTo("80.01");
    assertThat(both.get("voucher").asText()).isEqualTo("SALE-B");
    assertThat(both.get("excludedBy").asText()).isEqualTo("SALE-A");
    orders(anna, "key", Map.of(vase, 1L), "SALE-A", "SALE-B").problem(422, "voucher.excluded");
    assertThat(used("SALE-A")).isZero();
  }

  @Test
  @DisplayName("that is not good gives one answer, after one time, whyever it is not")
  void oneAnswer() {
    makes(Map.of("code", "OVER", "percent", 10, "validUntil", "2026-01-01T00:00:00Z"));
    makes(Map.of("code", "SOON", "percent", 10, "validFrom", "2999-01-01T00:00:00Z"));
    makes(Map.of("code", "ONCE", "percent", 10, "limit", 1));
    makes(Map.of("code", "GONE", "percent", 10));
    operator.delete("/api/discounts/GONE");
    var vase = anna.offers("Vase", "19.99", 9);
    orders(anna, "key", Map.of(vase, 1L), "ONCE").json(201);

    for (var code : List.of("NONE", "OVER", "SOON", "ONCE", "GONE")) {
      var asked = System.nanoTime();
      var problem = preview(Map.of(vase, 1L), code).problem(422, "voucher.invalid");
      assertThat(System.nanoTime() - asked).as(code).isGreaterThanOrEqualTo(40_000_000);
      assertThat(problem.toString().replace(code, "NONE"))
          .isEqualTo(preview(Map.of(vase, 1L), "NONE").json(422).toString());
    }
    operator.get("/api/discounts/GONE").problem(404, "voucher.not-found");
  }

  @Test
  @DisplayName("is used by exactly as many orders as its limit says, when fifty want it at once")
  void race() throws Exception {
    makes(Map.of("code", "TEN-ONLY", "percent", 10, "limit", 10));
    makes(Map.of("code", "TWO-EACH", "percent", 10, "limitPerUser", 2));
    var vase = anna.offers("Vase", "19.99", 1000);
    var crowd = IntStream.range(0, 50).mapToObj(_ -> Shopper.signedUp(shop)).toList();

    var all =
        together(crowd.stream().map(one -> order(one, "key", vase, "TEN-ONLY", "voucher.invalid")));
    var mine =
        together(
            IntStream.range(0, 20)
                .mapToObj(i -> order(anna, "key-" + i, vase, "TWO-EACH", "voucher.used")));

    assertThat(all).containsOnly(true, false).filteredOn(placed -> placed).hasSize(10);
    assertThat(mine).filteredOn(placed -> placed).hasSize(2);
    assertThat(used("TEN-ONLY")).isEqualTo(10);
    assertThat(used("TWO-EACH")).isEqualTo(2);
    assertThat(anna.stock(vase)).isEqualTo(1000 - 12);
  }

  @Test
  @DisplayName("that one has used up oneself is so in the preview, and on the cart; to others not")
  void usedUpByOne() {
    makes(Map.of("code", "ONE-EACH", "percent", 10, "limitPerUser", 1));
    var vase = anna.offers("Vase", "20", 9);
    anna.puts(vase, 1).json(200);
    keeps(anna, "ONE-EACH").json(200);
    var order = orders(anna, "key", Map.of(vase, 1L), "ONE-EACH").json(201);

    var waiting = anna.get("/api/cart").json(200);
    preview(anna, Map.of(vase, 1L), "ONE-EACH").problem(422, "voucher.used");
    orders(anna, "other", Map.of(vase, 1L), "ONE-EACH").problem(422, "voucher.used");
    preview(Map.of(vase, 1L), "ONE-EACH").json(200);
    preview(Shopper.signedUp(shop), Map.of(vase, 1L), "ONE-EACH").json(200);
    keeps(Shopper.signedUp(shop), "ONE-EACH").json(200);

    assertThat(waiting.get("lockedBy")).isEqualTo(order.get("id"));
    assertThat(waiting.get("total")).isEqualTo(order.get("total"));
    assertThat(waiting.at("/vouchers/0").has("problem")).isFalse();
    pays(anna, order);
    await().until(() -> anna.get("/api/cart").json(200).get("lockedBy").isNull());
    anna.puts(vase, 1).json(200);
    keeps(anna, "ONE-EACH").problem(422, "voucher.used");
  }

  @Test
  @DisplayName(
      "that is good no more is flagged on the cart, and no order costs more than was shown")
  void nothingSilent() {
    makes(Map.of("code", "TENTH", "percent", 10));
    var vase = anna.offers("Vase", "20", 9);
    anna.puts(vase, 1).json(200);
    var shown = keeps(anna, "TENTH").json(200).get("total");
    operator.delete("/api/discounts/TENTH");

    var refused = orders(anna, shown).problem(409, "price.changed");
    var flagged = anna.get("/api/cart").json(200);

    assertThat(refused.get("total").asText()).isEqualTo("20.00");
    assertThat(flagged.at("/vouchers/0/problem/code").asText()).isEqualTo("voucher.invalid");
    assertThat(flagged.get("lockedBy").isNull()).isTrue();
    var order = orders(anna, flagged.get("total")).json(201);
    assertThat(order.get("total").decimalValue()).isEqualByComparingTo("20");
  }

  @Test
  @DisplayName("that leaves nothing to pay buys what is in the order all the same")
  void nothingToPay() {
    makes(Map.of("code", "GIFT", "percent", 100));
    var vase = anna.offers("Vase", "20", 9);
    var order = orders(anna, "key", Map.of(vase, 2L), "GIFT").json(201);

    pays(anna, order);

    var id = order.get("id").asText();
    await().until(() -> anna.order(id).json(200).get("status").asText().equals("complete"));
    assertThat(anna.stock(vase)).isEqualTo(7);
    assertThat(used("GIFT")).isOne();
  }

  @Test
  @DisplayName(
      "of many that are made at once has a code of its own, is good once, and is made once")
  void many() {
    var vase = anna.offers("Vase", "20", 9);
    var wish = Map.<String, Object>of("count", 250, "prefix", "summer", "percent", 10);

    var made = makesMany("key", wish).json(201);
    var again = makesMany("key", wish).json(201);
    var others = makesMany("other", wish).json(201);

    var codes = texts(made.get("codes"));
    assertThat(codes).hasSize(250).doesNotHaveDuplicates();
    assertThat(codes).allMatch(code -> code.matches("SUMMER-[0-9A-HJKMNP-TV-Z]{16}"));
    assertThat(again).isEqualTo(made);
    assertThat(texts(others.get("codes"))).doesNotContainAnyElementsOf(codes);
    await().until(() -> listed("summer-").size() == 500);
    assertThat(listed("summer-")).containsAll(codes);
    makesMany("key", Map.of("count", 1, "percent", 10)).problem(422, "idempotency.mismatch");
    anna.post("/api/discounts/bulk", JSON.valueToTree(wish)).problem(403, "role.required");
    orders(anna, "a", Map.of(vase, 1L), codes.getFirst()).json(201);
    orders(anna, "b", Map.of(vase, 1L), codes.getFirst()).problem(422, "voucher.invalid");
    orders(anna, "c", Map.of(vase, 1L), codes.getLast()).json(201);
  }

  @Test
  @DisplayName("of many is there once, when the shop was killed while it made them")
  void manyOverACrash() throws Exception {
    var wish = Map.<String, Object>of("count", 1000, "prefix", "crash", "percent", 10);
    var port = shop.base().getPort();
    try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = hands.submit(() -> makesMany("key", wish));
      await().until(() -> !listed("crash-").isEmpty());
      shop.kill();
      try {
        first.get();
      } catch (ExecutionException killed) {
        assertThat(killed).hasCauseInstanceOf(UncheckedIOException.class);
      }
    }
    shop.close();
    start("--port", "" + port);

    var codes = texts(makesMany("key", wish).json(201).get("codes"));

    await().until(() -> listed("crash-").size() >= 1000);
    assertThat(listed("crash-")).containsExactlyInAnyOrderElementsOf(codes);
  }

  @Test
  @DisplayName("is given back when the order fails or is cancelled, and can be used again")
  void givenBack() {
    makes(Map.of("code", "ONCE", "percent", 10, "limit", 1));
    var vase = anna.offers("Vase", "19.99", 1);

    orders(anna, "a", Map.of(vase, 2L), "ONCE").problem(409, "stock.insufficient");
    assertThat(used("ONCE")).isZero();
    var order = orders(anna, "b", Map.of(vase, 1L), "ONCE").json(201);
    assertThat(used("ONCE")).isOne();
    anna.cancels(order.get("id").asText()).json(200);

    await().until(() -> used("ONCE") == 0);
    await().until(() -> anna.stock(vase) == 1);
    orders(anna, "c", Map.of(vase, 1L), "ONCE").json(201);
  }

  @Test
  @DisplayName("is used by just those orders that exist, after the shop was killed in between")
  void killed() throws Exception {
    makes(Map.of("code", "FORTY", "percent", 10, "limit", 40));
    var vase = anna.offers("Vase", "19.99", 1000);
    var crowd = IntStream.range(0, 8).mapToObj(_ -> Shopper.signedUp(shop)).toList();
    try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
      var busy = crowd.stream().map(one -> hands.submit(() -> buysOn(one, vase, "FORTY"))).toList();
      await().until(() -> used("FORTY") > 2L * crowd.size()); // so somebody has had an answer
      shop.kill();
      var answers = 0;
      for (var one : busy) {
        answers += one.get();
      }
      assertThat(answers).isPositive();
    }
    var port = shop.base().getPort();
    shop.close();
    start("--port", "" + port);

    await()
        .untilAsserted(() -> {
          var open = crowd.stream().mapToLong(one -> one.orders().size()).sum();
          assertThat(used("FORTY")).isEqualTo(open).isBetween(6L, 40L);
          assertThat(anna.stock(vase)).isEqualTo(1000 - open);
        });
  }

  /** One order after the other until nobody answers any more; says how many answers there were. */
  private static int buysOn(Shopper buyer, String product, String code) {
    for (var answers = 0; ; answers++) {
      try {
        orders(buyer, "key-" + answers, Map.of(product, 1L), code);
      } catch (UncheckedIOException killed) {
        return answers;
      }
    }
  }

  private void start(String... flags) {
    shop =
        ShopProcess.open(
            data,
            Stream.concat(Stream.of(Shopper.OPERATOR), Stream.of(flags)).toArray(String[]::new));
    operator = Shopper.operator(shop);
  }

  private void makes(Map<String, Object> voucher) {
    operator.post("/api/discounts", JSON.valueToTree(voucher)).json(201);
  }

  private long used(String code) {
    return operator.get("/api/discounts/" + code).json(200).get("used").asLong();
  }

  private Answer makesMany(String key, Map<String, Object> wish) {
    return operator.post("/api/discounts/bulk", JSON.valueToTree(wish), "Idempotency-Key", key);
  }

  /** The codes of all that begin so. */
  private List<String> listed(String prefix) {
    var codes = new ArrayList<String>();
    var cursor = "";
    do {
      var page = operator.get("/api/discounts?limit=100&prefix=" + prefix + cursor).json(200);
      page.get("items").forEach(voucher -> codes.add(voucher.get("code").asText()));
      cursor =
          page.get("nextCursor").isNull()
              ? ""
              : "&cursor=" + URLEncoder.encode(page.get("nextCursor").asText(), UTF_8);
    } while (!cursor.isEmpty());
    return codes;
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static Answer keeps(Shopper shopper, String code) {
    return shopper.post("/api/cart/vouchers", JSON.valueToTree(Map.of("code", code)));
  }

  private static void pays(Shopper buyer, JsonNode order) {
    var body = Map.of("token", "tok_visa", "orderId", order.get("id").asText());
    buyer.post("/api/payments", JSON.valueToTree(body)).json(201);
  }

  /** Everything in the cart, if it costs what was shown. */
  private static Answer orders(Shopper buyer, JsonNode total) {
    return buyer.post("/api/orders", JSON.valueToTree(Map.of("expectedTotal", total)));
  }

  private Answer preview(Map<String, Long> quantities, String... codes) {
    return preview(Shopper.stranger(shop), quantities, codes);
  }

  private static Answer preview(Shopper shopper, Map<String, Long> quantities, String... codes) {
    var body = Map.of("items", items(quantities), "codes", codes);
    return shopper.post("/api/discounts/validate", JSON.valueToTree(body));
  }

  private static Answer orders(
      Shopper buyer, String key, Map<String, Long> quantities, String... codes) {
    var body = Map.of("items", items(quantities), "vouchers", codes);
    return buyer.post("/api/orders", JSON.valueToTree(body), "Idempotency-Key", key);
  }

  private static List<Map<String, Object>> items(Map<String, Long> quantities) {
    return quantities.entrySet().stream()
        .<Map<String, Object>>map(
            item -> Map.of("productId", item.getKey(), "quantity", item.getValue()))
        .sorted((one, other) -> one.toString().compareTo(other.toString()))
        .toList();
  }

  /** Whether there was an order; if not, it was the voucher's fault. */
  private static Callable<Boolean> order(
      Shopper buyer, String key, String product, String code, String refusal) {
    return () -> {
      var answer = orders(buyer, key, Map.of(product, 1L), code);
      if (answer.status() != 201) {
        answer.problem(422, refusal);
      }
      return answer.status() == 201;
    };
  }

  private static List<Boolean> together(Stream<Callable<Boolean>> wishes) throws Exception {
    try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
      return hands.invokeAll(wishes.toList()).stream().map(done -> done.resultNow()).toList();
    }
  }
}
