package boutique.payments.books;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.payment.Sheet;
import boutique.payments.PaymentList;
import boutique.payments.books.Passage.Through;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A round of the reconciler")
class RoundTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int ENDLESS = 1_000_000;
  private static final Duration TIME = Duration.ofMinutes(1);
  private static final int ALL = Book.shares() + Again.SHARE;
  private static final Listed NOTHING = new Listed(List.of());

  private final Passages passages = new Passages();
  private final List<Integer> read = new ArrayList<>();
  private final SlowAnswers provider = new SlowAnswers(NOON, Duration.ofSeconds(3));

  @ParameterizedTest
  @EnumSource(Book.class)
  @DisplayName("reads so many pages of a book at most, and the next one goes on behind them")
  void pages(Book book) {
    for (var more = 0; more < 3; more++) {
      var before = read.size();
      round().goes(book, this::page);
      assertThat(read.size() - before).isBetween(1, 50);
    }

    assertThat(read).isSorted().doesNotHaveDuplicates().startsWith(0).endsWith(read.size() - 1);
  }

  @ParameterizedTest
  @EnumSource(Book.class)
  @DisplayName("asks about so many lines of a book at most, and finishes the page")
  void questions(Book book) {
    var round = round();
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
    var round = round();
    round.goes(Book.CHARGES, this::page);
    read.clear();

    round.goes(Book.PAYMENTS, _ -> Future.succeededFuture(Optional.empty()));

    assertThat(passages.of(Book.PAYMENTS).whole()).isEqualTo(NOON);
    assertThat(passages.of(Book.CHARGES).whole()).isNull();
  }

  @Test
  @DisplayName("tells how far it is, and whoever begins anew begins there")
  void told() {
    round().goes(Book.CHARGES, _ -> Future.succeededFuture(Optional.empty()));
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

  @Test
  @DisplayName("looks at a few things beside one another, and is through much sooner")
  void beside() {
    var round = round();

    var looked = provider.until(round.ends(many(66), _ -> provider.answer()));

    assertThat(looked).isEqualTo(66);
    assertThat(provider.mostAtOnce()).isEqualTo(Round.AT_ONCE);
    assertThat(provider.taken()).isEqualTo(Duration.ofSeconds(27));
  }

  @Test
  @DisplayName("begins nothing more when its time is over, and brings to its end what it is at")
  void over() {
    var begun = new ArrayList<Integer>();
    var round = round();

    var looked =
        provider.until(
            round.ends(
                many(1_000),
                one -> {
                  begun.add(one);
                  return provider.answer();
                }));

    assertThat(looked).isEqualTo(begun.size()).isEqualTo(20 * Round.AT_ONCE);
    assertThat(begun).as("none is left out").isEqualTo(many(begun.size()));
    assertThat(provider.taken()).isEqualTo(TIME);
    assertThat(provider.waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 100})
  @DisplayName("leaves no part of it out, however slow the provider is, and is over in time")
  void shared(int seconds) {
    var slow = new SlowAnswers(NOON, Duration.ofSeconds(seconds));
    var round = new Round(NOON, new Allotment(slow, TIME, ALL), NOTHING, passages);
    var begun = new ArrayList<Integer>();
    for (var book : Book.values()) {
      var before = slow.asked();
      slow.until(
          round.goes(
              book,
              from -> round.some(many(Book.PAGE), _ -> slow.answer()).compose(_ -> page(from))));
      begun.add(slow.asked() - before);
    }
    begun.add(slow.until(round.ends(many(400), _ -> slow.answer())));

    assertThat(begun).allMatch(many -> many >= Round.AT_ONCE);
    assertThat(slow.taken())
        .isLessThanOrEqualTo(TIME.plusSeconds((long) seconds * (Book.values().length + 1)));
  }

  @Test
  @DisplayName("leaves the time that one part does not need to those behind it")
  void left() {
    var round = round();
    for (var book : Book.values()) {
      provider.until(round.goes(book, _ -> provider.answer().map(Optional.<String>empty())));
    }

    var looked = provider.until(round.ends(many(400), _ -> provider.answer()));

    assertThat(looked).isEqualTo((60 / 3 - Book.values().length) * Round.AT_ONCE);
    assertThat(provider.taken()).isEqualTo(TIME);
  }

  @Test
  @DisplayName("takes a page up where there was no time for the rest of it, answered or not")
  void within() {
    var lines = many(30).stream().map(String::valueOf).toList();
    var lately =
        new Lately<String>((_, _) -> Future.succeededFuture(new Sheet<>(lines, "", false, 0)));
    var asked = new ArrayList<String>();
    for (var rounds = 0; rounds < 3; rounds++) {
      var round =
          new Round(NOON, new Allotment(provider, Duration.ofSeconds(4), 1), NOTHING, passages);
      provider.until(
          round.goes(
              Book.RETURNS,
              from ->
                  lately.page(
                      round,
                      from,
                      line -> {
                        asked.add(line);
                        return provider.answer().map(false);
                      })));
    }

    assertThat(asked.subList(0, lines.size())).isEqualTo(lines);
    assertThat(passages.of(Book.RETURNS).whole()).isNotNull();
  }

  private Round round() {
    return new Round(NOON, new Allotment(provider, TIME, ALL), NOTHING, passages);
  }

  private static List<Integer> many(int many) {
    return IntStream.range(0, many).boxed().toList();
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
