package boutique.backends.distributed;

import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Returned;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Keys that were asked with and are without a certain answer: to ask about one of them, in whatever
 * words, is to ask again. Remembered as far as there is room and as long as this process lives: who
 * is forgotten is asked about once more as if for the first time.
 */
final class OpenQuestions {
  private static final int MOST = 20_000;

  private final Set<String> open = new LinkedHashSet<>();

  synchronized boolean contains(String key) {
    return open.contains(key);
  }

  Answer heard(String key, Answer answer) {
    switch (answer) {
      case Answer.Certain _ -> close(key);
      case Answer.Unknown _ -> open(key);
      case Answer.NotThere _, Answer.Stuck _ -> {}
    }
    return answer;
  }

  Returned heard(String key, Returned answer) {
    switch (answer) {
      case Returned.Certain _ -> close(key);
      case Returned.Unknown _ -> open(key);
      case Returned.NotThere _, Returned.Stuck _ -> {}
    }
    return answer;
  }

  private synchronized void open(String key) {
    open.add(key);
    if (open.size() > MOST) {
      open.remove(open.iterator().next());
    }
  }

  private synchronized void close(String key) {
    open.remove(key);
  }
}
