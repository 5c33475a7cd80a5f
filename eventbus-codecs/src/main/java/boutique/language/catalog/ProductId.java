package boutique.language.catalog;

import boutique.language.StreamId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which product. Its stock has the same id in the inventory room. */
public record ProductId(@JsonValue String value) {
  @JsonCreator
  public ProductId {
    if (!StreamId.isPlain(value)) {
      throw new IllegalArgumentException("not an id");
    }
  }

  public StreamId stream() {
    return new StreamId("catalog", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
