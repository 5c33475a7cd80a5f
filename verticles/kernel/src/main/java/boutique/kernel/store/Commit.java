package boutique.kernel.store;

import boutique.language.StreamId;
import java.util.List;

/** The events of one decision, or of several taken in turn: written together or not at all. */
public record Commit(StreamId stream, long firstVersion, List<Recorded> events) {
  public Commit {
    if (events.isEmpty() || firstVersion < 1) {
      throw new IllegalArgumentException("a commit has events, and versions start at 1");
    }
    events = List.copyOf(events);
  }

  public long lastVersion() {
    return firstVersion + events.size() - 1;
  }

  /** Sorts as the streams and their versions do, in every store. */
  public String key() {
    return key(stream, firstVersion);
  }

  public static String key(StreamId stream, long version) {
    var digits = Long.toString(version);
    return stream + "@" + "0".repeat(KEY_DIGITS - digits.length()) + digits;
  }

  private static final int KEY_DIGITS = 12;
}
