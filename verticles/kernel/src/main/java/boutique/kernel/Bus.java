package boutique.kernel;

import boutique.kernel.room.Neighbours;
import boutique.kernel.room.Neighbours.Gone;
import boutique.kernel.room.Neighbours.Neighbour;
import boutique.kernel.room.RoomVerticle;
import boutique.kernel.room.Shards;
import boutique.kernel.room.Shelf;
import boutique.language.Ask;
import boutique.language.Broadcast;
import boutique.language.Command;
import boutique.language.Context;
import boutique.language.Live;
import boutique.language.Look;
import boutique.language.Message;
import boutique.language.Reply;
import boutique.language.Revoked;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The way to the rooms, wherever they run. Only the gateway and the checkout ask; rooms otherwise
 * tell.
 *
 * <p>A message finds nobody while its shard changes hands: then it was never delivered, and is sent
 * again until the deadline. Any other silence is {@link Unavailable}, because what became of the
 * message is unknown.
 */
public final class Bus {
  private static final String LIVE = "live";
  private static final String REVOKED = "revoked";
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 250;

  /** A message that times out does so at the deadline, give or take this. */
  private static final long MARGIN_NANOS = Duration.ofMillis(20).toNanos();

  private static final Context NOBODY = new Context("look", null, "look");

  private final Vertx vertx;
  private final Shelf shelf;
  private final Neighbours neighbours;

  public Bus(Vertx vertx) {
    this.vertx = vertx;
    this.shelf = Shelf.of(vertx);
    this.neighbours = Neighbours.of(vertx);
  }

  public Future<Reply> ask(Command command, Context context) {
    return send(command.stream(), new Ask(command, context));
  }

  /** What a stream looks like now: as this node shows it, or else from its owner's memory. */
  public Future<Reply.Done> look(StreamId stream) {
    var shown = shelf.look(stream);
    if (shown != null) {
      return Future.succeededFuture(shown);
    }
    return look(stream, NOBODY);
  }

  /** What it looks like to the actor of this context, from its owner's memory. */
  public Future<Reply.Done> look(StreamId stream, Context context) {
    return send(stream, new Ask(new Look(stream), context)).map(Reply.Done.class::cast);
  }

  /** Tells every node. May be lost, which versions reveal, or the store. */
  public void tell(Broadcast news) {
    vertx
        .eventBus()
        .publish(
            switch (news) {
              case Live _ -> LIVE;
              case Revoked _ -> REVOKED;
            },
            news);
  }

  /** Listens to the news of every node. */
  public MessageConsumer<Live> news(Consumer<Live> listener) {
    return vertx.eventBus().consumer(LIVE, message -> listener.accept(message.body()));
  }

  /** Listens to which sessions are over, on every node. */
  public MessageConsumer<Revoked> revocations(Consumer<Revoked> listener) {
    return vertx.eventBus().consumer(REVOKED, message -> listener.accept(message.body()));
  }

  private Future<Reply> send(StreamId stream, Message message) {
    var address = Shards.address(stream);
    var until = System.nanoTime() + DEADLINE.toNanos();
    var neighbour = neighbours.at(address);
    return neighbour == null
        ? attempt(address, message, until, FIRST_PAUSE_MILLIS)
        : hand(neighbour, address, message)
            .recover(failure ->
                failure instanceof Gone
                    ? attempt(address, message, until, FIRST_PAUSE_MILLIS)
                    : Future.failedFuture(unanswered(address, failure)));
  }

  /** To somebody on this node. */
  private Future<Reply> hand(Neighbour neighbour, String address, Message message) {
    var answered = Promise.<Reply>promise();
    var late =
        vertx.setTimer(
            DEADLINE.toMillis(), _ -> answered.tryFail(new Unavailable(address + " is too slow")));
    neighbour
        .ask(message, vertx.getOrCreateContext())
        .onComplete(_ -> vertx.cancelTimer(late))
        .onSuccess(answered::tryComplete)
        .onFailure(answered::tryFail);
    return answered.future();
  }

  private Future<Reply> attempt(String address, Message message, long until, long pause) {
    var left = Math.max(1, Duration.ofNanos(until - System.nanoTime()).toMillis());
    return vertx
        .eventBus()
        .<Reply>request(address, message, new DeliveryOptions().setSendTimeout(left))
        .map(io.vertx.core.eventbus.Message::body)
        .recover(failure ->
            neverDelivered(failure, until)
                ? pause(pause).compose(_ -> attempt(address, message, until, longer(pause)))
                : Future.failedFuture(unanswered(address, failure)));
  }

  private Future<Void> pause(long millis) {
    var promise = Promise.<Void>promise();
    vertx.setTimer(millis, _ -> promise.complete());
    return promise.future();
  }

  private static long longer(long pause) {
    return Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
  }

  /** Nobody was there, or somebody who was leaving has put it back before its time was up. */
  private static boolean neverDelivered(Throwable failure, long until) {
    return failure instanceof ReplyException reply
        && until - System.nanoTime() > MARGIN_NANOS
        && switch (reply.failureType()) {
          case NO_HANDLERS, TIMEOUT -> true;
          case RECIPIENT_FAILURE, ERROR -> false;
        };
  }

  /** A room that has failed with it will not do better next time; any other silence may pass. */
  private static RuntimeException unanswered(String address, Throwable failure) {
    var sentence = address + " does not answer: " + failure.getMessage();
    var broken =
        failure instanceof ReplyException reply
            ? reply.failureCode() == RoomVerticle.BROKEN
            : !(failure instanceof Unavailable);
    return broken ? new IllegalStateException(sentence) : new Unavailable(sentence, failure);
  }
}
