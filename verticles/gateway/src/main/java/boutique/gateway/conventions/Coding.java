package boutique.gateway.conventions;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether an answer goes out compressed. Its length then tells something of what is in it to
 * whoever watches the line; so what a page of others has sent a visitor's browser for goes as it
 * is.
 */
public final class Coding {
  private static final String SITE = "Sec-Fetch-Site";
  private static final String AS_IT_IS = "identity";
  private static final Pattern GZIP =
      Pattern.compile(
          "(?:^|,)\\s*(?:x-)?gzip\\s*(?:;\\s*q=(?!0(?:\\.0{0,3})?\\s*(?:,|$))[\\d.]+\\s*)?(?:,|$)",
          Pattern.CASE_INSENSITIVE);

  private Coding() {}

  /** Whether the client has said that it can read what is compressed. */
  public static boolean isRead(@Nullable String acceptEncoding) {
    return acceptEncoding != null && GZIP.matcher(acceptEncoding).find();
  }

  /** Whether the length of the answer is nothing that a foreign page may learn of. */
  public static void choose(HttpServerRequest request) {
    var site = request.getHeader(SITE);
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      asItIs(request.response());
    }
  }

  /** Neither compressed nor kept by a browser, whoever asks. */
  public static void secret(HttpServerResponse response) {
    asItIs(response);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static void asItIs(HttpServerResponse response) {
    response.putHeader(HttpHeaders.CONTENT_ENCODING, AS_IT_IS);
  }
}
