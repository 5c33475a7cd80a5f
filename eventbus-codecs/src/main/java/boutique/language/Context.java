package boutique.language;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The story behind a message: which request it belongs to, what caused it, and on whose behalf.
 *
 * @param correlation the same for everything that one request set off
 * @param causation the id of the event that led to it, or null when a person did
 * @param actor the user's id, or the name of the room that acts by itself
 */
public record Context(String correlation, @Nullable String causation, String actor) {
  public Context {
    Objects.requireNonNull(correlation);
    Objects.requireNonNull(actor);
  }

  /** The context of what a room does by itself because of an event. */
  public Context causedBy(String eventId, String room) {
    return new Context(correlation, eventId, room);
  }
}
