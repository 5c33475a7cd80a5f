package boutique.language;

import org.jspecify.annotations.Nullable;

/**
 * News for open browsers: sent right after the commit, lost if nobody listens. The versions show a
 * gap, and the page then reads the resource once.
 *
 * @param audience the only user who may see it; null when it is for everybody
 * @param subject of several news about the same, only the last one counts; null when each does
 * @param topic what browsers register for: {@code orders.me}, {@code stock}
 * @param json what they receive, encoded once for all of them
 */
public record Live(@Nullable String audience, @Nullable String subject, String topic, String json)
    implements Broadcast {

  public Live(@Nullable String audience, String topic, String json) {
    this(audience, null, topic, json);
  }
}
