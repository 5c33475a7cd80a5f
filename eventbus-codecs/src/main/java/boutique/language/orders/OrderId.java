package boutique.language.orders;

import boutique.language.StreamId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which order. Made by the gateway, from the idempotency key where there is one. */
public record OrderId(@JsonValue String value) {
  @JsonCreator
  public OrderId {
    if (!StreamId.isPlain(value)) {
      throw new IllegalArgumentException("not an id");
    }
  }

  public StreamId stream() {
    return new StreamId("orders", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
