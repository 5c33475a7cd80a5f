package boutique.users;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Unavailable;
import boutique.language.users.EmailHash;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Those who change one person")
class TurnsTest {
  private static final EmailHash ANNA = EmailHash.of("anna@example.com", new byte[] {1});
  private static final EmailHash BEN = EmailHash.of("ben@example.com", new byte[] {1});

  private final Turns turns = new Turns();
  private final List<String> begun = new ArrayList<>();
  private final Map<String, Promise<String>> going = new HashMap<>();

  @Test
  @DisplayName("go one after the other, also behind one that fails or breaks, and past others")
  void inTurn() {
    var one = turns.take(ANNA, () -> begin("one"));
    var broken =
        turns.<String>take(
            ANNA,
            () -> {
              throw new IllegalStateException("broken");
            });
    var two = turns.take(ANNA, () -> begin("two"));
    turns.take(BEN, () -> begin("ben"));

    assertThat(begun).containsExactly("one", "ben");
    going.get("one").fail("failed");
    assertThat(one.failed()).isTrue();
    assertThat(broken.cause()).isInstanceOf(IllegalStateException.class);
    assertThat(begun).containsExactly("one", "ben", "two");
    going.get("two").complete("done");
    assertThat(two.result()).isEqualTo("done");
    turns.take(ANNA, () -> begin("three"));
    assertThat(begun).endsWith("three");
  }

  @Test
  @DisplayName("let whoever has precedence go first, however many wait")
  void precedence() {
    turns.take(ANNA, () -> begin("first"));
    for (var i = 0; i < Turns.MOST_WAITING; i++) {
      turns.take(ANNA, () -> begin("crowd"));
    }

    var tooMany = turns.take(ANNA, () -> begin("too many"));
    var operator = turns.takeFirst(ANNA, () -> begin("operator"));

    assertThat(tooMany.cause()).isInstanceOf(Unavailable.class);
    going.get("first").complete("done");
    assertThat(begun).containsExactly("first", "operator");
    going.get("operator").complete("blocked");
    assertThat(operator.result()).isEqualTo("blocked");
    assertThat(begun).containsExactly("first", "operator", "crowd");
  }

  private Future<String> begin(String name) {
    begun.add(name);
    var promise = Promise.<String>promise();
    going.put(name, promise);
    return promise.future();
  }
}
