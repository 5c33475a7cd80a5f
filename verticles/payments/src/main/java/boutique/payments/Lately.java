package boutique.payments;

import boutique.kernel.payment.Sheet;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes through what the provider has written down lately, so many pages at a time, and on from
 * there the next time. What was seen once is looked at again only when it has changed.
 */
final class Lately<T> {
  private static final int MOST_PAGES = 20;
  private static final int MOST_SEEN = 50_000;

  private final Reading<T> reading;
  private final Map<T, Boolean> seen = new Remembered<>(MOST_SEEN);

  private @Nullable Through through;

  /** A page of the provider's. */
  @FunctionalInterface
  interface Reading<T> {
    Future<Sheet<T>> page(Instant from, String after);
  }

  private record Through(Instant since, String after) {}

  Lately(Reading<T> reading) {
    this.reading = reading;
  }

  /**
   * Goes on, from its beginning if it had come to its end.
   *
   * @param look completed with whether it was looked at; if not, it is the next time
   */
  Future<Void> go(Instant since, Function<T, Future<Boolean>> look) {
    return go(through == null ? new Through(since, "") : through, look, MOST_PAGES);
  }

  private Future<Void> go(Through from, Function<T, Future<Boolean>> look, int pages) {
    through = from;
    return pages == 0
        ? Future.succeededFuture()
        : reading
            .page(from.since(), from.after())
            .compose(sheet ->
                lines(sheet, look)
                    .compose(_ -> {
                      if (sheet.more()) {
                        return go(new Through(from.since(), sheet.end()), look, pages - 1);
                      }
                      through = null;
                      return Future.succeededFuture();
                    }));
  }

  private Future<Void> lines(Sheet<T> sheet, Function<T, Future<Boolean>> look) {
    var done = Future.<Void>succeededFuture();
    for (var line : sheet.lines()) {
      if (!seen.containsKey(line)) {
        done = done.compose(_ -> look.apply(line).map(looked -> see(line, looked)));
      }
    }
    return done;
  }

  private @Nullable Void see(T line, boolean looked) {
    if (looked) {
      seen.put(line, true);
    }
    return null;
  }
}
