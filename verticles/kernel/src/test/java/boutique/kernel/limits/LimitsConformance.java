package boutique.kernel.limits;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.kernel.limits.Taken.Later;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Limits} keeps. */
@Timeout(60)
public abstract class LimitsConformance {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MOMENT = Duration.ofMillis(200);

  private final String bucket = "test/" + UUID.randomUUID();

  /** The limits under test. */
  protected abstract Limits limits();

  /** The same limits, as somebody else reaches them. */
  protected abstract Limits elsewhere();

  /** Returns when so much time has passed for the limits. */
  protected abstract void pass(Duration time);

  @Test
  @DisplayName("a new bucket gives what it holds, and not one more")
  void capacity() {
    var rate = new Rate(3, DAY);

    assertThat(take(rate, 1)).isEqualTo(Taken.YES);
    assertThat(take(rate, 1)).isEqualTo(Taken.YES);
    assertThat(take(rate, 1)).isEqualTo(Taken.YES);
    assertThat(take(rate, 1)).isInstanceOf(Later.class);
  }

  @Test
  @DisplayName("a refusal says when to come back, and then there is one")
  void comeBack() {
    var rate = new Rate(1, MOMENT);
    assertThat(take(rate, 1)).isEqualTo(Taken.YES);

    var wait = ((Later) take(rate, 1)).in();

    assertThat(wait).isPositive().isLessThanOrEqualTo(MOMENT);
    pass(wait);
    assertThat(take(rate, 1)).isEqualTo(Taken.YES);
  }

  @Test
  @DisplayName("what is refused costs nothing")
  void refusalsAreFree() {
    var rate = new Rate(2, DAY);
    assertThat(take(rate, 2)).isEqualTo(Taken.YES);
    var first = ((Later) take(rate, 1)).in();

    for (var i = 0; i < 20; i++) {
      assertThat(take(rate, 1)).isInstanceOf(Later.class);
    }

    assertThat(((Later) take(rate, 1)).in()).isLessThanOrEqualTo(first);
  }

  @Test
  @DisplayName("several tokens are taken all together or not at all")
  void allOrNone() {
    var rate = new Rate(5, DAY);
    assertThat(take(rate, 3)).isEqualTo(Taken.YES);

    assertThat(take(rate, 3)).isInstanceOf(Later.class);
    assertThat(take(rate, 2)).isEqualTo(Taken.YES);
    assertThat(take(rate, 1)).isInstanceOf(Later.class);
  }

  @Test
  @DisplayName("however long it rests, a bucket is never fuller than full")
  void neverFullerThanFull() {
    var rate = new Rate(2, Duration.ofMillis(10));
    assertThat(take(rate, 2)).isEqualTo(Taken.YES);
    pass(MOMENT);
    var slow = new Rate(2, DAY);

    assertThat(take(slow, 2)).isEqualTo(Taken.YES);
    assertThat(take(slow, 1)).isInstanceOf(Later.class);
  }

  @Test
  @DisplayName("one bucket knows nothing of another")
  void apart() {
    var rate = new Rate(1, DAY);
    assertThat(take(rate, 1)).isEqualTo(Taken.YES);

    assertThat(get(limits().take(bucket + "2", rate, 1))).isEqualTo(Taken.YES);
    assertThat(take(rate, 1)).isInstanceOf(Later.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b\r\nc", "{x}", "№ 🍮", "2001:db8::/64", "' or 1=1 --"})
  @DisplayName("a bucket may have any name")
  void names(String name) {
    var rate = new Rate(1, DAY);
    var odd = bucket + name;

    assertThat(get(limits().take(odd, rate, 1))).isEqualTo(Taken.YES);
    assertThat(get(limits().take(odd, rate, 1))).isInstanceOf(Later.class);
  }

  @Test
  @DisplayName("nobody can ask for more than a bucket can ever hold")
  void tooMuch() {
    var rate = new Rate(2, DAY);

    assertThatThrownBy(() -> take(rate, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> take(rate, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("of many who take at once from everywhere, as many get one as there were")
  void together() throws Exception {
    var rate = new Rate(50, DAY);
    var takers = new ArrayList<Callable<Taken>>();
    for (var i = 0; i < 100; i++) {
      takers.add(() -> take(rate, 1));
      takers.add(() -> get(elsewhere().take(bucket, rate, 1)));
    }

    try (var crowd = Executors.newFixedThreadPool(16)) {
      var taken = crowd.invokeAll(takers).stream().map(Future::resultNow).toList();

      assertThat(taken).filteredOn(Taken.YES::equals).hasSize(50);
    }
  }

  private Taken take(Rate rate, int tokens) {
    return get(limits().take(bucket, rate, tokens));
  }
}
