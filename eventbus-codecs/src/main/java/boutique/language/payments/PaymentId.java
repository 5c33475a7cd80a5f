package boutique.language.payments;

import boutique.language.StreamId;
import boutique.language.orders.OrderId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Which payment. An order has one, which bears its name: so paying twice meets the same payment,
 * whoever asks, on whichever node.
 */
public record PaymentId(@JsonValue String value) {
  @JsonCreator
  public PaymentId {
    if (!StreamId.isPlain(value)) {
      throw new IllegalArgumentException("not an id");
    }
  }

  public static PaymentId of(OrderId order) {
    return new PaymentId(order.value());
  }

  /** What is paid. */
  public OrderId order() {
    return new OrderId(value);
  }

  public StreamId stream() {
    return new StreamId(PaymentCommand.ROOM, value);
  }

  @Override
  public String toString() {
    return value;
  }
}
