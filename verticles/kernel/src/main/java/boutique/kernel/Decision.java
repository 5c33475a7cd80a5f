package boutique.kernel;

import boutique.language.Event;
import boutique.language.Reply;
import java.util.List;
import java.util.Map;

/** What the rules say to a command: what happens then, or why nothing does. */
public sealed interface Decision<E extends Event> {

  record Accepted<E extends Event>(List<E> events) implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  record Declined<E extends Event>(Reply.Refused because) implements Decision<E> {}

  /** Accepts a command that repeats what has been done: nothing more happens. */
  static <E extends Event> Decision<E> accept() {
    return new Accepted<>(List.of());
  }

  static <E extends Event> Decision<E> accept(E event) {
    return new Accepted<>(List.of(event));
  }

  static <E extends Event> Decision<E> refuse(String code, String detail) {
    return new Declined<>(new Reply.Refused(code, detail));
  }

  static <E extends Event> Decision<E> refuse(
      String code, String detail, Map<String, String> facts) {
    return new Declined<>(new Reply.Refused(code, detail, facts));
  }
}
