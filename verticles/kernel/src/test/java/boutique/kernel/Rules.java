package boutique.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Decision.Accepted;
import boutique.kernel.Decision.Declined;
import boutique.language.Command;
import boutique.language.Event;
import java.util.List;

/** Says of a decider: given what has happened, when this is asked, then that happens. */
public final class Rules<C extends Command, S, E extends Event> {
  private final Decider<C, S, E> decider;
  private final S state;

  private Rules(Decider<C, S, E> decider, S state) {
    this.decider = decider;
    this.state = state;
  }

  public static <C extends Command, S, E extends Event> Rules<C, S, E> of(
      Decider<C, S, E> decider) {
    return new Rules<>(decider, decider.initial());
  }

  public Rules<C, S, E> given(List<? extends E> history) {
    var now = state;
    for (var event : history) {
      now = decider.evolve(now, event);
    }
    return new Rules<>(decider, now);
  }

  public Then<E> when(C command) {
    return new Then<>(decider.decide(state, command));
  }

  public record Then<E extends Event>(Decision<E> decision) {

    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    public final void then(E... events) {
      assertThat(decision).isEqualTo(new Accepted<E>(List.of(events)));
    }

    /** It is accepted, but there was nothing left to do. */
    public void thenNothing() {
      assertThat(decision).isEqualTo(new Accepted<E>(List.of()));
    }

    public void thenRefused(String code) {
      assertThat(decision)
          .isInstanceOfSatisfying(
              Declined.class, declined -> assertThat(declined.because().code()).isEqualTo(code));
    }
  }
}
