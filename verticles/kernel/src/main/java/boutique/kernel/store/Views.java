package boutique.kernel.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents under ordered keys, in named collections. Keys sort by their UTF-8 bytes. A document
 * that was written is as durable as a commit.
 */
public interface Views {

  Future<@Nullable JsonObject> get(String collection, String key);

  /** Writes all of these, in order. */
  Future<Void> write(List<Change> changes);

  /**
   * The same for what is made of facts and can be made of them again: whoever reads sees it when
   * this is answered, but if the machine loses its power, it may be lost, with everything that was
   * noted after it and nothing that was noted before. There is less haste, so it costs less.
   */
  default Future<Void> note(List<Change> changes) {
    return write(changes);
  }

  /**
   * Puts a document where none is, and answers nothing; where one is, changes nothing and answers
   * that. Of many who try at once, anywhere, one succeeds.
   */
  Future<@Nullable JsonObject> claim(Change.Put first);

  /** The entries of one page. */
  Future<List<Entry>> scan(String collection, Page page);

  /** Empties a collection. */
  Future<Void> drop(String collection);

  /**
   * Answered when the disk holds nothing more of what was deleted from a collection before this was
   * asked, nor of what was replaced. It costs much more than the deletion, and may be asked of a
   * collection again and again. Where the disks are somebody else's, how long they keep it is
   * theirs to say, and this is answered at once.
   */
  default Future<Void> scrub(String collection) {
    return Future.succeededFuture();
  }

  record Entry(String key, JsonObject document) {}

  /**
   * A run of keys that begin with {@code prefix}.
   *
   * @param after the key to go on behind, in the direction of the page; null from the beginning
   * @param backwards from the highest key down
   */
  record Page(String prefix, @Nullable String after, boolean backwards, int limit) {

    public static Page first(String prefix, int limit) {
      return new Page(prefix, null, false, limit);
    }
  }

  /** A change to one document. */
  sealed interface Change {
    String collection();

    String key();

    record Put(String collection, String key, JsonObject document) implements Change {}

    record Delete(String collection, String key) implements Change {}
  }
}
