package boutique.payments.books;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.payment.Statement.Entry;
import boutique.language.Money;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A trial balance")
class TrialBalanceTest {
  private static final Instant RESTED = Instant.parse("2026-05-01T10:00:00Z");
  private static final Instant SINCE = RESTED.minus(Duration.ofDays(3));
  private static final Instant BEFORE = RESTED.minus(Duration.ofHours(1));

  private final TrialBalance balance = new TrialBalance();

  @Test
  @DisplayName("adds up to nothing, twice, where both have the same")
  void good() {
    theirs(entry("ch_1", "one", 4000, 1000, BEFORE), entry("ch_2", "two", 500, 0, BEFORE));

    assertThat(balance.ours("one", paid("ch_1", 3000, -3000, BEFORE), SINCE)).isFalse();
    assertThat(balance.ours("two", paid("ch_2", 500, -500, BEFORE), SINCE)).isFalse();
    balance.oursEnd();

    assertThat(usd("provider")).isEqualTo(3500);
    assertThat(usd("orders")).isEqualTo(-3500);
    assertThat(usd("sum")).isZero();
    assertThat(usd("difference")).isZero();
  }

  @Test
  @DisplayName("does not, where the postings of one payment do not")
  void torn() {
    theirs(entry("ch_1", "one", 4000, 0, BEFORE));

    balance.ours("one", paid("ch_1", 4000, -3993, BEFORE), SINCE);
    balance.oursEnd();

    assertThat(usd("sum")).isEqualTo(7);
    assertThat(usd("difference")).isZero();
  }

  @Test
  @DisplayName("differs by what the provider has and we have not, whatever it was for")
  void more() {
    theirs(
        entry("ch_1", "one", 4000, 0, BEFORE),
        entry("ch_2", "one", 4000, 0, BEFORE),
        entry("ch_3", "nobody", 300, 0, BEFORE),
        entry("ch_4", "", 20, 0, BEFORE));

    balance.ours("one", paid("ch_1", 4000, -4000, BEFORE), SINCE);
    balance.oursEnd();

    assertThat(usd("difference")).isEqualTo(4320);
  }

  @Test
  @DisplayName("differs by what we have and the provider has not")
  void less() {
    theirs(entry("ch_1", "one", 4000, 1, BEFORE));

    balance.ours("one", paid("ch_1", 4000, -4000, BEFORE), SINCE);
    assertThat(balance.ours("two", paid("ch_2", 500, -500, BEFORE), SINCE)).isTrue();
    balance.oursEnd();

    assertThat(usd("difference")).isEqualTo(-501);
  }

  @Test
  @DisplayName("is taken of what was read whole last, while the provider's books are read on")
  void beside() {
    balance.theirsBegin(RESTED);
    balance.oursBegin();
    balance.theirs(entry("ch_1", "one", 4000, 0, BEFORE));
    balance.theirsEnd();
    balance.oursEnd();
    assertThat(balance.last()).isEmpty();

    balance.theirsBegin(RESTED.plusSeconds(60));
    balance.oursBegin();
    balance.theirs(entry("ch_9", "nine", 900, 0, BEFORE));
    balance.ours("one", paid("ch_1", 4000, -4000, BEFORE), SINCE);
    balance.theirsEnd();
    balance.oursEnd();

    assertThat(usd("sum")).isZero();
    assertThat(usd("difference")).isZero();
  }

  @Test
  @DisplayName("differs in the currency that it differs in")
  void currencies() {
    var euros = new Entry("ch_1", "k", "one", eur(4000), eur(0), eur(0), false, false, BEFORE);
    theirs(euros);

    balance.ours("one", paid("ch_1", 4000, -4000, BEFORE), SINCE);
    balance.oursEnd();

    assertThat(usd("difference")).isEqualTo(-4000);
    assertThat(balance.last().get("EUR").getLong("difference")).isEqualTo(4000);
  }

  @Test
  @DisplayName("asks for a charge that is older than the provider's books were read")
  void older() {
    theirs();

    assertThat(balance.ours("one", paid("ch_1", 4000, -4000, BEFORE), SINCE)).isTrue();
    balance.found(entry("ch_1", "one", 4000, 0, SINCE.minusSeconds(1)));
    balance.oursEnd();

    assertThat(usd("difference")).isZero();
  }

  @Test
  @DisplayName("counts what is on its way back as given back, as the provider does")
  void pending() {
    var document = paid("ch_1", 4000, -3000, BEFORE);
    document.getJsonObject("accounts").put("refunding", -1000L);
    theirs(entry("ch_1", "one", 4000, 1000, BEFORE));

    balance.ours("one", document.put("pending", new JsonObject().put("r1", 1000L)), SINCE);
    balance.oursEnd();

    assertThat(usd("provider")).isEqualTo(4000);
    assertThat(usd("refunding")).isEqualTo(-1000);
    assertThat(usd("sum")).isZero();
    assertThat(usd("difference")).isZero();
  }

  @Test
  @DisplayName("has what was lost in disputes apart, which the provider leaves in its charges")
  void lostInDisputes() {
    var document = paid("ch_1", 0, -4000, BEFORE);
    document.getJsonObject("accounts").put("disputes", 4000L);
    theirs(entry("ch_1", "one", 4000, 0, BEFORE));

    balance.ours("one", document, SINCE);
    balance.oursEnd();

    assertThat(usd("provider")).isZero();
    assertThat(usd("disputes")).isEqualTo(4000);
    assertThat(usd("sum")).isZero();
    assertThat(usd("difference")).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4000})
  @DisplayName("leaves out a second charge that is to go back, wherever it is by now")
  void surplus(long returned) {
    var document = paid("ch_1", 8000, -4000, BEFORE);
    document.getJsonObject("accounts").put("surplus", -4000L);
    theirs(entry("ch_1", "one", 4000, 0, BEFORE), entry("ch_2", "one", 4000, returned, BEFORE));

    balance.ours("one", document.put("surplus", new JsonObject().put("ch_2", 4000L)), SINCE);
    balance.oursEnd();

    assertThat(usd("surplus")).isEqualTo(-4000);
    assertThat(usd("sum")).isZero();
    assertThat(usd("difference")).isZero();
  }

  @Test
  @DisplayName("leaves out on both sides what is not at rest, and what is too old")
  void restless() {
    var after = RESTED.plusMillis(1);
    theirs(
        entry("ch_1", "moving", 4000, 0, BEFORE),
        entry("ch_2", "just-begun", 4000, 0, after),
        entry("ch_3", "old", 4000, 0, SINCE));

    balance.ours("moving", paid("ch_1", 0, 0, after), SINCE);
    balance.ours("old", paid("ch_3", 3000, -3000, SINCE.minusMillis(1)), SINCE);
    balance.oursEnd();

    assertThat(usd("difference")).isZero();
    assertThat(usd("provider")).isEqualTo(3000);
  }

  @Test
  @DisplayName("says nothing of a difference that it could not see whole")
  void lost() {
    theirs();
    balance.ours("one", paid("ch_1", 4000, -4000, BEFORE), SINCE);
    balance.lost();
    balance.oursEnd();
    assertThat(balance.last().get("USD").fieldNames()).contains("sum").doesNotContain("difference");

    balance.theirsBegin(RESTED);
    balance.oursBegin(); // theirs have not come to their end
    balance.ours("one", paid("ch_1", 4000, -4000, BEFORE), SINCE);
    balance.oursEnd();
    assertThat(balance.last().get("USD").fieldNames()).doesNotContain("difference");
  }

  private void theirs(Entry... entries) {
    balance.theirsBegin(RESTED);
    for (var entry : entries) {
      balance.theirs(entry);
    }
    balance.theirsEnd();
    balance.oursBegin();
  }

  private long usd(String what) {
    return balance.last().get("USD").getLong(what);
  }

  private static Entry entry(
      String reference, String payment, long taken, long returned, Instant at) {
    return new Entry(reference, "k", payment, usd(taken), usd(returned), usd(0), false, false, at);
  }

  private static JsonObject paid(String reference, long provider, long orders, Instant at) {
    return new JsonObject()
        .put("currency", "USD")
        .put("reference", reference)
        .put("taken", 4000L)
        .put("accounts", new JsonObject().put("provider", provider).put("orders", orders))
        .put("at", at.toString());
  }

  private static Money usd(long minor) {
    return new Money(minor, "USD");
  }

  private static Money eur(long minor) {
    return new Money(minor, "EUR");
  }
}
