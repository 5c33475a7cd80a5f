package boutique.orders;

import boutique.language.orders.OrderId;

/** Hears where steps could not go on, and why: for people, since somebody takes them up anyway. */
@FunctionalInterface
public interface Snags {
  Snags UNNOTED = (_, _, _) -> {};

  void met(OrderId order, String step, Throwable because);
}
