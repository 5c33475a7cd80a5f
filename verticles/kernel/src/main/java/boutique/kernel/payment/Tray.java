package boutique.kernel.payment;

/**
 * Where messages of the provider's wait that could not be taken in at once: the gateway lays them
 * there, the payments room takes them up. Those that bear our mark lie apart from those that may be
 * about anybody's payments, so that nobody takes their places.
 */
public enum Tray {
  OURS("notices.ours"),
  ANYBODYS("notices");

  private final String notices;

  Tray(String notices) {
    this.notices = notices;
  }

  /** Those about a payment that nobody knew: they are tried again. */
  public String notices() {
    return notices;
  }

  /** Those that are only a reason to look at a charge: it is asked after. */
  public String charges() {
    return notices + ".charges";
  }
}
