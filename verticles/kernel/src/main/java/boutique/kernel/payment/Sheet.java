package boutique.kernel.payment;

import java.util.List;

/**
 * A page of what a provider has written down about charges afterwards.
 *
 * @param end where the next page goes on
 */
public record Sheet<T>(List<T> lines, String end, boolean more) {
  public Sheet {
    lines = List.copyOf(lines);
  }
}
