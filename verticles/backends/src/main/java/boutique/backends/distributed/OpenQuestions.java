package boutique.backends.distributed;

import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Returned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keys that were asked with and are without a certain answer: to ask about one of them, in whatever
 * words, is to ask again. Remembered as far as there is room and as long as this process lives: who
 * is forgotten is asked about once more as if for the first time.
 *
 * <p>A failure that is given again for ever may be of something that is done a little later
 * nevertheless. So long after it was first heard, nobody knows; only then is its key of no use.
 */
final class OpenQuestions {
  static final Duration DONE_WITHIN = Duration.ofSeconds(30);
  private static final int MOST = 20_000;
  private static final String NOT_YET = "it has failed, and may be done yet";

  private final InstantSource clock;
  private final Set<String> open = new LinkedHashSet<>();

  /** Since when it is known that a failure is given again. */
  private final Map<String, Instant> failed = new LinkedHashMap<>();

  OpenQuestions(InstantSource clock) {
    this.clock = clock;
  }

  synchronized boolean contains(String key) {
    return open.contains(key);
  }

  Answer heard(String key, Answer answer) {
    return switch (answer) {
      case Answer.Certain _ -> {
        close(key);
        yield answer;
      }
      case Answer.Unknown _ -> {
        open(key);
        yield answer;
      }
      case Answer.Stuck _ -> mayBeDone(key) ? new Answer.Unknown(NOT_YET) : answer;
      case Answer.NotThere _ -> answer;
    };
  }

  Returned heard(String key, Returned answer) {
    return switch (answer) {
      case Returned.Certain _ -> {
        close(key);
        yield answer;
      }
      case Returned.Unknown _ -> {
        open(key);
        yield answer;
      }
      case Returned.Stuck _ -> mayBeDone(key) ? new Returned.Unknown(NOT_YET) : answer;
      case Returned.NotThere _ -> answer;
    };
  }

  /** Whoever is forgotten waits once more. */
  private synchronized boolean mayBeDone(String key) {
    var now = clock.instant();
    open(key);
    var since = failed.computeIfAbsent(key, _ -> now);
    if (failed.size() > MOST) {
      failed.remove(failed.keySet().iterator().next());
    }
    return now.isBefore(since.plus(DONE_WITHIN));
  }

  private synchronized void open(String key) {
    open.add(key);
    if (open.size() > MOST) {
      open.remove(open.iterator().next());
    }
  }

  private synchronized void close(String key) {
    open.remove(key);
    failed.remove(key);
  }
}
