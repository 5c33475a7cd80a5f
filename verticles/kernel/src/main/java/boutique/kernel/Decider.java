package boutique.kernel;

import boutique.language.Command;
import boutique.language.Event;

/**
 * The rules of one kind of stream, as pure and total functions. {@code decide} looks at nothing but
 * its arguments, {@code evolve} believes every event; state changes in no other way.
 */
public interface Decider<C extends Command, S, E extends Event> {
  S initial();

  Decision<E> decide(S state, C command);

  S evolve(S state, E event);
}
