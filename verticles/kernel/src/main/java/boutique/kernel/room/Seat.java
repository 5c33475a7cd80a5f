package boutique.kernel.room;

import boutique.kernel.Unavailable;
import boutique.language.Message;
import boutique.language.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place in a room, known to the whole cluster, and the shards that fall to it.
 *
 * <p>A shard has one owner at a time. Whoever comes asks the others to let go, and takes nothing
 * before they have, with everything finished that was on its way; whoever leaves lets go first and
 * says so then. In between a shard has no owner, and the bus waits for one.
 *
 * <p>In a cluster a node can die or stand still, so a seat is leased there. Others may take over
 * what a seat had when its lease is over; a seat is certain of what it has for half of that time
 * only, and reads from the store again whenever it is not.
 */
final class Seat {
  private static final Logger LOG = LoggerFactory.getLogger(Seat.class);
  private static final String SEATS = "seats";
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration CERTAIN = LEASE.dividedBy(2);
  private static final Duration RENEWAL = Duration.ofSeconds(2);
  private static final int UNAVAILABLE = 503;

  private final Vertx vertx;
  private final String room;
  private final Context context;
  private final Neighbours neighbours;
  private final Function<Message, Future<Reply>> answer;
  private final IntFunction<Future<Void>> letGo;
  private final boolean leased;
  private final String name = UUID.randomUUID().toString();
  private final MessageConsumer<String> asked;
  private final Map<Integer, MessageConsumer<Message>> shards = new ConcurrentHashMap<>();
  private Future<Void> settled = Future.succeededFuture();
  private boolean taken;
  private volatile long renewed = System.nanoTime();
  private long renewal = -1;

  /**
   * A seat that is not taken yet.
   *
   * @param answer answers the messages for a shard; fails with {@link Unavailable} if that may pass
   * @param letGo forgets a shard; completed when nothing of it is on its way any more
   */
  Seat(
      Vertx vertx,
      String room,
      Function<Message, Future<Reply>> answer,
      IntFunction<Future<Void>> letGo) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.neighbours = Neighbours.of(vertx);
    this.room = room;
    this.answer = answer;
    this.letGo = letGo;
    this.leased = vertx.isClustered();
    this.asked = vertx.eventBus().consumer(address(name));
  }

  /** Completed when every shard that falls to this seat is answered for. */
  Future<Void> take() {
    asked.handler(request -> settle().onComplete(_ -> request.reply(name)));
    if (leased) {
      renewal = vertx.setPeriodic(RENEWAL.toMillis(), _ -> renew());
    }
    return asked
        .completion()
        .compose(_ -> sit())
        .compose(_ -> othersLetGo())
        .compose(_ -> {
          taken = true;
          return settle();
        });
  }

  /** Completed when nothing is answered any more and the others know. */
  Future<Void> leave() {
    taken = false;
    vertx.cancelTimer(renewal);
    settled = settled.otherwiseEmpty().compose(_ -> own(new BitSet()));
    return settled
        .compose(_ -> seats())
        .compose(seats -> seats.remove(name))
        .compose(_ -> othersLetGo())
        .compose(_ -> asked.unregister());
  }

  /** Whether this seat has a shard, and nobody else can have it. On any thread. */
  boolean certain(int shard) {
    return shards.containsKey(shard)
        && (!leased || System.nanoTime() - renewed < CERTAIN.toNanos());
  }

  private Future<Void> sit() {
    var now = System.nanoTime();
    return seats()
        .compose(seats -> leased ? seats.put(name, room, LEASE.toMillis()) : seats.put(name, room))
        .onSuccess(_ -> renewed = now);
  }

  private void renew() {
    sit()
        .compose(_ -> settle())
        .onFailure(
            failure -> LOG.warn("the seat in {} is not renewed: {}", room, failure.getMessage()));
  }

  /**
   * Every other seat looks again at what falls to it. One that does not answer has no lease soon.
   */
  private Future<Void> othersLetGo() {
    var options = new DeliveryOptions().setSendTimeout(LEASE.toMillis());
    return seatsHere()
        .compose(seats ->
            Future.join(
                seats.stream()
                    .filter(seat -> !seat.equals(name))
                    .map(seat ->
                        vertx
                            .eventBus()
                            .<String>request(address(seat), name, options)
                            .otherwiseEmpty())
                    .toList()))
        .mapEmpty();
  }

  /** One settling after the other: each sees the seats as they are when it begins. */
  private Future<Void> settle() {
    settled =
        settled
            .otherwiseEmpty()
            .compose(_ -> seatsHere())
            .compose(seats -> own(taken ? Shards.ownedBy(name, seats) : new BitSet()));
    return settled;
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

  /** What is still known of the shard is from a time before: it is forgotten first. */
  private Future<Void> gain(int shard) {
    return letGo.apply(shard).compose(_ -> answerFor(shard));
  }

  private Future<Void> answerFor(int shard) {
    var address = Shards.address(room, shard);
    var consumer = vertx.eventBus().<Message>consumer(address, this::answer);
    shards.put(shard, consumer);
    neighbours.seat(address, context, answer);
    return consumer.completion();
  }

  private void answer(io.vertx.core.eventbus.Message<Message> message) {
    answer
        .apply(message.body())
        .onSuccess(message::reply)
        .onFailure(cause ->
            message.fail(
                cause instanceof Unavailable ? UNAVAILABLE : RoomVerticle.BROKEN,
                cause.getMessage()));
  }

  private Future<Void> lose(int shard) {
    var consumer = shards.remove(shard);
    neighbours.leave(Shards.address(room, shard));
    return consumer == null
        ? Future.succeededFuture()
        : consumer.unregister().compose(_ -> letGo.apply(shard));
  }

  private Future<Collection<String>> seatsHere() {
    return seats()
        .compose(AsyncMap::entries)
        .map(seats ->
            seats.entrySet().stream()
                .filter(seat -> seat.getValue().equals(room))
                .map(Map.Entry::getKey)
                .toList());
  }

  private static String address(String seat) {
    return SEATS + "." + seat;
  }

  private Future<AsyncMap<String, String>> seats() {
    return vertx.sharedData().getAsyncMap(SEATS);
  }
}
