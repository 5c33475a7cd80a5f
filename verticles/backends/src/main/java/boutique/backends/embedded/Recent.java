package boutique.backends.embedded;

import static java.util.Objects.requireNonNull;

import boutique.kernel.store.Commit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest commits of the log as they were written, because nearly all who read the log read its
 * end: the relay and every follower would otherwise fetch and decode each commit once more.
 */
final class Recent {
  private static final int SLOTS = 1 << 12;
  private static final long MOST_BYTES = 16 << 20;

  private final @Nullable Commit[] commits = new @Nullable Commit[SLOTS];
  private final int[] sizes = new int[SLOTS];
  private long first;
  private long end;
  private long bytes;

  Recent(long end) {
    this.first = end;
    this.end = end;
  }

  /** The next commit of the log. */
  synchronized void add(Commit commit, int size) {
    if (end - first == SLOTS) {
      forgetFirst();
    }
    commits[slot(end)] = commit;
    sizes[slot(end)] = size;
    end++;
    bytes += size;
    while (bytes > MOST_BYTES) {
      forgetFirst();
    }
  }

  /** Commits from a number on, at most so many; null when that number is not remembered. */
  synchronized @Nullable List<Commit> from(long number, int limit) {
    if (number < first) {
      return null;
    }
    var last = Math.min(end, number + limit);
    var copy = new ArrayList<Commit>();
    for (var each = number; each < last; each++) {
      copy.add(requireNonNull(commits[slot(each)]));
    }
    return copy;
  }

  private void forgetFirst() {
    commits[slot(first)] = null;
    bytes -= sizes[slot(first)];
    first++;
  }

  private static int slot(long number) {
    return (int) (number & (SLOTS - 1));
  }
}
