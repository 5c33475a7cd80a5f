package boutique.kernel.feed;

import boutique.kernel.Unavailable;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;

/** How a feed is asked to hear again what is parked of a stream, wherever it is followed. */
public record Retries(Vertx vertx) {
  /** What is parked of a stream may be much: then it goes on while nobody waits for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int IN_VAIN = 1;
  private static final int AWAY = 2;

  /**
   * Completed when it was tried, or is still being tried after a while: what is parked then says
   * how it went. Fails if that feed does not run, or somebody is away whom its listener needs.
   */
  public Future<Void> retry(String feed, StreamId stream) {
    return vertx
        .eventBus()
        .request(
            address(feed),
            stream.toString(),
            new DeliveryOptions().setSendTimeout(PATIENCE.toMillis()))
        .<Void>mapEmpty()
        .recover(failure ->
            failure instanceof ReplyException reply && wasTried(reply)
                ? Future.succeededFuture()
                : Future.failedFuture(
                    new Unavailable("%s cannot try again now".formatted(feed), failure)));
  }

  private static boolean wasTried(ReplyException reply) {
    return switch (reply.failureType()) {
      case TIMEOUT -> true;
      case RECIPIENT_FAILURE -> reply.failureCode() == IN_VAIN;
      case NO_HANDLERS, ERROR -> false;
    };
  }

  /** Lets this feed be asked, until its consumer is unregistered. */
  static MessageConsumer<String> tell(Vertx vertx, String group, Feed feed) {
    return vertx
        .eventBus()
        .consumer(
            address(group),
            asked ->
                feed.redrive(StreamId.parse(asked.body()))
                    .onSuccess(_ -> asked.reply(null))
                    .onFailure(failure -> fail(asked, failure)));
  }

  private static void fail(Message<String> asked, Throwable failure) {
    asked.fail(Feed.passing(failure) ? AWAY : IN_VAIN, failure.getMessage());
  }

  private static String address(String feed) {
    return "feeds." + feed + ".retry";
  }
}
