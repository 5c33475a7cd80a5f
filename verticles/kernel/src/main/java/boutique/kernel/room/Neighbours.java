package boutique.kernel.room;

import boutique.language.Message;
import boutique.language.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who answers on this very node, so that a message for them is handed over and not sent: the bus
 * would look for its receiver, make an address for the answer and clear it away again, for a way of
 * no length.
 *
 * <p>It is a short cut and no more: whoever is not here, or not any more, is found by the bus.
 */
public final class Neighbours implements Shareable {
  private static final String NAME = "boutique.neighbours";

  private final Map<String, Neighbour> seated = new ConcurrentHashMap<>();

  private Neighbours() {}

  /** The only ones of this node. */
  public static Neighbours of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, Neighbours>getLocalMap(NAME)
        .computeIfAbsent(NAME, _ -> new Neighbours());
  }

  /** Null when nobody here answers at this address. */
  public @Nullable Neighbour at(String address) {
    return seated.get(address);
  }

  void seat(String address, Context context, Function<Message, Future<Reply>> answer) {
    seated.put(address, new Neighbour(address, context, answer));
  }

  void leave(String address) {
    seated.remove(address);
  }

  /** Somebody who answers, on the thread where they live. */
  public final class Neighbour {
    private final String address;
    private final Context home;
    private final Function<Message, Future<Reply>> answer;

    private Neighbour(String address, Context home, Function<Message, Future<Reply>> answer) {
      this.address = address;
      this.home = home;
      this.answer = answer;
    }

    /** Answered where it was asked. Fails with {@link Gone} if the neighbour left meanwhile. */
    public Future<Reply> ask(Message message, Context asker) {
      var promise = Promise.<Reply>promise();
      home.runOnContext(_ ->
          (seated.get(address) == this
                  ? answer.apply(message)
                  : Future.<Reply>failedFuture(new Gone()))
              .onComplete(reply -> asker.runOnContext(_ -> promise.handle(reply))));
      return promise.future();
    }
  }

  /** The message was not heard by anybody. */
  public static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Gone() {
      super("gone", null, false, false);
    }
  }
}
