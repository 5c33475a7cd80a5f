package boutique.benchmarks;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of a benchmark's answer.
 *
 * @param denominator what the value is divided by
 * @param holds whether the bar does; null where there is no bar
 */
record Row(
    String what,
    String value,
    String denominator,
    String ratio,
    String bar,
    @Nullable Boolean holds) {

  /** Said for the sake of understanding, and judged by nobody. */
  static Row note(String what, String value) {
    return new Row(what, value, "", "", "", null);
  }

  static Row compared(String what, String value, String denominator, Samples ratio) {
    return new Row(what, value, denominator, ratio.text(2), "", null);
  }

  Row atLeast(double bar, Samples ratio) {
    return new Row(what, value, denominator, ratio.text(2), "≥ " + bar, ratio.median() >= bar);
  }

  Row atMost(double bar, Samples judged, String unit) {
    var limit = "≤ " + bar + (unit.isEmpty() ? "" : " " + unit);
    return new Row(what, value, denominator, ratio, limit, judged.median() <= bar);
  }

  List<String> cells() {
    var verdict = holds == null ? "" : holds ? "holds" : "DOES NOT HOLD";
    return List.of(what, value, denominator, ratio, bar, verdict);
  }

  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
