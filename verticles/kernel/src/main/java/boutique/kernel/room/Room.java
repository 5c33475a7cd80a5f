package boutique.kernel.room;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.kernel.Bus;
import boutique.kernel.Decider;
import boutique.kernel.store.Recorded;
import boutique.language.Broadcast;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Face;
import boutique.language.StreamId;
import boutique.language.codec.Json;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that distinguishes one room from another.
 *
 * @param name the first part of its streams, addresses and topics
 * @param commands what it answers
 * @param decider its rules
 * @param portrait what a stream shows of itself; null where there is nothing to see
 * @param news what open browsers hear of an event, with the state after it
 * @param snapshot how its states are kept, for streams that grow long
 * @param process work of several steps in front of the rules, such as a checkout
 */
public record Room<C extends Command, S, E extends Event>(
    String name,
    Class<C> commands,
    Decider<C, S, E> decider,
    Portrait<S> portrait,
    News<S> news,
    @Nullable Snapshot<S, ?> snapshot,
    BiFunction<Desk<C>, Bus, Desk<C>> process) {

  public Room(String name, Class<C> commands, Decider<C, S, E> decider, Portrait<S> portrait) {
    this(name, commands, decider, portrait, (_, _, _) -> List.of(), null, (desk, _) -> desk);
  }

  public Room<C, S, E> telling(News<S> told) {
    return new Room<>(name, commands, decider, portrait, told, snapshot, process);
  }

  public Room<C, S, E> keeping(Snapshot<S, ?> kept) {
    return new Room<>(name, commands, decider, portrait, news, kept, process);
  }

  public Room<C, S, E> through(BiFunction<Desk<C>, Bus, Desk<C>> steps) {
    return new Room<>(name, commands, decider, portrait, news, snapshot, steps);
  }

  /** What a stream in this state shows of itself. */
  @FunctionalInterface
  public interface Portrait<S> {
    @Nullable Face of(StreamId stream, S state);

    /**
     * What it shows to somebody: more, where there is something about them in it.
     *
     * @param asker the actor of their context
     */
    default @Nullable Face of(StreamId stream, S state, String asker) {
      return of(stream, state);
    }
  }

  /** What every node hears of an event, and through it open browsers. */
  @FunctionalInterface
  public interface News<S> {
    List<? extends Broadcast> of(Recorded recorded, Event event, S after);
  }

  /**
   * How a state is written down. A snapshot is only a short cut: one of another shape is ignored,
   * and the events are read instead.
   *
   * @param shape changes whenever the state's form or its evolution does
   * @param document the record that stands for a state
   */
  public record Snapshot<S, D>(
      String shape, Class<D> document, Function<S, D> write, Function<D, S> read) {

    /** As text within the document: nobody looks inside, so nobody should have to parse it. */
    String written(S state) {
      return new String(Json.encode(write.apply(state)), UTF_8);
    }

    S restored(String text) {
      return read.apply(Json.decode(text.getBytes(UTF_8), document));
    }
  }
}
