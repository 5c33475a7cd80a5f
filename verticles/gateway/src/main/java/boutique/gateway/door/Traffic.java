package boutique.gateway.door;

import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The kinds of requests, as the contract names them with {@code x-limit}, from those that have to
 * wait first when there is too much for all to those that go last: who looks can look again, who
 * pays shall not be turned away. A message is one of the payment provider's.
 */
public enum Traffic {
  BROWSING(50),
  WRITING(70),
  RESET(80),
  SIGN_UP(80),
  SIGN_IN(80),
  VOUCHER(90),
  MESSAGE(95),
  CHECKOUT(100);

  /** How much of what we can do at once this kind may take up, in percent. */
  private final int share;

  private final String wireName;

  Traffic(int share) {
    this.share = share;
    this.wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int share() {
    return share;
  }

  /** {@code SIGN_IN} is {@code sign-in}. */
  String wireName() {
    return wireName;
  }

  static Traffic named(String wireName) {
    return Stream.of(values())
        .filter(kind -> kind.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("x-limit: there is no " + wireName));
  }

  /** Where the contract says nothing. */
  static Traffic usual(HttpMethod method) {
    return Guard.SAFE.contains(method) ? BROWSING : WRITING;
  }
}
