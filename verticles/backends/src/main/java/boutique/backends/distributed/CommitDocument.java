package boutique.backends.distributed;

import boutique.kernel.store.Commit;
import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.StreamId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;

/**
 * A commit as a document. An event stays the text that it is: as a sub-document it would come back
 * with other numbers, and its bytes would not be those that went to Kafka.
 *
 * <pre>
 * _id      commit key
 * stamp    when it was appended, in microseconds; later in a stream means higher
 * pending  the same, until it is relayed; then the field is gone
 * events   type, at, correlation, causation (if any), actor, json
 * </pre>
 */
final class CommitDocument {
  static final String ID = "_id";
  static final String STAMP = "stamp";
  static final String PENDING = "pending";

  private CommitDocument() {}

  static JsonObject encode(Commit commit, long stamp) {
    var events = new JsonArray();
    for (var event : commit.events()) {
      var context = event.context();
      var document =
          new JsonObject()
              .put("type", event.type())
              .put("at", event.at().toString())
              .put("correlation", context.correlation())
              .put("actor", context.actor())
              .put("json", event.json().toString());
      if (context.causation() != null) {
        document.put("causation", context.causation());
      }
      events.add(document);
    }
    return new JsonObject()
        .put(ID, commit.key())
        .put(STAMP, stamp)
        .put(PENDING, stamp)
        .put("events", events);
  }

  static Commit decode(JsonObject document) {
    var key = document.getString(ID);
    var at = key.lastIndexOf('@');
    var stream = StreamId.parse(key.substring(0, at));
    var firstVersion = Long.parseLong(key.substring(at + 1));
    var events = new ArrayList<Recorded>();
    for (var each : document.getJsonArray("events")) {
      var event = (JsonObject) each;
      events.add(
          new Recorded(
              stream,
              firstVersion + events.size(),
              event.getString("type"),
              Instant.parse(event.getString("at")),
              new Context(
                  event.getString("correlation"),
                  event.getString("causation"),
                  event.getString("actor")),
              Buffer.buffer(event.getString("json"))));
    }
    return new Commit(stream, firstVersion, events);
  }

  /** About how large the document will be. */
  static int weight(Commit commit) {
    var weight = 0;
    for (var event : commit.events()) {
      weight += 200 + event.json().length();
    }
    return weight;
  }
}
