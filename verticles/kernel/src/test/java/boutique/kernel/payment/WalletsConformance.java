package boutique.kernel.payment;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.payment.Answer.Denied;
import boutique.kernel.payment.Answer.Taken;
import boutique.kernel.payment.Wallets.Card;
import boutique.kernel.payment.Wallets.Full;
import boutique.kernel.payment.Wallets.Kept;
import boutique.kernel.payment.Wallets.Refused;
import boutique.language.Money;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all {@link Wallets} keep, together with the provider that charges the cards in them. */
@Timeout(60)
public abstract class WalletsConformance {
  private final String anna = "anna-" + UUID.randomUUID();
  private final String ben = "ben-" + UUID.randomUUID();

  protected abstract Wallets wallets();

  protected abstract PaymentProvider provider();

  @ParameterizedTest
  @CsvSource({
    "tok_visa, visa, 4242",
    "pm_card_visa, visa, 4242",
    "tok_mastercard, mastercard, 4444",
    "pm_card_mastercard, mastercard, 4444",
  })
  @DisplayName("keep a card, and know it by what people know it by")
  void keep(String method, String brand, String last4) {
    var card = kept(anna, method);

    assertThat(card.brand()).isEqualTo(brand);
    assertThat(card.last4()).isEqualTo(last4);
    assertThat(get(wallets().of(anna))).containsExactly(card);
    assertThat(get(wallets().of(ben))).isEmpty();
  }

  @Test
  @DisplayName("keep a card that is there already once")
  void again() {
    var card = kept(anna, "tok_visa");

    assertThat(kept(anna, card.id())).isEqualTo(card);
    assertThat(get(wallets().of(anna))).containsExactly(card);
  }

  @Test
  @DisplayName("do not keep what the provider does not know, or will not have")
  void refused() {
    assertThat(get(wallets().keep(anna, "tok_nobody"))).isEqualTo(new Refused("resource_missing"));
    assertThat(get(wallets().keep(anna, "pm_nobody"))).isEqualTo(new Refused("resource_missing"));
    assertThat(get(wallets().keep(anna, "tok_chargeDeclined")))
        .isEqualTo(new Refused("card_declined"));
    assertThat(get(wallets().of(anna))).isEmpty();
  }

  @Test
  @DisplayName("hold so many cards of one person, and no more")
  void full() {
    for (var n = 0; n < Wallets.MOST; n++) {
      kept(anna, "tok_visa");
    }

    assertThat(get(wallets().keep(anna, "tok_visa"))).isEqualTo(new Full());
    assertThat(get(wallets().of(anna))).hasSize(Wallets.MOST);
    assertThat(get(wallets().keep(ben, "tok_visa"))).isInstanceOf(Kept.class);
  }

  @Test
  @DisplayName("hold no more, however many are left at the same moment")
  void race() {
    var wallets = wallets();
    get(wallets.keep(anna, "tok_visa"));

    var all = Stream.generate(() -> wallets.keep(anna, "tok_visa")).limit(30).toList();
    get(Future.all(all).map(true));

    assertThat(all).filteredOn(one -> one.result() instanceof Kept).hasSize(Wallets.MOST - 1);
    assertThat(all).filteredOn(one -> one.result() instanceof Full).hasSize(31 - Wallets.MOST);
    assertThat(get(wallets.of(anna))).hasSize(Wallets.MOST);
  }

  @Test
  @DisplayName("keep a card that is declined only when it is paid with")
  void declinedLater() {
    var card = kept(anna, "tok_chargeCustomerFail");

    assertThat(get(provider().charge(charge(anna, card))))
        .isInstanceOfSatisfying(
            Denied.class, denied -> assertThat(denied.code()).isEqualTo("card_declined"));
  }

  @Test
  @DisplayName("let their owner pay with what is in them, again and again, and nobody else")
  void pay() {
    var card = kept(anna, "tok_visa");

    for (var n = 0; n < 2; n++) {
      assertThat(get(provider().charge(charge(anna, card)))).isInstanceOf(Taken.class);
    }
    kept(ben, "tok_visa");
    assertThat(get(provider().charge(charge(ben, card)))).isInstanceOf(Denied.class);
    assertThat(get(provider().charge(charge("nobody", card)))).isInstanceOf(Denied.class);
  }

  @Test
  @DisplayName("forget a card for its owner, and for nobody else, and then it pays nothing")
  void drop() {
    var card = kept(anna, "tok_visa");
    var other = kept(anna, "tok_mastercard");
    kept(ben, "tok_visa");

    assertThat(get(wallets().drop(ben, card.id()))).isFalse();
    assertThat(get(wallets().drop("nobody", card.id()))).isFalse();
    assertThat(get(wallets().of(anna))).containsExactlyInAnyOrder(card, other);

    assertThat(get(wallets().drop(anna, card.id()))).isTrue();

    assertThat(get(wallets().drop(anna, card.id()))).isFalse();
    assertThat(get(wallets().of(anna))).containsExactly(other);
    assertThat(get(provider().charge(charge(anna, card)))).isInstanceOf(Denied.class);
  }

  @Test
  @DisplayName("forget somebody with all their cards, once and again, and nobody else")
  void forget() {
    var card = kept(anna, "tok_visa");
    var bens = kept(ben, "tok_visa");

    get(wallets().forget(anna));
    get(wallets().forget(anna));

    assertThat(get(wallets().of(anna))).isEmpty();
    assertThat(get(provider().charge(charge(anna, card)))).isInstanceOf(Denied.class);
    assertThat(get(wallets().of(ben))).containsExactly(bens);
  }

  private Card kept(String owner, String method) {
    return ((Kept) get(wallets().keep(owner, method))).card();
  }

  private static Charge charge(String buyer, Card card) {
    var key = UUID.randomUUID().toString();
    return new Charge(key, "order", buyer, new Money(4000, "USD"), card.id(), false, Instant.now());
  }
}
