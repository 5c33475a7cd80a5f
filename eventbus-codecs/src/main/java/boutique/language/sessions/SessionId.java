package boutique.language.sessions;

import boutique.language.StreamId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which session: one browser or device of one user, from signing in until signing out. */
public record SessionId(@JsonValue String value) {
  @JsonCreator
  public SessionId {
    if (!StreamId.isPlain(value)) {
      throw new IllegalArgumentException("not an id");
    }
  }

  public StreamId stream() {
    return new StreamId("sessions", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
