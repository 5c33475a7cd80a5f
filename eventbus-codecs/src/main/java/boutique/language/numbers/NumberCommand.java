package boutique.language.numbers;

import boutique.language.Command;
import boutique.language.StreamId;
import boutique.language.orders.OrderId;
import java.time.Instant;

/** What may be asked of the register of a year. */
public sealed interface NumberCommand extends Command {
  String ROOM = "numbers";

  int year();

  @Override
  default StreamId stream() {
    return new StreamId(ROOM, Integer.toString(year()));
  }

  /**
   * Gives an order its number, unless it has one. The answer comes when the order bears it.
   *
   * @param borne up to which position every order was seen to bear its number; whoever asks for the
   *     first time knows of none, and says 0
   */
  record GiveNumber(OrderId order, int year, long borne, Instant at) implements NumberCommand {}
}
