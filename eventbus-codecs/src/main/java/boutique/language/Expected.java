package boutique.language;

import java.util.List;

/**
 * What somebody has seen of a stream, and wants to be so still when their command is decided.
 *
 * @param versions any of these will do; none at all stands for whichever, as long as there is one
 */
public record Expected(StreamId stream, List<Long> versions) {
  public Expected {
    versions = List.copyOf(versions);
  }

  public boolean isMetBy(long version) {
    return versions.isEmpty() ? version > 0 : versions.contains(version);
  }
}
