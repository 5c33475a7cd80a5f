package boutique.language;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a room answers. A refusal is a value with a stable code, not an exception. */
public sealed interface Reply extends Message {

  /**
   * It is so, durably.
   *
   * @param version the stream's version after the command; 0 when there is no such stream
   * @param face what the stream looks like now; null when there is nothing to see
   */
  record Done(long version, @Nullable Face face) implements Reply {}

  /**
   * The rules say no, and nothing has changed.
   *
   * @param code stable, for programs: {@code stock.insufficient}
   * @param detail one sentence for people
   * @param facts what a client may want to show, such as the product and what is left of it
   */
  record Refused(String code, String detail, Map<String, String> facts) implements Reply {
    public Refused {
      facts = Map.copyOf(facts);
    }

    public Refused(String code, String detail) {
      this(code, detail, Map.of());
    }
  }
}
