package boutique.gateway.door;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a page comes from, in the one form in which browsers write it: {@code
 * https://shop.example.com}, with a port only if it is not the usual one.
 */
public record Origin(String text) {

  /** None if this is no origin of a web page. */
  public static Optional<Origin> of(String written) {
    try {
      var uri = URI.create(written);
      var nothingMore =
          uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
      var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      var usualPort = scheme.equals("https") ? 443 : 80;
      if (!nothingMore || uri.getHost() == null || !scheme.matches("https?")) {
        return Optional.empty();
      }
      var host = uri.getHost().toLowerCase(Locale.ROOT);
      var port = uri.getPort() == -1 || uri.getPort() == usualPort ? "" : ":" + uri.getPort();
      return Optional.of(new Origin(scheme + "://" + host + port));
    } catch (IllegalArgumentException | NullPointerException malformed) {
      return Optional.empty();
    }
  }

  boolean secure() {
    return text.startsWith("https:");
  }

  /** The name before the port. */
  String host() {
    return URI.create(text).getHost();
  }

  /** Where its web sockets lead. */
  String sockets() {
    return "ws" + text.substring("http".length());
  }
}
