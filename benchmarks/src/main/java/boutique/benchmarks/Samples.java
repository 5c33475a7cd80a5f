package boutique.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The same measured several times. On a machine that others use too, the median is the answer. */
record Samples(List<Double> values) {
  private static final int MANY = 8;

  Samples {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    values = List.copyOf(values);
  }

  static <T> Samples of(List<T> rounds, ToDoubleFunction<T> figure) {
    return new Samples(rounds.stream().map(figure::applyAsDouble).toList());
  }

  /** Round by round, so that what slows the machine down slows both. */
  Samples over(Samples denominator) {
    var ratios = new Double[values.size()];
    for (var i = 0; i < ratios.length; i++) {
      ratios[i] = values.get(i) / denominator.values.get(i);
    }
    return new Samples(List.of(ratios));
  }

  double median() {
    var sorted = sorted();
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The median, and where the middle half of all lies; of a few, where all of them lie. */
  String text(int decimals) {
    var sorted = sorted();
    var middle = Row.number(median(), decimals);
    if (sorted.size() == 1) {
      return middle;
    }
    var outside = sorted.size() < MANY ? 0 : sorted.size() / 4;
    return "%s (%s–%s)"
        .formatted(
            middle,
            Row.number(sorted.get(outside), decimals),
            Row.number(sorted.get(sorted.size() - 1 - outside), decimals));
  }

  private List<Double> sorted() {
    return values.stream().sorted().toList();
  }
}
