package boutique.language;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * News for open browsers: sent right after the commit, lost if nobody listens. The versions show a
 * gap, and the page then reads the resource once.
 *
 * @param audience the only user who may see it; null when it is for everybody
 * @param subject of several news about the same, only the last one counts; null when each does
 * @param topic what browsers register for: {@code orders.me}, {@code stock}
 * @param json an object that they receive, encoded once for all of them
 * @param trail what must not be lost although only the last news of a subject count: the numbers of
 *     all of them, the oldest first
 */
public record Live(
    @Nullable String audience,
    @Nullable String subject,
    String topic,
    String json,
    List<Long> trail)
    implements Broadcast {
  private static final int LONGEST_TRAIL = 1_000;

  public Live {
    trail = List.copyOf(trail);
  }

  public Live(@Nullable String audience, @Nullable String subject, String topic, String json) {
    this(audience, subject, topic, json, List.of());
  }

  public Live(@Nullable String audience, String topic, String json) {
    this(audience, null, topic, json);
  }

  /**
   * These news, told instead of those before. A trail that has grown too long to be told to
   * everybody loses its beginning: whoever counts notices.
   */
  public Live after(Live before) {
    if (before.trail.isEmpty()) {
      return this;
    }
    var all = Stream.concat(before.trail.stream(), trail.stream()).toList();
    var kept = all.subList(Math.max(0, all.size() - LONGEST_TRAIL), all.size());
    return new Live(audience, subject, topic, json, kept);
  }

  /** All that a browser receives. */
  public String body() {
    return trail.isEmpty()
        ? json
        : json.substring(0, json.length() - 1) + ",\"trail\":" + numbers() + "}";
  }

  private String numbers() {
    return trail.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
