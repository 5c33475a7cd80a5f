package boutique.journeys;

import java.util.stream.Stream;

/** A shop that lets everybody ask as often as they like. */
final class Unlimited {
  static final String[] FLAGS = {"--limits.enabled=false"};

  private Unlimited() {}

  static String[] and(String... flags) {
    return Stream.concat(Stream.of(FLAGS), Stream.of(flags)).toArray(String[]::new);
  }
}
