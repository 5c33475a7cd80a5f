package boutique.language.numbers;

import boutique.language.Event;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderNumber;
import java.time.Instant;

/** What is entered in the register of a year. */
public sealed interface NumberEvent extends Event {

  /** The next number is this order's: its position is the event's own place in the register. */
  record NumberGiven(OrderId order, OrderNumber number, Instant at) implements NumberEvent {}
}
