package boutique.gateway;

import boutique.gateway.Problem.Wrong;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Where a list goes on: the last key of the page before, opaque to clients. */
final class Cursors {
  private Cursors() {}

  static String write(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  static String read(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Problem.invalid(List.of(new Wrong("cursor", "is not one that this shop gave out")));
    }
  }
}
