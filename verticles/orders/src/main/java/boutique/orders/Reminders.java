package boutique.orders;

import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.timers.Timers;
import boutique.kernel.views.ViewReader;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets a timer for each deadline that comes soon. Only soon: a million orders that wait cost no
 * memory, and a round reads no more than what is due before the next but one. The deadlines are in
 * the store, so neither a restart nor a Redis that has lost everything forgets one. What was placed
 * just before a restart may be written there only after the first round: so the next is near.
 */
public final class Reminders implements Sweep.Round {
  private static final Duration LONGEST = Duration.ofMillis(500);
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final int AHEAD = 3;
  private static final int ROUNDS_PER_WINDOW = 10;
  private static final int PAGE = 500;

  private final ViewReader deadlines;
  private final ViewReader captures;
  private final Timers timers;
  private final InstantSource clock;
  private final Duration every;

  /**
   * Reminds of deadlines.
   *
   * @param shortest no order is due sooner after it was placed, or its money held
   */
  public Reminders(Views views, Timers timers, InstantSource clock, Duration shortest) {
    this.deadlines = new ViewReader(views, Deadlines.NAME);
    this.captures = new ViewReader(views, Captures.NAME);
    this.timers = timers;
    this.clock = clock;
    this.every = every(shortest);
  }

  /** Often enough that no order is placed and due between two rounds. */
  public static Duration every(Duration shortest) {
    var wanted = shortest.dividedBy(ROUNDS_PER_WINDOW);
    if (wanted.compareTo(LONGEST) > 0) {
      return LONGEST;
    }
    return wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
  }

  @Override
  public Future<?> go(Bus bus) {
    var until = clock.instant().plus(every.multipliedBy(AHEAD));
    return remind(this::unpaid, until).compose(_ -> remind(captures::keys, until));
  }

  private Future<List<String>> unpaid(Page page) {
    return deadlines.scan(page).map(some -> some.stream().map(Entry::key).toList());
  }

  private Future<Void> remind(Function<Page, Future<List<String>>> keys, Instant until) {
    return keys.apply(Page.first("", 1))
        .compose(nearest ->
            nearest.stream().allMatch(one -> Deadlines.deadline(one).isAfter(until))
                ? Future.succeededFuture()
                : page(keys, null, until));
  }

  private Future<Void> page(
      Function<Page, Future<List<String>>> keys, @Nullable String after, Instant until) {
    return keys.apply(new Page("", after, false, PAGE))
        .compose(page -> {
          var soon = page.stream().filter(one -> !Deadlines.deadline(one).isAfter(until)).toList();
          var set = set(soon);
          return soon.size() == PAGE ? set.compose(_ -> page(keys, soon.getLast(), until)) : set;
        });
  }

  private Future<Void> set(List<String> soon) {
    var times = new HashMap<String, Instant>();
    soon.forEach(one -> times.put(Deadlines.order(one).value(), Deadlines.deadline(one)));
    return timers.set(times);
  }
}
