package boutique.payments.books;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.payments.PaymentList;
import boutique.payments.books.Passage.Through;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A round of the reconciler")
class RoundTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int ENDLESS = 1_000_000;

  private final Passages passages = new Passages();
  private final List<Integer> read = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Book.class)
  @DisplayName("reads so many pages of a book at most, and the next one goes on behind them")
  void pages(Book book) {
    for (var more = 0; more < 3; more++) {
      var before = read.size();
      new Round(NOON, new Listed(List.of()), passages).goes(book, this::page);
      assertThat(read.size() - before).isBetween(1, 50);
    }

    assertThat(read).isSorted().doesNotHaveDuplicates().startsWith(0).endsWith(read.size() - 1);
  }

  @ParameterizedTest
  @EnumSource(Book.class)
  @DisplayName("asks about so many lines of a book at most, and finishes the page")
  void questions(Book book) {
    var round = new Round(NOON, new Listed(List.of()), passages);
    round.goes(
        book,
        from -> {
          for (var line = 0; line < Book.PAGE; line++) {
            round.asks(book);
          }
          return page(from);
        });

    assertThat(read).hasSize(Book.MOST_ASKED_FOR / Book.PAGE);
  }

  @Test
  @DisplayName("lets no book wait for another that is longer")
  void each() {
    var round = new Round(NOON, new Listed(List.of()), passages);
    round.goes(Book.CHARGES, this::page);
    read.clear();

    round.goes(Book.PAYMENTS, _ -> Future.succeededFuture(Optional.empty()));

    assertThat(passages.of(Book.PAYMENTS).whole()).isEqualTo(NOON);
    assertThat(passages.of(Book.CHARGES).whole()).isNull();
  }

  @Test
  @DisplayName("tells how far it is, and whoever begins anew begins there")
  void told() {
    new Round(NOON, new Listed(List.of()), passages)
        .goes(Book.CHARGES, _ -> Future.succeededFuture(Optional.empty()));
    var anew = new Passages();
    anew.resume(passages.comparedUntil());

    assertThat(anew.of(Book.CHARGES).whole()).isEqualTo(NOON);
    assertThat(anew.of(Book.RETURNS).whole()).isNull();
  }

  @Test
  @DisplayName(
      "begins in our list before what was ordered a day before the horizon, and not long before")
  void young() {
    var behind = PaymentList.before(NOON);

    assertThat(behind).isLessThan(id(NOON.minusSeconds(86_400)));
    assertThat(behind).isGreaterThan(id(NOON.minusSeconds(86_401)));
  }

  /** As orders are called. */
  private static String id(Instant made) {
    return new UUID(made.toEpochMilli() << 16 | 0x7000L, 0x8000_0000_0000_0000L).toString();
  }

  private Future<Optional<String>> page(Through from) {
    var number = from.isFirst() ? 0 : Integer.parseInt(from.after());
    read.add(number);
    return Future.succeededFuture(
        number < ENDLESS ? Optional.of(String.valueOf(number + 1)) : Optional.empty());
  }
}
