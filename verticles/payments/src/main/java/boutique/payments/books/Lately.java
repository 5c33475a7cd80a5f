package boutique.payments.books;

import boutique.kernel.payment.Sheet;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what the provider has written down lately. What was seen once is looked at again only
 * when it has changed.
 */
final class Lately<T> {
  private static final int MOST_SEEN = 50_000;

  private final Reading<T> reading;
  private final Map<T, Boolean> seen = new Remembered<>(MOST_SEEN);

  /** A page of the provider's. */
  @FunctionalInterface
  interface Reading<T> {
    Future<Sheet<T>> page(Instant from, String after);
  }

  Lately(Reading<T> reading) {
    this.reading = reading;
  }

  /**
   * One page, and where the next one begins.
   *
   * @param look completed with whether it was looked at; if not, it is the next time
   */
  Future<Optional<String>> page(Passage.Through from, Function<T, Future<Boolean>> look) {
    return reading
        .page(from.since(), from.after())
        .compose(sheet ->
            lines(sheet, look)
                .map(_ -> sheet.more() ? Optional.of(sheet.end()) : Optional.empty()));
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
