package boutique.payments;

/**
 * Where money can be. What is in all of them together is nothing: whoever adds up the list of
 * payments sees whether it is.
 */
public enum Account {
  /** With the provider. */
  PROVIDER("provider"),

  /** What orders have brought. */
  ORDERS("orders"),

  /** On its way back, as far as anybody knows: zero again when every refund has ended. */
  REFUNDING("refunding"),

  /** Second charges that are to go back: zero again when all of them have. */
  SURPLUS("surplus"),

  /**
   * Lost in disputes: taken out of our account with the provider by banks, for good. The provider
   * keeps that in a book of its own, and leaves the charges as they were.
   */
  DISPUTES("disputes");

  private final String wireName;

  Account(String wireName) {
    this.wireName = wireName;
  }

  /** Under which the lists have it. */
  public String wireName() {
    return wireName;
  }
}
