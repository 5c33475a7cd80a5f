package boutique.gateway.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;

/** Where a list goes on: the last key of the page before, opaque to clients. */
public final class Cursors {
  private static final String BEHIND = "behind\n";

  private Cursors() {}

  public static String write(String key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString((BEHIND + key).getBytes(UTF_8));
  }

  public static String read(String cursor) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      var text = UTF_8.newDecoder().decode(bytes).toString();
      if (text.startsWith(BEHIND) && text.indexOf('\0') < 0) {
        return text.substring(BEHIND.length());
      }
      throw foreign();
    } catch (IllegalArgumentException | CharacterCodingException malformed) {
      throw foreign();
    }
  }

  private static Problem foreign() {
    return Problem.invalid(List.of(new Wrong("cursor", "is not one that this shop gave out")));
  }
}
