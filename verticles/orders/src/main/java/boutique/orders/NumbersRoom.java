package boutique.orders;

import boutique.kernel.room.Room;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Face;
import boutique.language.StreamId;
import boutique.language.numbers.NumberCommand;
import boutique.language.numbers.NumberCommand.GiveNumber;
import boutique.language.numbers.NumberEvent;
import boutique.language.numbers.RegisterFace;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderNumber;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The registers in which orders get their numbers, put together: a room of their own. */
public final class NumbersRoom {
  /** Whose facts it hears. */
  public static final Set<String> HEARS = Set.of("orders");

  private NumbersRoom() {}

  public static Room<NumberCommand, Register, NumberEvent> room(InstantSource clock) {
    return new Room<>(
            NumberCommand.ROOM, NumberCommand.class, new RegisterDecider(), NumbersRoom::face)
        .keeping(new Room.Snapshot<>("register.1", Written.class, Written::of, Written::register))
        .through((desk, bus) -> new Numbering(desk, bus, clock));
  }

  /** Every order that there is gets a number: after the buyer was answered, who need not wait. */
  public static List<? extends Command> reactions(Event event) {
    return event instanceof OrderCreated e
        ? List.of(new GiveNumber(e.order(), OrderNumber.year(e.placedAt()), 0, e.placedAt()))
        : List.of();
  }

  private static Face face(StreamId stream, Register register) {
    return new RegisterFace(Integer.parseInt(stream.key()), register.given(), register.last());
  }

  /** How a register is written down. */
  record Written(long given, List<OrderId> last) {
    static Written of(Register register) {
      return new Written(register.given(), register.last());
    }

    Register register() {
      return Register.of(given, last);
    }
  }
}
