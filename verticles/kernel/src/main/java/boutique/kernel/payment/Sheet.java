package boutique.kernel.payment;

import java.util.List;

/**
 * A page of what a provider has written down about charges afterwards.
 *
 * @param end where the next page goes on
 * @param unread how many more lines are on it that cannot be read
 */
public record Sheet<T>(List<T> lines, String end, boolean more, int unread) {
  public Sheet {
    lines = List.copyOf(lines);
  }
}
