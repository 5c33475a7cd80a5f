package boutique.gateway.door;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every answer tells browsers: to run, load, embed and send nothing but what is ours, and to
 * guess at nothing.
 */
public final class Shield {
  private static final String CARD_FORM = "https://js.stripe.com";

  /**
   * The card form is a frame, speaks with its own provider, and shows the bank's question in
   * another.
   */
  private static final String CARD_FRAMES =
      " https://api.stripe.com; frame-src https://js.stripe.com https://hooks.stripe.com";

  private static final String YEAR = "max-age=31536000; includeSubDomains";

  private final Map<CharSequence, CharSequence> always = new LinkedHashMap<>();
  private final boolean behindTls;
  private final String publicHost;

  public Shield(FrontDoor door) {
    behindTls = door.publicUrl().map(Origin::secure).orElse(false);
    publicHost = door.publicUrl().map(Origin::host).orElse("");
    put("Content-Security-Policy", policy(door));
    put("X-Content-Type-Options", "nosniff");
    put("X-Frame-Options", "DENY");
    put("Referrer-Policy", "same-origin");
    put("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(self), usb=()");
    put("Cross-Origin-Opener-Policy", "same-origin");
    put("Cross-Origin-Resource-Policy", "same-origin");
    put("Vary", door.others().isEmpty() ? "Accept-Encoding" : "Accept-Encoding, Origin");
  }

  /** In front of everybody who answers. */
  Handler<HttpServerRequest> before(Handler<HttpServerRequest> answers) {
    return request -> {
      request.response().putHeader(HttpHeaders.DATE, Dates.now());
      always.forEach(request.response()::putHeader);
      if (isSecure(request)) {
        request.response().putHeader("Strict-Transport-Security", YEAR);
      }
      answers.handle(request);
    };
  }

  /**
   * Whoever came over TLS shall not come without it again; but a name that every machine gives to
   * itself is not ours to speak for.
   */
  private boolean isSecure(HttpServerRequest request) {
    if (!request.isSSL() && !behindTls) {
      return false;
    }
    var host = request.authority() == null ? "" : request.authority().host();
    return (request.isSSL() || publicHost.equals(host)) && !Names.isOwn(host);
  }

  private void put(String name, String value) {
    always.put(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
  }

  /** To oneself includes one's sockets, but not every browser has heard of that. */
  private static String policy(FrontDoor door) {
    var sockets = door.publicUrl().map(url -> " " + url.sockets()).orElse("");
    var cards = door.publishableKey().isPresent();
    return "default-src 'self'; script-src 'self'"
        + (cards ? " " + CARD_FORM : "")
        + "; style-src 'self'; img-src 'self' data:; connect-src 'self'"
        + sockets
        + (cards ? CARD_FRAMES : "")
        + "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }
}
