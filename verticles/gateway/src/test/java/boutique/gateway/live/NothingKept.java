package boutique.gateway.live;

import boutique.kernel.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store in which there is nothing yet. */
final class NothingKept implements Views {
  @Override
  public Future<@Nullable JsonObject> get(String collection, String key) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> write(List<Change> changes) {
    return Future.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public Future<@Nullable JsonObject> claim(Change.Put claim) {
    return Future.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public Future<List<Entry>> scan(String collection, Page page) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Void> drop(String collection) {
    return Future.failedFuture(new UnsupportedOperationException());
  }
}
