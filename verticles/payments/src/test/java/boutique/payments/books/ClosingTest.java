package boutique.payments.books;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Rules;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.discrepancies.DiscrepancyCommand;
import boutique.language.discrepancies.DiscrepancyCommand.CloseDiscrepancy;
import boutique.language.discrepancies.DiscrepancyCommand.ReopenDiscrepancy;
import boutique.language.discrepancies.DiscrepancyEvent;
import boutique.language.discrepancies.DiscrepancyEvent.DiscrepancyClosed;
import boutique.language.discrepancies.DiscrepancyEvent.DiscrepancyReopened;
import boutique.language.discrepancies.DiscrepancyId;
import boutique.language.discrepancies.Figures;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A line on which the books do not agree")
class ClosingTest {
  private static final String KIND = "disputed";
  private static final DiscrepancyId ID = DiscrepancyId.of(KIND, "o1", "dp_1");
  private static final UserId CLARA = new UserId("clara");
  private static final UserId DAVID = new UserId("david");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(60);

  private final Rules<DiscrepancyCommand, Decided, DiscrepancyEvent> rules =
      Rules.of(new ClosingDecider());

  @Test
  @DisplayName("is closed by somebody, for a reason, at its figures")
  void closed() {
    rules.when(close(1900, CLARA, "It was settled.", NOON)).then(closedAt(1900));
  }

  @Test
  @DisplayName("keeps its first reason, however often it is closed at these figures")
  void repeated() {
    rules
        .given(List.of(closedAt(1900)))
        .when(close(1900, DAVID, "I have seen to it.", LATER))
        .thenNothing();
  }

  @Test
  @DisplayName("is closed anew when it was gone and has come again, be it at the same figures")
  void cameAgain() {
    var again =
        new CloseDiscrepancy(ID, KIND, figures(1900), LATER, false, DAVID, "Once more.", LATER);
    var closed = new DiscrepancyClosed(ID, KIND, figures(1900), DAVID, "Once more.", LATER);

    rules.given(List.of(closedAt(1900))).when(again).then(closed);
    rules.given(List.of(closedAt(1900), closed)).when(again).thenNothing();
  }

  @Test
  @DisplayName("is closed anew when it is about other figures")
  void changed() {
    rules
        .given(List.of(closedAt(1900)))
        .when(close(2500, DAVID, "All of it.", LATER))
        .then(new DiscrepancyClosed(ID, KIND, figures(2500), DAVID, "All of it.", LATER));
  }

  @Test
  @DisplayName("is not closed while the shop puts it right by itself")
  void mends() {
    rules
        .when(new CloseDiscrepancy(ID, KIND, figures(1900), NOON, true, CLARA, "No.", NOON))
        .thenRefused("discrepancy.repaired-by-itself");
  }

  @Test
  @DisplayName("is open again when somebody says so, once, and may be closed again")
  void reopened() {
    var reopened = new DiscrepancyReopened(ID, DAVID, LATER);

    rules.given(List.of(closedAt(1900))).when(reopen()).then(reopened);
    rules.given(List.of(closedAt(1900), reopened)).when(reopen()).thenNothing();
    rules
        .given(List.of(closedAt(1900), reopened))
        .when(close(1900, CLARA, "It was settled.", NOON))
        .then(closedAt(1900));
  }

  @Test
  @DisplayName("that was never closed is open")
  void open() {
    rules.when(reopen()).thenNothing();
  }

  @Test
  @DisplayName("bears the name of what it is about, as long as a stream may be called so")
  void named() {
    assertThat(ID.value()).isEqualTo("disputed.o1.dp_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Anna's order", "a/b", "../..", "ä", "\u0000"})
  @DisplayName("has a name that a stream may have, whatever others have told the provider")
  void anyText(String payment) {
    var id = DiscrepancyId.of("charge-without-payment", payment, "pi_1");

    assertThat(StreamId.isPlain(id.value())).isTrue();
    assertThat(id.value()).startsWith("charge-without-payment.");
    assertThat(id).isEqualTo(DiscrepancyId.of("charge-without-payment", payment, "pi_1"));
    assertThat(id).isNotEqualTo(DiscrepancyId.of("charge-without-payment", payment, "pi_2"));
    assertThat(DiscrepancyId.of("disputed", "x".repeat(500), "dp_1").value()).hasSizeLessThan(120);
  }

  private static CloseDiscrepancy close(long amount, UserId by, String reason, Instant at) {
    return new CloseDiscrepancy(ID, KIND, figures(amount), NOON, false, by, reason, at);
  }

  private static ReopenDiscrepancy reopen() {
    return new ReopenDiscrepancy(ID, DAVID, LATER);
  }

  private static DiscrepancyClosed closedAt(long amount) {
    return new DiscrepancyClosed(ID, KIND, figures(amount), CLARA, "It was settled.", NOON);
  }

  private static Figures figures(long amount) {
    var money = new Money(amount, "USD");
    return new Figures(new Money(1900, "USD"), money, money);
  }
}
