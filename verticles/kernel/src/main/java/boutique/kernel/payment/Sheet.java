package boutique.kernel.payment;

import java.util.List;

/**
 * A page of what a provider has written down about charges afterwards.
 *
 * @param end where the next page goes on
 * @param unread how many more lines are on it that cannot be read
 * @param others how many more are on it that are another shop's, on the same account
 */
public record Sheet<T>(List<T> lines, String end, boolean more, int unread, int others) {
  public Sheet {
    lines = List.copyOf(lines);
  }
}
