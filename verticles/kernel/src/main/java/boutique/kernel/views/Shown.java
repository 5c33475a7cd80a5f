package boutique.kernel.views;

import boutique.kernel.feed.Feed;
import boutique.language.StreamId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Waits until every view that is fed by a stream shows it, up to a version, and every room that
 * hears of it has done what it does because of it. All of them are asked once, wherever they run,
 * and say when it is so; nobody looks again and again. Who does not say it in time is not waited
 * for.
 */
public final class Shown {
  /** For longer than this nobody is let wait. */
  public static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final String VIEWS = "views";
  private static final String REACTIONS = "reactions";
  private static final int MOST_WAITING = 10_000;

  private final Vertx vertx;
  private final Context context;
  private final Duration deadline;
  private final String address = "views.shown." + UUID.randomUUID();
  private final Map<Long, Waiting> waiting = new HashMap<>();
  private long last;

  private record Waiting(Set<String> missing, Promise<Boolean> shown) {}

  public Shown(Vertx vertx) {
    this(vertx, DEADLINE);
  }

  Shown(Vertx vertx, Duration deadline) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.deadline = deadline;
  }

  /** Completed when it can be told. */
  public Future<Void> open() {
    var opened = Promise.<Void>promise();
    context.runOnContext(_ ->
        vertx
            .eventBus()
            .<JsonObject>consumer(address, message -> heard(message.body()))
            .completion()
            .onComplete(opened));
    return opened.future();
  }

  /** Whether all of them have it now; false when some have not said so in time. */
  public Future<Boolean> upTo(StreamId stream, long version) {
    var answer = Promise.<Boolean>promise();
    context.runOnContext(_ ->
        fedBy(stream.room())
            .compose(followers -> ask(followers, stream, version))
            .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
            .otherwise(false)
            .onComplete(answer));
    return answer.future();
  }

  /** Lets a view be asked how far it is. */
  static Future<Void> tell(
      Vertx vertx, View view, BiFunction<StreamId, Long, Future<Void>> reached) {
    return tell(vertx, VIEWS, view.name(), view.rooms(), reached);
  }

  /** Lets it be asked how far that is heard by which a room does something. */
  public static Future<Void> tell(Vertx vertx, String name, Set<String> hears, Feed reactions) {
    return tell(vertx, REACTIONS, name, hears, reactions::reached);
  }

  private static Future<Void> tell(
      Vertx vertx,
      String kind,
      String name,
      Set<String> rooms,
      BiFunction<StreamId, Long, Future<Void>> reached) {
    var listening = new ArrayList<Future<Void>>();
    for (var room : rooms) {
      MessageConsumer<JsonObject> asked = vertx.eventBus().consumer(askedAbout(room));
      asked.handler(message -> {
        var question = message.body();
        reached
            .apply(StreamId.parse(question.getString("stream")), question.getLong("version"))
            .onSuccess(_ ->
                vertx
                    .eventBus()
                    .send(
                        question.getString("asker"),
                        new JsonObject()
                            .put("number", question.getLong("number"))
                            .put("follower", name)));
      });
      listening.add(asked.completion());
    }
    return Future.all(listening)
        .compose(_ -> known(vertx, kind))
        .compose(followers -> followers.put(name, String.join(" ", rooms)));
  }

  private Future<Boolean> ask(Set<String> followers, StreamId stream, long version) {
    if (followers.isEmpty() || waiting.size() >= MOST_WAITING) {
      return Future.succeededFuture(followers.isEmpty());
    }
    var number = ++last;
    var mine = new Waiting(followers, Promise.promise());
    waiting.put(number, mine);
    var question =
        new JsonObject()
            .put("stream", stream.toString())
            .put("version", version)
            .put("asker", address)
            .put("number", number);
    vertx.eventBus().publish(askedAbout(stream.room()), question);
    vertx.setTimer(deadline.toMillis(), _ -> mine.shown.tryComplete(false));
    return mine.shown.future().onComplete(_ -> waiting.remove(number));
  }

  private void heard(JsonObject said) {
    var one = waiting.get(said.getLong("number"));
    if (one != null && one.missing.remove(said.getString("follower")) && one.missing.isEmpty()) {
      one.shown.tryComplete(true);
    }
  }

  private Future<Set<String>> fedBy(String room) {
    return fedBy(room, VIEWS)
        .compose(views ->
            fedBy(room, REACTIONS)
                .map(reactions -> {
                  var all = new HashSet<>(views);
                  all.addAll(reactions);
                  return all;
                }));
  }

  private Future<Set<String>> fedBy(String room, String kind) {
    return known(vertx, kind)
        .compose(AsyncMap::entries)
        .map(known -> {
          var fed = new HashSet<String>();
          known.forEach((follower, rooms) -> {
            if (Set.of(rooms.split(" ")).contains(room)) {
              fed.add(follower);
            }
          });
          return fed;
        });
  }

  private static String askedAbout(String room) {
    return "views.asked." + room;
  }

  /** Every view there is, with the rooms that feed it. */
  static Future<AsyncMap<String, String>> known(Vertx vertx) {
    return known(vertx, VIEWS);
  }

  private static Future<AsyncMap<String, String>> known(Vertx vertx, String kind) {
    return vertx.sharedData().getAsyncMap(kind);
  }
}
