package boutique.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Rows under each other, each column as wide as it must be. */
final class Table {
  private static final List<String> HEAD =
      List.of("what", "value", "denominator", "ratio", "bar", "");

  private Table() {}

  static String of(List<Row> rows) {
    var lines = new ArrayList<List<String>>();
    lines.add(HEAD);
    rows.forEach(row -> lines.add(row.cells()));
    var text = new StringBuilder();
    for (var line : lines) {
      var shown = new StringBuilder(" ");
      for (var column = 0; column < line.size(); column++) {
        var cell = line.get(column);
        shown.append(' ').append(cell).append(" ".repeat(width(lines, column) - cell.length() + 1));
      }
      text.append(shown.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }
}
