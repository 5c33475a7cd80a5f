package boutique.kernel.views;

import boutique.kernel.store.Recorded;
import boutique.language.Event;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A read model: documents, each a fold of the facts that concern it. Pure, so that it can be
 * rebuilt at any time with an equal result.
 */
public interface View {
  String name();

  Set<String> rooms();

  /** Which document a fact concerns; null when it concerns none. */
  @Nullable String key(Recorded recorded, Event event);

  /**
   * Under which further keys a document is to be found, such as the state that it is in. They
   * change with it; none may hold for two documents.
   */
  default Set<String> index(JsonObject document) {
    return Set.of();
  }

  /**
   * What a fact adds to sums that many documents have a share in, such as those of a day: under
   * their keys, fields of whole numbers to add and of words to keep. It must be the same when the
   * document has taken in more since: that is so when somebody died before it was added.
   *
   * @param document as the fact has left it, or as it is by now
   */
  default Map<String, JsonObject> shares(JsonObject document, Recorded recorded, Event event) {
    return Map.of();
  }

  /** The document after the fact; null when there is none any more. */
  @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event);
}
