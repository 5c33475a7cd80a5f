package boutique.language;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The story behind a message: which request it belongs to, what caused it, and on whose behalf.
 *
 * @param correlation the same for everything that one request set off
 * @param causation the id of the event that led to it, or null when a person did
 * @param actor the user's id, or the name of the room that acts by itself
 * @param expected what must be so still when it is decided; no part of the story once it was
 */
public record Context(
    String correlation, @Nullable String causation, String actor, @Nullable Expected expected) {
  public Context {
    Objects.requireNonNull(correlation);
    Objects.requireNonNull(actor);
  }

  public Context(String correlation, @Nullable String causation, String actor) {
    this(correlation, causation, actor, null);
  }

  public Context expecting(Expected seen) {
    return new Context(correlation, causation, actor, seen);
  }

  /** For what is recorded, and for the steps after the first: what was expected has been met. */
  public Context settled() {
    return expected == null ? this : new Context(correlation, causation, actor);
  }

  /** Whether a stream at this version may be changed. */
  public boolean allows(StreamId stream, long version) {
    return expected == null || !expected.stream().equals(stream) || expected.isMetBy(version);
  }

  /** The context of what a room does by itself because of an event. */
  public Context causedBy(String eventId, String room) {
    return new Context(correlation, eventId, room);
  }
}
