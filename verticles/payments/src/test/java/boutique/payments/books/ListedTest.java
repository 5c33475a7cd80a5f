package boutique.payments.books;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.store.Views.Entry;
import boutique.language.Money;
import boutique.payments.books.Discrepancy.Kind;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The list of what does not agree")
class ListedTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Money MONEY = new Money(100, "USD");

  @ParameterizedTest
  @ValueSource(ints = {1, 199, 200, 201, 1_000, 5_000})
  @DisplayName(
      "is looked at again in parts, oldest first, and whole in as many rounds as that takes")
  void turns(int many) {
    var listed = new Listed(found(many, Kind.DISPUTED));
    var looked = new HashMap<String, Instant>();
    var rounds = (many + Listed.MOST_AGAIN - 1) / Listed.MOST_AGAIN;
    for (var round = 0; round < rounds; round++) {
      var turn = listed.turn(looked);
      assertThat(turn).hasSizeLessThanOrEqualTo(Listed.MOST_AGAIN);
      assertThat(turn.getFirst().key()).isEqualTo("disputed." + (many - 1 - round * 200));
      look(turn, looked, round);
    }

    assertThat(looked).hasSize(many);
    assertThat(looked.get(listed.turn(looked).getFirst().key()))
        .as("and then that which was not for longest")
        .isEqualTo(Collections.min(looked.values()));
  }

  @Test
  @DisplayName("lets what is put right by itself not wait for the rest, nor the rest for it")
  void sorts() {
    var all = Stream.of(Kind.DISPUTED, Kind.REFUND_DUE).flatMap(kind -> found(900, kind).stream());

    assertThat(new Listed(all.toList()).turn(Map.of()))
        .extracting(one -> one.document().getString("kind"))
        .hasSize(2 * Listed.MOST_AGAIN)
        .startsWith("refund-due", "disputed", "refund-due", "disputed")
        .endsWith("refund-due", "disputed");
  }

  @Test
  @DisplayName("has room for so many, counts the others once, and has room again when one is gone")
  void room() {
    var found = found(Listed.MOST - 1, Kind.DISPUTED);
    var listed = new Listed(found);

    assertThat(listed.takes(wrong(Kind.DISPUTED, "a"))).isTrue();
    assertThat(listed.takes(wrong(Kind.DISPUTED, "a"))).as("it is in it").isFalse();
    assertThat(listed.unlisted()).isZero();
    assertThat(listed.takes(wrong(Kind.DISPUTED, "b"))).isFalse();
    assertThat(listed.takes(wrong(Kind.DISPUTED, "b"))).isFalse();
    assertThat(listed.unlisted()).isEqualTo(1);

    listed.vanished(found.getFirst());
    assertThat(listed.takes(wrong(Kind.DISPUTED, "b"))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHARGE_WITHOUT_PAYMENT", "HOLD_UNKNOWN"})
  @DisplayName("leaves room to what is ours, however much money is somebody else's")
  void foreign(Kind kind) {
    var listed = new Listed(List.of());
    var taken = IntStream.range(0, 6_000).filter(n -> listed.takes(wrong(kind, "" + n))).count();

    assertThat(taken).isEqualTo(Listed.MOST_FOREIGN);
    assertThat(listed.unlisted()).isEqualTo(6_000 - Listed.MOST_FOREIGN);
    assertThat(listed.takes(wrong(Kind.DISPUTED, "a"))).isTrue();
  }

  private static void look(List<Entry> turn, Map<String, Instant> looked, int round) {
    turn.forEach(one -> looked.put(one.key(), NOON.plusSeconds(60L * round)));
  }

  private static Discrepancy wrong(Kind kind, String about) {
    return new Discrepancy(kind, "", about, null, MONEY, MONEY, MONEY);
  }

  /** Each a second older than the one before. */
  private static List<Entry> found(int many, Kind kind) {
    return IntStream.range(0, many)
        .mapToObj(n ->
            new Entry(
                kind.wireName + "." + n,
                new JsonObject()
                    .put("kind", kind.wireName)
                    .put("mends", kind.mends)
                    .put("since", NOON.minusSeconds(n).toString())))
        .toList();
  }
}
