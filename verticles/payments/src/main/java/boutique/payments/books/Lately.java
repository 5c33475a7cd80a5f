package boutique.payments.books;

import boutique.kernel.payment.Sheet;
import boutique.payments.books.Passage.Through;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** What has had its turn of a page for which there was not the time. */
  private final Set<T> begun = new HashSet<>();

  /** A page of the provider's. */
  @FunctionalInterface
  interface Reading<T> {
    Future<Sheet<T>> page(Instant from, String after);
  }

  Lately(Reading<T> reading) {
    this.reading = reading;
  }

  /**
   * One page, as far as there is time, and where it goes on.
   *
   * @param look completed with whether it was looked at; if not, it is the next time
   */
  Future<Optional<String>> page(Round round, Through from, Function<T, Future<Boolean>> look) {
    return reading
        .page(from.since(), from.after())
        .compose(sheet -> {
          var lines =
              sheet.lines().stream()
                  .filter(line -> !seen.containsKey(line) && !begun.contains(line))
                  .toList();
          return round
              .some(lines, line -> look.apply(line).map(looked -> see(line, looked)))
              .map(many -> {
                if (many < lines.size()) {
                  begun.addAll(lines.subList(0, many));
                  return Optional.of(from.after());
                }
                begun.clear();
                round.unanswered += sheet.unread();
                return sheet.more() ? Optional.of(sheet.end()) : Optional.empty();
              });
        });
  }

  private @Nullable Void see(T line, boolean looked) {
    if (looked) {
      seen.put(line, true);
    }
    return null;
  }
}
