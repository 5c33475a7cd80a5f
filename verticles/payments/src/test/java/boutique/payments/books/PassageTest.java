package boutique.payments.books;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.payments.books.Passage.Through;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Going through books")
class PassageTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration HORIZON = Duration.ofDays(3);
  private static final int PAGES = 7;

  private final Passage passage = new Passage();
  private final List<Through> read = new ArrayList<>();
  private Instant now = NOON;

  @ParameterizedTest
  @CsvSource({"1, 7", "3, 3", "7, 1", "50, 1"})
  @DisplayName(
      "reads only so many pages a round, and all of them once in as many rounds as it takes")
  void bounded(int most, int rounds) {
    for (var round = 1; round <= rounds; round++) {
      assertThat(passage.whole()).isNull();
      var before = read.size();
      round(most);
      assertThat(read.size() - before).isLessThanOrEqualTo(most);
    }

    assertThat(read.stream().map(Through::after)).containsExactly("", "1", "2", "3", "4", "5", "6");
    assertThat(read).extracting(Through::since).containsOnly(NOON.minus(HORIZON));
    assertThat(passage.whole()).as("what is younger was not there yet").isEqualTo(NOON);
  }

  @Test
  @DisplayName("begins again at the horizon, and before it if the last whole pass is longer ago")
  void nothingIsLeftOut() {
    round(PAGES);
    round(PAGES);
    assertThat(read.getLast().since()).isEqualTo(NOON.plusSeconds(60).minus(HORIZON));

    now = NOON.plus(Duration.ofDays(10));
    round(PAGES);

    assertThat(read.getLast().since()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  @DisplayName("goes on where somebody was who is not there any more")
  void resumed() {
    passage.resume(NOON.minus(Duration.ofDays(20)));

    round(PAGES);

    assertThat(read.getFirst().since()).isEqualTo(NOON.minus(Duration.ofDays(20)));
  }

  @Test
  @DisplayName("reads again the page that could not be read")
  void failing() {
    round(2);

    var failed =
        passage.go(now, now.minus(HORIZON), () -> true, _ -> Future.failedFuture("silence"));
    round(1);

    assertThat(failed.failed()).isTrue();
    assertThat(read).extracting(Through::after).containsExactly("", "1", "2");
  }

  private void round(int most) {
    var left = new AtomicInteger(most);
    var done = passage.go(now, now.minus(HORIZON), () -> left.getAndDecrement() > 0, this::page);
    assertThat(done.succeeded()).isTrue();
    now = now.plusSeconds(60);
  }

  private Future<Optional<String>> page(Through from) {
    read.add(from);
    var number = from.isFirst() ? 0 : Integer.parseInt(from.after());
    return Future.succeededFuture(
        IntStream.of(number + 1).filter(next -> next < PAGES).mapToObj(String::valueOf).findAny());
  }
}
