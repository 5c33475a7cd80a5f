package boutique.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of one stream of events: a room and a key within it, written {@code orders/0198…}.
 *
 * <p>Both parts are drawn from letters, digits, {@code -}, {@code _} and {@code .}, so that a name
 * is safe as a part of a store's key, a Kafka key and a URL.
 */
public record StreamId(String room, String key) {
  private static final int LONGEST = 120;

  public StreamId {
    requirePlain(room);
    requirePlain(key);
  }

  @JsonCreator
  public static StreamId parse(String text) {
    var slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("a stream is named room/key, not " + text);
    }
    return new StreamId(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Whether a text that came from outside may be the key of a stream. */
  public static boolean isPlain(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || c == '.';
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  @JsonValue
  @Override
  public String toString() {
    return room + "/" + key;
  }

  private static void requirePlain(String part) {
    if (!isPlain(part)) {
      throw new IllegalArgumentException("not a plain name of 1 to " + LONGEST + " characters");
    }
  }
}
