package boutique.launcher;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody may have meant. */
final class Hint {
  private static final int SIMILAR = 3;

  private Hint() {}

  static String among(Collection<String> known, String name) {
    return known.stream()
        .min(Comparator.comparingInt(one -> distance(one, name)))
        .filter(one -> distance(one, name) <= SIMILAR)
        .map(one -> "; did you mean " + one + "?")
        .orElse("; `./boutique config` lists them all");
  }

  /** How many letters apart two names are (Levenshtein). */
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        var best = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + same);
        diagonal = row[j];
        row[j] = best;
      }
    }
    return row[b.length()];
  }
}
