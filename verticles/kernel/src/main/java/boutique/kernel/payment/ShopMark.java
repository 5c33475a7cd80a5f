package boutique.kernel.payment;

import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change.Put;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * Which shop this is, for a provider whose account others use too: it stands beside all that we ask
 * for there. It is made once for a store and kept in it, so that all nodes have the same, and
 * whoever restores a store is who they were.
 */
public record ShopMark(String value) {
  private static final String COLLECTION = "shop";
  private static final String KEY = "mark";
  private static final String ID = "id";

  /** The one of this store, made now if there is none. */
  public static Future<ShopMark> of(Views views) {
    var made = new JsonObject().put(ID, UUID.randomUUID().toString());
    return views
        .claim(new Put(COLLECTION, KEY, made))
        .map(before -> new ShopMark((before == null ? made : before).getString(ID)));
  }

  public boolean isOn(String said) {
    return said.equals(value);
  }

  /** What bears nothing may be ours: it may be older than the mark, or made by hand. */
  public boolean isAnothers(String said) {
    return !said.isEmpty() && !isOn(said);
  }
}
