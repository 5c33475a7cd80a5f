package boutique.launcher;

import boutique.gateway.door.Network;
import boutique.gateway.door.Origin;
import boutique.gateway.sessions.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A key of the configuration and the values that it takes.
 *
 * @param name as in the file, dotted: {@code orders.paymentWindow}
 */
record Key(String name, Kind kind) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,200}@[^@\\s]{1,50}");
  private static final Pattern HOST = Pattern.compile("[\\w.:-]{1,253}");
  private static final int SHORTEST_PASSWORD = 8;
  private static final int LONGEST_PASSWORD = 128;
  private static final int HIGHEST_PORT = 65_535;
  private static final int MOST = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
  private static final Duration SHORTEST_HOLD = Duration.ofSeconds(1);
  private static final Duration LONGEST_HOLD = Duration.ofDays(7);
  private static final Duration SHORTEST_TOKEN_LIFE = Duration.ofSeconds(1);
  private static final Duration LONGEST_TOKEN_LIFE = Duration.ofMinutes(15);
  private static final int SHORTEST_SIGNING_KEY = 32;
  private static final int SHORTEST_SECRET = 16;

  /** The kinds of values, each with what to say to a value that is none of them. */
  enum Kind {
    EMAIL("an e-mail address"),
    PASSWORD("a password of 8 to 128 characters, or empty"),
    URL("an address such as https://shop.example, without a path, or empty"),
    FILE("a file that can be read, or nothing"),
    ORIGINS("addresses such as https://shop.example.com, separated by commas, or nothing"),
    NETWORKS("networks such as 10.0.0.0/8, separated by commas, or nothing"),
    HOST("an address or the name of a host, such as 127.0.0.1 or 0.0.0.0"),
    PATH("a path"),
    SWITCH("true or false"),
    PORT("a port from 0 to 65535"),
    DURATION("a duration such as 500ms, 15m or 2h, of at most 365d"),
    PAUSE("a duration such as 30s or 1m, from 1s to 1d"),
    HOLD("a duration such as 12h or 6d, from 1s to 7d, for which most cards are held"),
    COUNT("a number from 1 to 1000000"),
    PERCENT("a number from 0 to 100"),
    PROVIDER("simulated or stripe"),
    API_KEY("a secret key of the provider's, such as sk_test_…, or empty"),
    PUBLIC_KEY("a publishable key of the provider's, such as pk_test_…, or empty"),
    SECRETS("secrets of at least 16 bytes, separated by commas, or nothing"),
    TOKEN_LIFE("a duration such as 90s or 15m, from 1s to 15m"),
    SIGNING_KEY("empty, or a secret of at least 32 bytes");

    private final String description;

    Kind(String description) {
      this.description = description;
    }
  }

  /** {@code orders.paymentWindow} is {@code BOUTIQUE_ORDERS_PAYMENT_WINDOW}. */
  String environment() {
    return "BOUTIQUE_"
        + name.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** The value as the shop uses it; refuses what is no value of this key. */
  Object parse(String text, String source) {
    var value =
        switch (kind) {
          case EMAIL -> EMAIL.matcher(text).matches() ? text : null;
          case PASSWORD -> text.isEmpty() || goodPassword(text) ? text : null;
          case FILE -> text.isBlank() ? Optional.empty() : file(text);
          case URL -> text.isBlank() ? Optional.empty() : found(Origin.of(text));
          case ORIGINS -> each(text, Origin::of);
          case NETWORKS -> each(text, Network::of);
          case HOST -> HOST.matcher(text).matches() ? text : null;
          case PATH -> path(text);
          case SWITCH ->
              "true".equals(text) ? Boolean.TRUE : "false".equals(text) ? Boolean.FALSE : null;
          case PORT -> port(text);
          case DURATION -> duration(text);
          case PAUSE -> between(text, SHORTEST_PAUSE, LONGEST_PAUSE);
          case HOLD -> between(text, SHORTEST_HOLD, LONGEST_HOLD);
          case COUNT -> count(text);
          case PERCENT -> percent(text);
          case SECRETS -> each(text, Key::secret);
          case PROVIDER -> text.equals("simulated") || text.equals("stripe") ? text : null;
          case API_KEY -> text.matches("((sk|rk)_(test|live)_\\w{1,200})?") ? text : null;
          case PUBLIC_KEY -> text.matches("(pk_(test|live)_\\w{1,200})?") ? text : null;
          case TOKEN_LIFE -> between(text, SHORTEST_TOKEN_LIFE, LONGEST_TOKEN_LIFE);
          case SIGNING_KEY -> signingKey(text);
        };
    if (value == null) {
      throw new Mistake(
          "%s: %s must be %s, not %s".formatted(source, name, kind.description, quoted(text)));
    }
    return value;
  }

  /** The value as it may be shown to people. */
  String shown(String text) {
    return text.isEmpty() ? "(none)" : isSecret() ? "(secret)" : text;
  }

  private String quoted(String text) {
    return isSecret() ? "the one given" : '"' + text + '"';
  }

  private boolean isSecret() {
    return kind == Kind.API_KEY
        || kind == Kind.SIGNING_KEY
        || kind == Kind.SECRETS
        || kind == Kind.PASSWORD;
  }

  private static @Nullable Object signingKey(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length == 0 || bytes.length >= SHORTEST_SIGNING_KEY ? new Secret(bytes) : null;
  }

  private static @Nullable Object between(String text, Duration shortest, Duration longest) {
    return duration(text) instanceof Duration wanted
            && wanted.compareTo(shortest) >= 0
            && wanted.compareTo(longest) <= 0
        ? wanted
        : null;
  }

  private static boolean goodPassword(String text) {
    return text.length() >= SHORTEST_PASSWORD && text.length() <= LONGEST_PASSWORD;
  }

  private static @Nullable Path path(String text) {
    try {
      return text.isBlank() ? null : Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException _) {
      return null;
    }
  }

  private static @Nullable Object file(String text) {
    var file = Path.of(text).toAbsolutePath().normalize();
    return Files.isReadable(file) && Files.isRegularFile(file) ? Optional.of(file) : null;
  }

  /** All of them, if each is one. */
  private static <T> @Nullable Object each(String text, Function<String, Optional<T>> read) {
    var words = Stream.of(text.split(",")).map(String::strip).filter(word -> !word.isEmpty());
    var all = words.map(read).toList();
    return all.stream().allMatch(Optional::isPresent)
        ? all.stream().flatMap(Optional::stream).toList()
        : null;
  }

  private static @Nullable Object found(Optional<?> value) {
    return value.isPresent() ? value : null;
  }

  private static @Nullable Object port(String text) {
    if (!text.matches("\\d{1,5}")) {
      return null;
    }
    var port = Integer.parseInt(text);
    return port <= HIGHEST_PORT ? port : null;
  }

  private static @Nullable Object count(String text) {
    if (!text.matches("\\d{1,7}")) {
      return null;
    }
    var count = Integer.parseInt(text);
    return count >= 1 && count <= MOST ? count : null;
  }

  private static Optional<Secret> secret(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length >= SHORTEST_SECRET ? Optional.of(new Secret(bytes)) : Optional.empty();
  }

  private static @Nullable Object percent(String text) {
    return text.matches("\\d{1,2}|100") ? (Object) Integer.valueOf(text) : null;
  }

  private static @Nullable Object duration(String text) {
    var parts = DURATION.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    var amount = Long.parseLong(parts.group(1));
    var duration =
        switch (parts.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    return duration.compareTo(LONGEST) <= 0 ? duration : null;
  }
}
