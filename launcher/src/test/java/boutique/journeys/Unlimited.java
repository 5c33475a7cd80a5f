package boutique.journeys;

/** A shop that lets everybody ask as often as they like. */
final class Unlimited {
  static final String[] FLAGS = {};

  private Unlimited() {}
}
