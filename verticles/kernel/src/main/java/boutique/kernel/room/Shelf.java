package boutique.kernel.room;

import boutique.language.Reply;
import boutique.language.StreamId;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the streams that live on this node look like, where everybody on the node can see it: to
 * look at a stream then costs no way to its owner and back.
 *
 * <p>The owner puts a new look here before it answers for it, so whoever was answered sees it; and
 * takes it away before it forgets the stream. A look is as certain as its owner: who may have lost
 * the stream to another node shows nothing.
 */
public final class Shelf implements Shareable {
  private static final String NAME = "boutique.shelf";

  private final Map<StreamId, Shown> shown = new ConcurrentHashMap<>();

  private Shelf() {}

  private record Shown(Reply.Done done, BooleanSupplier certain) {}

  /** The only one of this node. */
  public static Shelf of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, Shelf>getLocalMap(NAME)
        .computeIfAbsent(NAME, _ -> new Shelf());
  }

  /** Null when it is not known here, or not for certain. */
  public Reply.@Nullable Done look(StreamId stream) {
    var found = shown.get(stream);
    return found != null && found.certain().getAsBoolean() ? found.done() : null;
  }

  void show(StreamId stream, Reply.Done done, BooleanSupplier certain) {
    shown.put(stream, new Shown(done, certain));
  }

  void hide(StreamId stream) {
    shown.remove(stream);
  }
}
