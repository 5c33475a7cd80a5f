package boutique.language.users;

import boutique.language.StreamId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which person. Says nothing of who that is: names and addresses are in the vault. */
public record UserId(@JsonValue String value) {
  @JsonCreator
  public UserId {
    if (!StreamId.isPlain(value)) {
      throw new IllegalArgumentException("not an id");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
