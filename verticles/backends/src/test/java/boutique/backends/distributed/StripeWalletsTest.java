package boutique.backends.distributed;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.distributed.FakeStripe.Fault;
import boutique.kernel.Unavailable;
import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.ShopMark;
import boutique.kernel.payment.Wallets;
import boutique.kernel.payment.WalletsConformance;
import boutique.language.Money;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Wallets at Stripe")
class StripeWalletsTest extends WalletsConformance {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final Mongo mongo = new Mongo();
  private final FakeStripe stripe = new FakeStripe(mongo.vertx());
  private final Wallets wallets =
      new StripeWallets(
          mongo.vertx(),
          new MongoViews(mongo.client()),
          "sk_test_1",
          stripe.base(),
          DEADLINE,
          new Recognition());

  @AfterEach
  void close() {
    stripe.close();
    mongo.close();
  }

  @Override
  protected Wallets wallets() {
    return wallets;
  }

  @Override
  protected PaymentProvider provider() {
    return new StripeProvider(
        mongo.vertx(),
        InstantSource.system(),
        new MongoViews(mongo.client()),
        new ShopMark("ours"),
        "sk_test_1",
        stripe.base(),
        DEADLINE,
        new Recognition());
  }

  @Test
  @DisplayName("hold no more than so many, whichever nodes take them at the same moment")
  void nodes() {
    var other =
        new StripeWallets(
            mongo.vertx(),
            new MongoViews(mongo.client()),
            "sk_test_1",
            stripe.base(),
            DEADLINE,
            new Recognition());
    get(wallets.keep("anna", "tok_visa"));

    var kept =
        IntStream.range(0, 40)
            .mapToObj(n -> (n % 2 == 0 ? wallets : other).keep("anna", "tok_visa"))
            .toList();
    get(Future.all(kept).map(true));

    var there = kept.stream().filter(one -> one.result() instanceof Wallets.Kept).count() + 1;
    assertThat(get(wallets.of("anna"))).hasSizeLessThanOrEqualTo(Wallets.MOST).hasSize((int) there);
  }

  @Test
  @DisplayName("are empty when their customer is gone there, and are made anew, as another one")
  void gone() {
    get(wallets.keep("anna", "tok_visa"));
    stripe.deleteCustomers();

    assertThat(get(wallets.of("anna"))).isEmpty();
    assertThat(get(wallets.drop("anna", "pm_1"))).isFalse();

    for (var times = 0; times < 2; times++) {
      assertThat(get(wallets.keep("anna", "tok_visa"))).isInstanceOf(Wallets.Kept.class);
      assertThat(get(wallets.of("anna"))).hasSize(1);
      stripe.deleteCustomers();
    }
    get(wallets.forget("anna"));
  }

  @Test
  @DisplayName("keep nobody from paying whose customer is gone there")
  void paying() {
    var kept = (Wallets.Kept) get(wallets.keep("anna", "tok_visa"));
    assertThat(get(provider().charge(charge("o.1", kept.card().id()))))
        .isInstanceOf(Answer.Taken.class);
    assertThat(get(provider().charge(charge("o.2", stripe.typed()))))
        .as("a card that was not left")
        .isInstanceOf(Answer.Taken.class);
    stripe.deleteCustomers();

    assertThat(get(provider().charge(charge("o.3", stripe.typed()))))
        .isInstanceOf(Answer.Taken.class);
    assertThat(get(provider().charge(charge("o.4", kept.card().id()))))
        .isEqualTo(new Answer.Denied(null, "resource_missing"));
    assertThat(get(provider().charge(charge("o.5", "pm_unheard_of"))))
        .isEqualTo(new Answer.Denied(null, "resource_missing"));
  }

  private static Charge charge(String key, String method) {
    return new Charge(
        key, "o", "anna", new Money(4000, "USD"), method, false, Instant.now().minusSeconds(1));
  }

  @Test
  @DisplayName("say that nobody answers when nobody does, and do it when somebody does again")
  void silence() {
    stripe.script.addAll(Collections.nCopies(3, Fault.TOO_MANY));

    assertThat(wallets.keep("anna", "tok_visa").toCompletionStage())
        .failsWithin(DEADLINE)
        .withThrowableThat()
        .withCauseInstanceOf(Unavailable.class);
    assertThat(get(wallets.keep("anna", "tok_visa"))).isInstanceOf(Wallets.Kept.class);
    assertThat(get(wallets.of("anna"))).hasSize(1);
  }
}
