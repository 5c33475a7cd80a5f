package boutique.kernel.payment;

import io.vertx.core.Future;
import java.util.List;

/**
 * The cards that people have left with the provider, to pay with again. They are there and nowhere
 * else: nothing of a card is kept here, and nothing is told of it. Every question fails when the
 * provider does not answer.
 */
public interface Wallets {
  /** More cards than anybody has, and few enough for one page. */
  int MOST = 20;

  /**
   * Keeps a card for somebody; one that they have left already is kept once.
   *
   * @param method a token or payment method of the provider's
   */
  Future<Keeping> keep(String owner, String method);

  /** The cards of somebody. */
  Future<List<Card>> of(String owner);

  /** Forgets one card of somebody's; says whether they had such a one. */
  Future<Boolean> drop(String owner, String id);

  /** Forgets all of somebody's cards, and that there ever was somebody. */
  Future<Void> forget(String owner);

  /**
   * What people know a card by.
   *
   * @param id with which it is paid with, by its owner only
   */
  record Card(String id, String brand, String last4, int expMonth, int expYear) {}

  /** What has become of a card that somebody wanted to leave. */
  sealed interface Keeping {}

  record Kept(Card card) implements Keeping {}

  /** The provider will not have it. */
  record Refused(String code) implements Keeping {}

  /** There are too many already. */
  record Full() implements Keeping {}
}
