package boutique.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Who people are")
@Timeout(300)
class PersonalDataIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "Idempotency-Key";

  /** All that anybody says of themselves here holds this. */
  private static final String CANARY = "canary";

  private static final String EMAIL = "Canary.Bird@example.com";
  private static final String PASSWORD = "a canary password";
  private static final List<String> ROOMS =
      List.of("users", "sessions", "catalog", "inventory", "carts", "orders", "numbers");

  @TempDir Path data;

  @Test
  @DisplayName(
      "is in no event, not in Kafka, in no log and no metric, and nowhere, nor on the disk, when"
          + " they are erased")
  void nowhere() throws IOException {
    var kafka = Ports.free();
    List<String> said = new ArrayList<>();
    try (var shop = ShopProcess.openWithKafka(data, kafka, Shopper.OPERATOR)) {
      var operator = Shopper.operator(shop);
      var anna = Shopper.stranger(shop);
      live(shop, anna, operator);
      said.addAll(metrics(shop));
      assertThat(operator.get("/api/users?email=" + EMAIL).toString()).containsIgnoringCase(CANARY);
      said.addAll(facts(kafka, "user.blocked"));
      assertThat(Disk.filesWith(data, CANARY)).isNotEmpty();
      erase(anna, operator);
      Patience.await().until(() -> Disk.filesWith(data, CANARY).isEmpty());
      said.addAll(facts(kafka, "user.erased"));
      said.addAll(metrics(shop));
      shop.program().terminate();
      said.addAll(shop.program().out());
      said.addAll(shop.program().err());
    }
    assertThat(said).isNotEmpty().noneMatch(PersonalDataIT::tells);
    assertNothingKept();
  }

  private static void live(ShopProcess shop, Shopper anna, Shopper operator) {
    var body = Shopper.credentials(EMAIL).put("password", PASSWORD);
    var id = anna.post("/api/users/signup", body).json(201).get("id").asText();
    anna.post("/api/users/signup", body).json(409);
    anna.put("/api/users/profile", object("name", "Canary Bird"), KEY, "profile").json(200);
    var address = AccountsIT.address("Canary Bird").put("line1", "1 Canary Wharf");
    anna.post("/api/users/addresses", address, KEY, "address").json(201);
    anna.post("/api/users/addresses", address.put("country", "Canary Islands")).json(400);
    var order = anna.orders(anna.offers("Lamp", "12.50", 5), 1).json(201);
    anna.get("/api/users/me/export").json(200);
    anna.post("/api/users/password-reset", object("email", EMAIL));
    Patience.await().until(() -> mailbox(operator).contains(EMAIL));
    Shopper.stranger(shop).signsIn(EMAIL, "not the canary's").json(401);
    Shopper.stranger(shop).signsIn(EMAIL + " canary", "x").json(400);
    var reason = object("reason", "Canary sings.");
    operator.post("/api/users/" + id + "/block", reason, KEY, "block").json(200);
    operator.post("/api/users/" + id + "/unblock", JSON.createObjectNode()).json(200);
    anna.signsIn(EMAIL, PASSWORD).json(200);
    anna.put(
        "/api/users/password", object("current", PASSWORD).put("password", PASSWORD + " again"));
    anna.cancels(order.get("id").asText()).json(200);
  }

  private static void erase(Shopper anna, Shopper operator) {
    var erased = anna.delete("/api/users/me", object("password", PASSWORD + " again"));
    assertThat(erased.status()).isEqualTo(204);
    assertThat(operator.get("/api/users?email=" + EMAIL).json(200).get("items")).isEmpty();
    assertThat(mailbox(operator)).doesNotContain(EMAIL);
  }

  /** Everything in Kafka, as soon as an event of this name is there. */
  private static List<String> facts(int kafka, String name) {
    try (var reader = new FactReader(kafka)) {
      Patience.await()
          .until(() -> reader.all().stream().anyMatch(fact -> fact.type().equals(name)));
      return reader.all().stream().map(Fact::toString).toList();
    }
  }

  private void assertNothingKept() throws IOException {
    try (var database = open()) {
      var store = new RocksEventStore(database.database());
      var events = ROOMS.stream().flatMap(room -> events(store, room)).toList();
      assertThat(events).anyMatch(event -> event.contains("user.blocked"));
      assertThat(events).noneMatch(PersonalDataIT::tells);
      var vault = new RocksViews(database.database()).scan("vault", Page.first("", 100)).await();
      assertThat(vault).hasSize(1).noneMatch(entry -> tells(entry.toString()));
      assertThat(answers(database.database()))
          .hasSizeGreaterThanOrEqualTo(3)
          .allSatisfy(entry -> assertThat(entry.document().getString("sealed")).isNotEmpty())
          .noneMatch(entry -> tells(entry.toString()))
          .noneMatch(entry -> tells(unpacked(entry.document().getString("sealed"))));
    }
  }

  /** What was answered under the keys that were used, today or, around midnight, yesterday. */
  private static List<Entry> answers(RocksDatabase database) {
    var today = LocalDate.now(ZoneOffset.UTC).toEpochDay();
    return Stream.of(today - 1, today)
        .flatMap(day ->
            new RocksViews(database).scan("answers." + day, Page.first("", 100)).await().stream())
        .toList();
  }

  private static String unpacked(String sealed) {
    return new String(Base64.getDecoder().decode(sealed), ISO_8859_1);
  }

  private Opened open() throws IOException {
    return new Opened(RocksDatabase.open(data));
  }

  private record Opened(RocksDatabase database) implements AutoCloseable {
    @Override
    public void close() {
      database.close().await();
    }
  }

  private static Stream<String> events(RocksEventStore store, String room) {
    return store.scan(room, null, 10_000).await().stream()
        .flatMap(commit -> commit.events().stream())
        .map(PersonalDataIT::whole);
  }

  private static String whole(Recorded recorded) {
    return recorded + " " + recorded.json();
  }

  /** A page that shows no number at all would tell nothing of anybody either. */
  private static List<String> metrics(ShopProcess shop) {
    var page = shop.metrics().lines().toList();
    assertThat(page).anyMatch(line -> line.startsWith("boutique_store_events_total "));
    return page;
  }

  private static String mailbox(Shopper operator) {
    return operator.get("/api/ops/mailbox").json(200).toString();
  }

  private static boolean tells(String line) {
    return line.toLowerCase(Locale.ROOT).contains(CANARY);
  }

  private static ObjectNode object(String field, String value) {
    return JSON.createObjectNode().put(field, value);
  }
}
