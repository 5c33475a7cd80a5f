package boutique.kernel.room;

import boutique.kernel.Bus;
import boutique.kernel.Unavailable;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Views;
import boutique.language.Ask;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Look;
import boutique.language.Message;
import boutique.language.Reply;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of a room: answers for the shards that fall to its seat, and keeps the states of
 * their streams in a bounded memory. As many instances as one likes share a room, on any nodes.
 */
public final class RoomVerticle<C extends Command, S, E extends Event> extends VerticleBase {
  /** What a room answers that has failed with a message, and will again. */
  public static final int BROKEN = 500;

  private static final Logger LOG = LoggerFactory.getLogger(RoomVerticle.class);
  private static final int MOST_MAILBOXES = 20_000;

  private final Room<C, S, E> room;
  private final Histories<S, E> histories;
  private final Map<StreamId, Mailbox<C, S, E>> mailboxes = new LinkedHashMap<>(256, 0.75f, true);
  private Seat seat; // from start() on, as are the others
  private Bus bus;
  private Shelf shelf;
  private Desk<C> desk;

  public RoomVerticle(Room<C, S, E> room, EventStore store, Views views) {
    this.room = room;
    this.histories = new Histories<>(room, store, views);
  }

  @Override
  public Future<?> start() {
    bus = new Bus(vertx);
    shelf = Shelf.of(vertx);
    desk =
        room.process()
            .apply((command, context) -> mailbox(command.stream()).put(command, context), bus);
    seat = new Seat(vertx, room.name(), this::answer, this::forget);
    return seat.take();
  }

  @Override
  public Future<?> stop() {
    return seat.leave();
  }

  private Future<Reply> answer(Message message) {
    return reply(message)
        .recover(cause ->
            Future.failedFuture(cause instanceof Unavailable ? cause : broken(message, cause)));
  }

  private Future<Reply> reply(Message message) {
    try {
      return switch (message) {
        case Ask(Look(var stream), var context) -> mailbox(stream).look(context);
        case Ask(var command, var context) -> desk.handle(room.commands().cast(command), context);
        default -> throw new ClassCastException("not an Ask");
      };
    } catch (RuntimeException broken) {
      return Future.failedFuture(broken);
    }
  }

  /** Told to nobody else but the log. */
  private IllegalStateException broken(Message message, Throwable cause) {
    LOG.error("{} cannot answer {}", room.name(), message.getClass().getSimpleName(), cause);
    return new IllegalStateException(room.name() + " failed");
  }

  private Mailbox<C, S, E> mailbox(StreamId stream) {
    var mailbox = mailboxes.get(stream);
    if (mailbox == null) {
      var shard = Shards.of(stream);
      mailbox =
          new Mailbox<>(stream, room, histories, this::tell, () -> seat.certain(shard), shelf);
      mailboxes.put(stream, mailbox);
      forgetEldest();
    }
    return mailbox;
  }

  private void forgetEldest() {
    var eldest = mailboxes.entrySet().iterator();
    while (mailboxes.size() > MOST_MAILBOXES && eldest.hasNext()) {
      var next = eldest.next();
      if (next.getValue().idle()) {
        shelf.hide(next.getKey());
        eldest.remove();
      } else {
        return;
      }
    }
  }

  /** Another seat gets the shard: completed when nothing of it is on its way any more. */
  private Future<Void> forget(int shard) {
    var draining = new ArrayList<Future<Void>>();
    mailboxes
        .entrySet()
        .removeIf(entry -> {
          var leaving = Shards.of(entry.getKey()) == shard;
          if (leaving) {
            draining.add(entry.getValue().leave());
          }
          return leaving;
        });
    return Future.join(draining).mapEmpty();
  }

  private void tell(List<Mailbox.Happened<S>> happened) {
    for (var one : happened) {
      room.news().of(one.recorded(), one.event(), one.after()).forEach(bus::tell);
    }
  }
}
