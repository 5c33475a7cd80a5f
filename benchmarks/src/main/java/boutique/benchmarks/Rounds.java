package boutique.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Sides that are compared take turns, A B A B, in short slices of time: a machine that others use
 * too has good and bad seconds, and so both sides get their share of each.
 */
final class Rounds {
  private Rounds() {}

  /** One side of a comparison, measured once. */
  @FunctionalInterface
  interface Side<T> {
    T measure() throws Exception;
  }

  /** What each side has measured, round by round. */
  @SafeVarargs
  static <T> List<List<T>> of(int rounds, Side<T>... sides) throws Exception {
    var measured = new ArrayList<List<T>>();
    for (var _ : sides) {
      measured.add(new ArrayList<>());
    }
    for (var round = 0; round < rounds; round++) {
      for (var side = 0; side < sides.length; side++) {
        measured.get(side).add(sides[side].measure());
      }
    }
    return measured;
  }
}
