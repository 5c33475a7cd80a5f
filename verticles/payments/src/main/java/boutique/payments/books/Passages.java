package boutique.payments.books;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** How far the reconciler is through each book, from round to round. */
final class Passages {
  private final Map<Book, Passage> all = new EnumMap<>(Book.class);

  Passage of(Book book) {
    return all.computeIfAbsent(book, _ -> new Passage());
  }

  /**
   * What was there at which moment has been compared since, by book; null before the first time.
   */
  JsonObject comparedUntil() {
    var until = new JsonObject();
    for (var book : Book.values()) {
      var whole = of(book).whole();
      until.put(book.wireName, whole == null ? null : whole.toString());
    }
    return until;
  }

  /** From where it was when it said that, perhaps on another node, long ago. */
  void resume(JsonObject comparedUntil) {
    for (var book : Book.values()) {
      var whole = comparedUntil.getString(book.wireName);
      if (whole != null) {
        of(book).resume(Instant.parse(whole));
      }
    }
  }
}
