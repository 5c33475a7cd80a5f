package boutique.orders;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.numbers.NumberCommand;
import boutique.language.numbers.NumberCommand.GiveNumber;
import boutique.language.numbers.NumberEvent;
import boutique.language.numbers.NumberEvent.NumberGiven;
import boutique.language.orders.OrderNumber;

/**
 * The rules of numbers: the next one is the next place in the list. Nobody gets one while it is not
 * certain that every order which has left the memory bears its own.
 */
public final class RegisterDecider implements Decider<NumberCommand, Register, NumberEvent> {
  static final String CROWDED = "number.crowded";
  private static final int REMEMBERED = 4_096;

  private final int remembered;

  public RegisterDecider() {
    this(REMEMBERED);
  }

  RegisterDecider(int remembered) {
    this.remembered = remembered;
  }

  @Override
  public Register initial() {
    return Register.EMPTY;
  }

  @Override
  public Decision<NumberEvent> decide(Register register, NumberCommand command) {
    return switch (command) {
      case GiveNumber c -> give(register, c);
    };
  }

  private Decision<NumberEvent> give(Register register, GiveNumber c) {
    if (register.positionOf(c.order()) != null) {
      return accept();
    }
    if (register.given() - c.borne() >= remembered) {
      return refuse(CROWDED, "Too many numbers are on their way to their orders.");
    }
    return accept(
        new NumberGiven(c.order(), OrderNumber.of(c.year(), register.given() + 1), c.at()));
  }

  @Override
  public Register evolve(Register register, NumberEvent event) {
    return switch (event) {
      case NumberGiven e -> register.next(e.order(), remembered);
    };
  }
}
