package boutique.journeys;

import static boutique.journeys.Attempt.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that the contract lets one ask, asked wrongly in every way that we know.
 *
 * <p>{@code -Dabuse.rounds=20} asks twenty times as much, {@code -Dabuse.seed} chooses what.
 */
@DisplayName("Whatever is asked of any route,")
@Timeout(3_600)
class HostileRequestsIT {
  private static final int ROUNDS = Integer.getInteger("abuse.rounds", 1);
  private static final long SEED = Long.getLong("abuse.seed", 20_261_121L);
  private static final int OF_EACH_OPERATION = 100;
  private static final int AT_ONCE = 8;
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final int STOCK = 1_000;
  private static final String KEY = "a key that only this test and its shop know";
  private static final String EMAIL = "customer@example.com";

  /** Not theirs: so that nobody is erased by a request that happens to be right. */
  private static final String WRONG = "wrong horse, wrong battery";

  private static final Pattern CODE = Pattern.compile("[a-z]+([.-][a-z]+)+|unavailable|internal");
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\bat [a-z]\\w*\\.[\\w.$]+\\(|\\.java:\\d|Exception\\b|\\b(io|com|org|java|boutique)\\.[a-z]+\\.[\\w.]*[A-Z]");

  @TempDir static Path data;
  private static ShopProcess shop;
  private static OpenApi api;
  private static Shopper seller;
  private static Shopper customer;
  private static String ordered;
  private static String untouched;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Unlimited.and("--sessions.key=" + KEY));
    api = OpenApi.of(shop);
    seller = Shopper.signedUp(shop);
    customer = Shopper.signedUp(shop, EMAIL);
    ordered = seller.offers("Vase", "38", STOCK);
    untouched = seller.offers("Lamp", "40", 9);
  }

  @AfterAll
  static void everythingIsAsItShouldBe() {
    try (var _ = shop) {
      assertThat(shop.program().alive()).isTrue();
      customer.post("/api/users/signin", Shopper.credentials(EMAIL)).json(200);
      var buyer = Shopper.signedUp(shop);
      var order = buyer.numbered(buyer.orders(untouched, 2).json(201));
      assertThat(buyer.order(order.get("id").asText()).json(200)).isEqualTo(order);
      assertThat(seller.stock(untouched)).isEqualTo(7);
      assertThat(seller.stock(ordered) + held())
          .as("nothing of the stock is lost")
          .isEqualTo(STOCK);
      assertThat(shop.program().err()).as("what the shop complains of").isEmpty();
    }
  }

  @Test
  @DisplayName("wrongly or oddly, is answered in time, with a problem that tells nothing of us")
  void answersEverything() throws Exception {
    var random = new Random(SEED);
    var attempts = new ArrayList<Attempt>();
    for (var operation : api.operations()) {
      var made = new ArrayList<>(hostile(operation));
      Collections.shuffle(made, random);
      var token = "Bearer " + whoAsks(operation).token();
      made.stream()
          .limit((long) OF_EACH_OPERATION * ROUNDS)
          .map(attempt -> attempt.with("Authorization", token))
          .forEach(attempts::add);
    }
    Collections.shuffle(attempts, random);

    var wrong = said(attempts);

    assertThat(wrong).as("of %d requests, seed %d", attempts.size(), SEED).isEmpty();
  }

  @Test
  @DisplayName("with a token that is not the shop's, is asked by nobody")
  void knowsForgeries() throws Exception {
    var attempts = new ArrayList<Attempt>();
    var tokens = new HashMap<>(HostileTokens.of(customer.token(), customer.refreshToken()));
    tokens.putAll(HostileTokens.ours(customer.token(), KEY));
    for (var operation : api.operations().stream().filter(one -> !one.open()).toList()) {
      var attempt = right(operation, UNKNOWN);
      attempts.add(attempt);
      tokens.forEach((kind, forged) ->
          forged.stream()
              .map(token -> attempt.with("Authorization", "Bearer " + token))
              .forEach(attempts::add));
      tokens.get("unsigned").stream()
          .map(token -> attempt.with("Cookie", "session=" + token))
          .forEach(attempts::add);
    }

    var wrong = said(attempts);

    assertThat(wrong).as("of %d requests", attempts.size()).isEmpty();
  }

  @Test
  @DisplayName("by a stranger, tells them nothing but to sign in first")
  void tellsStrangersNothing() throws Exception {
    var attempts = new ArrayList<Attempt>();
    for (var operation : api.operations().stream().filter(one -> !one.open()).toList()) {
      var malformed = target(operation) + "?limit=many&cursor=%00";
      attempts.add(Attempt.of("query", operation, malformed, UNKNOWN));
      if (operation.takesJson()) {
        var body = body(operation);
        HostileBodies.of(api, operation, target(operation), body).stream()
            .filter(attempt -> attempt.headers().get("Content-Type").contains("json"))
            .limit((long) OF_EACH_OPERATION * ROUNDS)
            .map(attempt -> attempt.meaning(UNKNOWN))
            .forEach(attempts::add);
      }
    }

    var wrong = said(attempts);

    assertThat(wrong).as("of %d requests", attempts.size()).isEmpty();
  }

  @Test
  @DisplayName("with a token that is signed as the shop signs, is asked by whom it names")
  void knowsItsOwn() {
    var anew = HostileTokens.signedAnew(customer.token(), KEY, claims -> claims.put("more", 1));

    var answer =
        Shopper.stranger(shop)
            .send(
                Shopper.stranger(shop)
                    .to("/api/users/currentuser")
                    .header("Authorization", "Bearer " + anew));

    assertThat(answer.json(200).at("/currentUser/id").asText()).isEqualTo(customer.id());
  }

  /** What changes an account may end its sessions: then it is another's than the customer's. */
  private static Shopper whoAsks(Operation operation) {
    var endsSessions = operation.path().startsWith("/api/users") && !operation.reads();
    return endsSessions ? Shopper.signedUp(shop) : customer;
  }

  private static List<Attempt> hostile(Operation operation) {
    var target = target(operation);
    var body = body(operation);
    var heads = HostileHeads.of(operation, target, body);
    return operation.takesJson()
        ? Stream.concat(heads.stream(), HostileBodies.of(api, operation, target, body).stream())
            .toList()
        : heads;
  }

  private static Attempt right(Operation operation, Attempt.Verdict verdict) {
    var attempt = Attempt.of(operation.toString(), operation, target(operation), verdict);
    return operation.takesJson()
        ? attempt.with(
            "application/json",
            body(operation).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
        : attempt;
  }

  /** What is named in a path is somebody else's, or nobody's. */
  private static String target(Operation operation) {
    var id = operation.path().startsWith("/api/products/") ? untouched : "nothing-of-mine";
    return operation.path().replaceAll("\\{[^}]+}", id);
  }

  private static JsonNode body(Operation operation) {
    return operation.takesJson()
        ? new Examples(api, Map.of("productId", ordered, "current", WRONG, "password", WRONG))
            .of(operation.body())
        : MissingNode.getInstance();
  }

  /** Says them all, and tells which were not answered as they must be. */
  private static List<String> said(List<Attempt> attempts) throws Exception {
    Queue<Attempt> left = new ConcurrentLinkedQueue<>(attempts);
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var working = new ArrayList<Future<?>>();
      for (var i = 0; i < AT_ONCE; i++) {
        working.add(
            threads.submit(() -> {
              for (var next = left.poll(); next != null; next = left.poll()) {
                say(next, wrong);
              }
            }));
      }
      for (var one : working) {
        one.get();
      }
    }
    return List.copyOf(wrong);
  }

  private static void say(Attempt attempt, Queue<String> wrong) {
    var answer = new Wire(shop.base()).say(attempt.bytes("localhost"), DEADLINE);
    var complaint = complaint(attempt, answer);
    if (!complaint.isEmpty()) {
      wrong.add(
          "%s: %s%n%s%n%s"
              .formatted(attempt.what(), complaint, attempt.curl(shop.base()), answer.text()));
    }
  }

  private static String complaint(Attempt attempt, Wire.Heard answer) {
    var status = answer.status();
    if (status == 0) {
      return answer.over() ? "hung up without an answer" : "no answer in time";
    }
    if (status >= 500) {
      return "a failure";
    }
    if (INSIDE.matcher(answer.body()).find()) {
      return "tells of our inside";
    }
    if (status >= 400 && !isProblem(answer)) {
      return "not a problem as RFC 9457 wants it";
    }
    if (status >= 400 && !Documented.has(attempt.method(), path(attempt), code(answer))) {
      return "the contract does not say that it may be refused like this";
    }
    return switch (attempt.verdict()) {
      case ANY -> "";
      case REFUSED -> status >= 400 ? "" : "should have been refused";
      case UNKNOWN -> status == 401 ? "" : "should have been nobody's";
    };
  }

  private static String path(Attempt attempt) {
    return attempt.target().split("\\?", 2)[0];
  }

  private static String code(Wire.Heard problem) {
    try {
      return new ObjectMapper().readTree(problem.body()).path("code").asText();
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(problem.text(), malformed);
    }
  }

  private static boolean isProblem(Wire.Heard answer) {
    try {
      var problem = new ObjectMapper().readTree(answer.body());
      return answer.header("Content-Type").equals("application/problem+json")
          && problem.path("status").asInt() == answer.status()
          && !problem.path("detail").asText().isEmpty()
          && CODE.matcher(problem.path("code").asText()).matches();
    } catch (JsonProcessingException malformed) {
      return false;
    }
  }

  /** How much of it the customer's orders hold. */
  private static long held() {
    return customer.orders().stream()
        .filter(order -> !order.get("status").asText().equals("cancelled"))
        .flatMap(order -> order.get("items").findParents("productId").stream())
        .filter(item -> item.get("productId").asText().equals(ordered))
        .mapToLong(item -> item.get("quantity").asLong())
        .sum();
  }
}
