package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Of what the shop can do, everybody has a share:")
@Timeout(600)
class LimitsIT {
  private static final int MOST = 2_000;
  private static final int CROWD = 10;
  private static final String FORWARDED = "X-Forwarded-For";

  @TempDir static Path data;
  private static ShopProcess shop;

  /** Which answer was the first refusal, and how long it took to get there. */
  private record Refusal(int number, Answer answer, Duration after) {}

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, "--limits.enabled=true", "--http.trustedProxies=127.0.0.0/8,::1");
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @ParameterizedTest
  @CsvSource({
    "sign-in,  /api/users/signin,         100, 1000, 192.0.2.1",
    "sign-up,  /api/users/signup,         100, 5000, 192.0.2.2",
    "reset,    /api/users/password-reset,  30, 5000, 192.0.2.3",
    "voucher,  /api/discounts/validate,   100,  500, 192.0.2.4",
    "checkout, /api/orders,               300,   50, 192.0.2.5",
    "writing,  /api/cart/items,           400,   25, 192.0.2.6"
  })
  @DisplayName("an address has a bucket for each kind of request, which fills again")
  void addresses(String kind, String path, int bucket, long eachMillis, String address)
      throws InterruptedException {
    var visitor = Shopper.stranger(shop);

    var refusal = firstRefusal(_ -> ask(visitor, path, address));

    assertBucket(refusal, kind, bucket, eachMillis);
    assertThat(ask(visitor, path, "198.51.100.77").status()).as("elsewhere").isNotEqualTo(429);
    assertThat(look(visitor, address).status()).as("looking around").isEqualTo(200);
    Thread.sleep(Duration.ofSeconds(retryAfter(refusal.answer()))); // as they were told
    assertThat(ask(visitor, path, address).status()).as("later").isNotEqualTo(429);
  }

  @ParameterizedTest
  @CsvSource({
    "voucher,  /api/discounts/validate,  30, 2000",
    "checkout, /api/orders,             100,  500",
    "writing,  /api/cart/items,         200,   50"
  })
  @DisplayName("a user has one, wherever they ask from, and others who ask from there have theirs")
  void users(String kind, String path, int bucket, long eachMillis) {
    var eager = Shopper.signedUp(shop);
    var calm = Shopper.signedUp(shop);
    IntFunction<String> place = i -> "10.1.%d.%d".formatted(i / 250, i % 250);

    var refusal = firstRefusal(i -> ask(eager, path, place.apply(i)));

    assertBucket(refusal, kind, bucket, eachMillis);
    var last = place.apply(refusal.number());
    assertThat(ask(calm, path, last).status()).as("another user").isNotEqualTo(429);
    assertThat(look(eager, last).status()).as("looking around").isEqualTo(200);
  }

  @Test
  @DisplayName("codes are guessed by orders no faster than where they are checked")
  void guesses() {
    var guesser = Shopper.signedUp(shop);
    var lamp = Shopper.signedUp(shop).offers("Lamp", "19.99", 10);

    var refusal =
        firstRefusal(number -> {
          var order = Shopper.order(Map.of(lamp, 1L));
          order.putArray("vouchers").add("GUESS-" + number);
          return guesser.post("/api/orders", order, FORWARDED, "10.3.0." + number);
        });

    assertBucket(refusal, "voucher", 30, 2_000);
    guesser.orders(lamp, 1).json(201);
  }

  @Test
  @DisplayName("an account cannot be tried from everywhere at once, and whoever is in stays in")
  void accounts() throws Exception {
    var owner = Shopper.signedUp(shop, "victim@example.com");
    Shopper.signedUp(shop, "neighbour@example.com");

    var refusal = refusalOfCrowd(i -> guess("Victim@example.com", everywhere(4, i)));

    assertBucket(refusal, "sign-in", 200, 2_000);
    guess("neighbour@example.com", everywhere(4, 1)).problem(401, "credentials.wrong");
    assertThat(owner.get("/api/users/profile").status()).isEqualTo(200);
    owner.post("/api/users/refresh", JsonNodeFactory.instance.objectNode()).json(200);
  }

  @Test
  @DisplayName("nobody keeps an owner from signing in, however long they try from one address")
  void lockedOut() {
    Shopper.signedUp(shop, "owner@example.com");
    var attacker = "203.0.113.5";

    var refusal = firstRefusal(_ -> guess("Owner@example.com", attacker));
    for (var more = 0; more < 2 * 200; more++) {
      assertThat(guess("owner@example.com", attacker).status()).isIn(401, 429);
    }

    assertBucket(refusal, "sign-in", 20, 10_000);
    var owner = Shopper.stranger(shop);
    owner
        .post(
            "/api/users/signin",
            Shopper.credentials("owner@example.com"),
            FORWARDED,
            "198.51.100.5")
        .json(200);
    assertThat(owner.get("/api/users/profile").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("who has somebody's session guesses their password no faster than who has none")
  void stolenSession() {
    var owner = Shopper.signedUp(shop, "robbed@example.com");
    var thief = "203.0.113.7";
    var guess =
        JsonNodeFactory.instance.objectNode().put("current", "a guess").put("password", "my own!!");
    var erasure = JsonNodeFactory.instance.objectNode().put("password", "a guess");

    var refusal =
        firstRefusal(_ ->
            owner.send(
                owner
                    .to("/api/users/password")
                    .headers("Content-Type", "application/json", FORWARDED, thief)
                    .PUT(BodyPublishers.ofString(guess.toString()))));
    var erased = owner.delete("/api/users/me", erasure, FORWARDED, thief);

    assertBucket(refusal, "sign-in", 20, 10_000);
    assertThat(erased.status()).as("by erasing").isIn(403, 429);
    assertThat(owner.delete("/api/users/me", erasure, FORWARDED, thief).status())
        .as("by erasing, again")
        .isEqualTo(429);
  }

  @Test
  @DisplayName("nobody fills a mailbox with links, nor keeps its owner from asking for one")
  void mailboxes() {
    var attacker = "203.0.113.6";

    var refusal = firstRefusal(_ -> asksForLink("Mailbox@example.com", attacker));
    for (var more = 0; more < 10; more++) {
      asksForLink("mailbox@example.com", attacker).problem(429, "rate.limited");
    }

    assertBucket(refusal, "reset", 5, 1_800_000);
    assertThat(asksForLink("mailbox@example.com", "198.51.100.6").status()).isEqualTo(202);
    assertThat(asksForLink("other-mailbox@example.com", attacker).status()).isEqualTo(202);
  }

  @Test
  @DisplayName("a mailbox gets no more links than so many, wherever they are asked for")
  void mailsFromEverywhere() {
    var refusal = firstRefusal(i -> asksForLink("popular@example.com", everywhere(5, i)));

    assertBucket(refusal, "reset", 30, 300_000);
  }

  @Test
  @DisplayName("what somebody says of their own address counts for nothing")
  void invented() {
    var visitor = Shopper.stranger(shop);

    var refusal =
        firstRefusal(
            i -> ask(visitor, "/api/users/password-reset", "10.2.0." + i + ", 192.0.2.33"));

    assertBucket(refusal, "reset", 30, 5_000);
  }

  @Test
  @DisplayName("nobody who shops as people do, or writes a script for it, ever meets them")
  void people() {
    for (var visit = 0; visit < 10; visit++) {
      var shopper = Shopper.signedUp(shop);
      var product = shopper.offers("Lamp", "19.99", 10);
      for (var look = 0; look < 30; look++) {
        assertThat(shopper.get("/api/products").status()).isEqualTo(200);
      }
      var order = shopper.orders(product, 1).json(201);
      shopper.order(order.get("id").asText()).json(200);
    }
  }

  private static Refusal firstRefusal(IntFunction<Answer> asks) {
    var begun = System.nanoTime();
    for (var number = 0; number < MOST; number++) {
      var answer = asks.apply(number);
      if (answer.status() == 429) {
        return new Refusal(number, answer, Duration.ofNanos(System.nanoTime() - begun));
      }
    }
    throw new AssertionError("asked " + MOST + " times, and never refused");
  }

  /** The same of many who ask at once: nobody waits for the password of another. */
  private static Refusal refusalOfCrowd(IntFunction<Answer> asks) throws Exception {
    var begun = System.nanoTime();
    var allowed = 0;
    try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var first = 0; first < MOST; first += CROWD) {
        var answers =
            crowd.invokeAll(
                IntStream.range(first, first + CROWD)
                    .<Callable<Answer>>mapToObj(number -> () -> asks.apply(number))
                    .toList());
        var refused = new ArrayList<Answer>();
        for (var answer : answers) {
          if (answer.get().header("RateLimit").isPresent()) { // not if only many hash just now
            refused.add(answer.get());
          }
        }
        allowed += CROWD - refused.size();
        if (!refused.isEmpty()) {
          var after = Duration.ofNanos(System.nanoTime() - begun);
          return new Refusal(allowed, refused.getFirst(), after);
        }
      }
    }
    throw new AssertionError("asked " + MOST + " times, and never refused");
  }

  /** All that was in it, and what came in meanwhile, but no more. */
  private static void assertBucket(Refusal refusal, String kind, int bucket, long eachMillis) {
    var filled = refusal.after().toMillis() / eachMillis + 1;
    assertThat(refusal.number()).as(kind).isBetween(bucket, (int) (bucket + filled));
    refusal.answer().problem(429, "rate.limited");
    assertThat(retryAfter(refusal.answer())).isBetween(1L, Math.max(1, eachMillis / 1_000));
    assertThat(refusal.answer().header("RateLimit"))
        .contains("\"%s\";r=0;t=%d".formatted(kind, retryAfter(refusal.answer())));
  }

  private static long retryAfter(Answer refusal) {
    return Long.parseLong(refusal.header("Retry-After").orElseThrow());
  }

  /** Something that makes no sense, which counts all the same. */
  private static Answer ask(Shopper visitor, String path, String address) {
    return visitor.post(path, JsonNodeFactory.instance.objectNode(), FORWARDED, address);
  }

  private static Answer look(Shopper visitor, String address) {
    return visitor.send(visitor.to("/api/products").header(FORWARDED, address).GET());
  }

  private static String everywhere(int network, int number) {
    return "10.%d.%d.%d".formatted(network, number / 250, number % 250);
  }

  private static Answer asksForLink(String email, String address) {
    var asked = JsonNodeFactory.instance.objectNode().put("email", email);
    return Shopper.stranger(shop).post("/api/users/password-reset", asked, FORWARDED, address);
  }

  private static Answer guess(String email, String address) {
    ObjectNode credentials = Shopper.credentials(email).put("password", "a guess");
    return Shopper.stranger(shop).post("/api/users/signin", credentials, FORWARDED, address);
  }
}
