package boutique.kernel.room;

import boutique.language.Message;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.shareddata.AsyncMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place in a room, known to the whole cluster, and the shards that fall to it.
 *
 * <p>Who has a seat is written in a cluster-wide map with a short lease, so that the seats of a
 * dead node fall away by themselves. While seats change, a shard may for a moment have two owners
 * or none: the store's expected version decides between two, and the bus waits for one.
 */
final class Seat {
  private static final Logger LOG = LoggerFactory.getLogger(Seat.class);
  private static final String SEATS = "seats";
  private static final long LEASE_MILLIS = 10_000;
  private static final long RENEWAL_MILLIS = 3_000;

  private final Vertx vertx;
  private final String room;
  private final Consumer<io.vertx.core.eventbus.Message<Message>> answer;
  private final IntConsumer lost;
  private final String name = UUID.randomUUID().toString();
  private final MessageConsumer<String> changes;
  private final Map<Integer, MessageConsumer<Message>> shards = new HashMap<>();
  private Future<Void> settled = Future.succeededFuture();
  private long renewal;

  Seat(
      Vertx vertx,
      String room,
      Consumer<io.vertx.core.eventbus.Message<Message>> answer,
      IntConsumer lost) {
    this.vertx = vertx;
    this.room = room;
    this.answer = answer;
    this.lost = lost;
    this.changes = vertx.eventBus().consumer(changed());
  }

  /** Completed when every shard that falls to this seat is answered for. */
  Future<Void> take() {
    changes.handler(_ -> settle());
    renewal = vertx.setPeriodic(RENEWAL_MILLIS, _ -> renew());
    return changes
        .completion()
        .compose(_ -> seats())
        .compose(seats -> seats.put(name, room, LEASE_MILLIS))
        .compose(_ -> settle())
        .onSuccess(_ -> announce());
  }

  /** Completed when nothing is answered any more and the others know. */
  Future<Void> leave() {
    vertx.cancelTimer(renewal);
    return changes
        .unregister()
        .compose(_ -> seats())
        .compose(seats -> seats.remove(name))
        .onSuccess(_ -> announce())
        .compose(_ -> own(new BitSet()));
  }

  private void renew() {
    seats()
        .compose(seats -> seats.put(name, room, LEASE_MILLIS))
        .compose(_ -> settle())
        .onFailure(
            failure -> LOG.warn("the seat in {} is not renewed: {}", room, failure.getMessage()));
  }

  /** One settling after the other: each sees the seats as they are when it begins. */
  private Future<Void> settle() {
    settled =
        settled
            .otherwiseEmpty()
            .compose(_ -> seats())
            .compose(AsyncMap::entries)
            .compose(seats -> own(mine(seats)));
    return settled;
  }

  private BitSet mine(Map<String, String> seats) {
    var ofThisRoom = new ArrayList<String>();
    seats.forEach((seat, inRoom) -> {
      if (inRoom.equals(room)) {
        ofThisRoom.add(seat);
      }
    });
    return Shards.ownedBy(name, ofThisRoom);
  }

  private Future<Void> own(BitSet owned) {
    var moves = new ArrayList<Future<Void>>();
    for (var shard = 0; shard < Shards.COUNT; shard++) {
      if (owned.get(shard) && !shards.containsKey(shard)) {
        moves.add(gain(shard));
      } else if (!owned.get(shard) && shards.containsKey(shard)) {
        moves.add(lose(shard));
      }
    }
    return Future.join(List.copyOf(moves)).mapEmpty();
  }

  private Future<Void> gain(int shard) {
    var consumer = vertx.eventBus().<Message>consumer(Shards.address(room, shard), answer::accept);
    shards.put(shard, consumer);
    return consumer.completion();
  }

  private Future<Void> lose(int shard) {
    lost.accept(shard);
    var consumer = shards.remove(shard);
    return consumer == null ? Future.succeededFuture() : consumer.unregister();
  }

  private void announce() {
    vertx.eventBus().publish(changed(), name);
  }

  private String changed() {
    return SEATS + "." + room;
  }

  private Future<AsyncMap<String, String>> seats() {
    return vertx.sharedData().getAsyncMap(SEATS);
  }
}
