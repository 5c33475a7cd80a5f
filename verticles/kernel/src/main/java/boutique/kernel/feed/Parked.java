package boutique.kernel.feed;

import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views.Entry;
import boutique.language.Context;
import boutique.language.StreamId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a feed has put aside of a stream: a fact that its listener could not take in, one that came
 * after such a one, or facts that neither the log nor the store has.
 *
 * @param version of the fact, or of the first that is missing
 * @param since when it was put aside
 * @param tries how often the listener was given it; none of a fact that is only behind another
 * @param triedAt when it was given it last
 * @param because in one line, for whoever looks after the shop
 */
public record Parked(
    String feed,
    StreamId stream,
    long version,
    What what,
    Instant since,
    int tries,
    @Nullable Instant triedAt,
    String because) {
  private static final String BEHIND = "an earlier fact of its stream is parked";
  private static final String UNTIL = "until";
  private static final int LONGEST_REASON = 300;

  /** What of it there is. */
  public sealed interface What {}

  /** The fact itself. */
  public record Told(Recorded recorded) implements What {}

  /** Nothing, up to this version. */
  public record Gap(long until) implements What {}

  static Parked indigestible(
      String feed, Recorded recorded, int tries, Instant now, Throwable failure) {
    return new Parked(
        feed,
        recorded.stream(),
        recorded.version(),
        new Told(recorded),
        now,
        tries,
        now,
        sentence(failure));
  }

  static Parked behind(String feed, Recorded recorded, Instant now) {
    return new Parked(
        feed, recorded.stream(), recorded.version(), new Told(recorded), now, 0, null, BEHIND);
  }

  static Parked gap(String feed, StreamId stream, long first, long until, Instant now) {
    return new Parked(feed, stream, first, new Gap(until), now, 1, now, sentence(missing(first)));
  }

  static IllegalStateException missing(long version) {
    return new IllegalStateException("the store has no version %d of it".formatted(version));
  }

  /** Given to the listener once more, in vain. */
  Parked again(Instant now, Throwable failure) {
    return new Parked(feed, stream, version, what, since, tries + 1, now, sentence(failure));
  }

  /** What kind of fact it is; nobody knows of one that is missing. */
  public @Nullable String type() {
    return switch (what) {
      case Told(var recorded) -> recorded.type();
      case Gap _ -> null;
    };
  }

  /** What everything bears that came of the same request; nobody knows of one that is missing. */
  public @Nullable String correlation() {
    return switch (what) {
      case Told(var recorded) -> recorded.context().correlation();
      case Gap _ -> null;
    };
  }

  JsonObject document() {
    var document =
        new JsonObject()
            .put("stream", stream.toString())
            .put("version", version)
            .put("since", since.toString())
            .put("tries", tries)
            .put("triedAt", triedAt == null ? null : triedAt.toString())
            .put("because", because);
    return switch (what) {
      case Gap(var until) -> document.put(UNTIL, until);
      case Told(var recorded) ->
          document
              .put("type", recorded.type())
              .put("at", recorded.at().toString())
              .put("correlation", recorded.context().correlation())
              .put("causation", recorded.context().causation())
              .put("actor", recorded.context().actor())
              .put("event", recorded.json().toString());
    };
  }

  /** What was put aside before it was noted when, counts from the time of the fact. */
  static Parked of(Entry entry) {
    var document = entry.document();
    var tried = document.getString("triedAt");
    return new Parked(
        entry.key().substring(0, entry.key().indexOf('/')),
        StreamId.parse(document.getString("stream")),
        document.getLong("version"),
        what(document),
        Instant.parse(document.getString("since", document.getString("at"))),
        document.getInteger("tries", 0),
        tried == null ? null : Instant.parse(tried),
        document.getString("because"));
  }

  private static What what(JsonObject document) {
    return document.containsKey(UNTIL)
        ? new Gap(document.getLong(UNTIL))
        : new Told(
            new Recorded(
                StreamId.parse(document.getString("stream")),
                document.getLong("version"),
                document.getString("type"),
                Instant.parse(document.getString("at")),
                new Context(
                    document.getString("correlation"),
                    document.getString("causation"),
                    document.getString("actor")),
                Buffer.buffer(document.getString("event"))));
  }

  private static String sentence(Throwable failure) {
    var said = failure.getMessage();
    var line =
        said == null || said.isBlank()
            ? failure.getClass().getSimpleName()
            : said.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON - 1) + "…";
  }
}
