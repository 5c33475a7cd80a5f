package boutique.payments.books;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody is who goes through a book page by page: as far as there is time in a round, and
 * on from there in the next one. From the end it begins anew, at a horizon, or before that where
 * the last whole pass was begun before it: so nothing is left out for ever, however much there is,
 * and however long nobody has gone.
 */
final class Passage {
  private @Nullable Instant whole;
  private @Nullable Through through;

  /**
   * A pass under way.
   *
   * @param begun when it was
   * @param since from when on it goes through what there is
   * @param after the end of the page before; empty for the first page
   */
  record Through(Instant begun, Instant since, String after) {
    boolean isFirst() {
      return after.isEmpty();
    }
  }

  /** What was there at this moment was gone through since; null before the first whole pass. */
  @Nullable Instant whole() {
    return whole;
  }

  /** Somebody else, who is not there any more, has gone through what was there at this moment. */
  void resume(Instant whole) {
    this.whole = whole;
  }

  /**
   * Goes on, from the beginning if it had come to the end.
   *
   * @param more whether there is time for one more page
   * @param page goes through one, and says where the next one begins; empty if there is none. A
   *     page that fails is gone through again in the next round
   */
  Future<Void> go(
      Instant now,
      Instant horizon,
      BooleanSupplier more,
      Function<Through, Future<Optional<String>>> page) {
    return go(through == null ? new Through(now, since(horizon), "") : through, more, page);
  }

  private Instant since(Instant horizon) {
    return whole != null && whole.isBefore(horizon) ? whole : horizon;
  }

  private Future<Void> go(
      Through from, BooleanSupplier more, Function<Through, Future<Optional<String>>> page) {
    through = from;
    return more.getAsBoolean()
        ? page.apply(from)
            .compose(next ->
                next.map(end -> go(new Through(from.begun(), from.since(), end), more, page))
                    .orElseGet(() -> ended(from)))
        : Future.succeededFuture();
  }

  private Future<Void> ended(Through from) {
    whole = from.begun();
    through = null;
    return Future.succeededFuture();
  }
}
