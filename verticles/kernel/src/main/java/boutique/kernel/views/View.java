package boutique.kernel.views;

import boutique.kernel.store.Recorded;
import boutique.language.Event;
import io.vertx.core.json.JsonObject;
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

  /** The document after the fact; null when there is none any more. */
  @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event);
}
