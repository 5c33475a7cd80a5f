package boutique.kernel.payment;

/** What may stand in a provider's books: told by what a charge is called, and asked of nobody. */
public interface OwnBooks {

  /** Whether it is real money. */
  boolean live();

  /** Whether a charge may be called so in its books. What cannot stands in somebody else's. */
  boolean names(String reference);

  /** The same of a charge that was for real money, or was not. */
  default boolean mayHave(String reference, boolean real) {
    return names(reference) && real == live();
  }
}
