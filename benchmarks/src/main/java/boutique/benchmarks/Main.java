package boutique.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures what it is asked to, or everything, and says whether the bars hold. */
public final class Main {
  private static final int MISTAKEN = 2;
  private static final List<Benchmark> ALL =
      List.of(
          new Append(),
          new Mongo(),
          new Hot(),
          new Start(),
          new Orders(),
          new Gateway(),
          new Cart(),
          new Checkout(),
          new Expiring(),
          new SoldOut());

  private Main() {}

  public static void main(String[] names) throws Exception {
    var asked = asked(List.of(names));
    var home = Path.of(System.getProperty("boutique.home", ".")).toAbsolutePath().normalize();
    try (var place = Place.in(home)) {
      Machine.facts(place).forEach(System.out::println);
      System.out.println();
      for (var benchmark : asked) {
        System.out.println(benchmark.name() + ": " + benchmark.question());
        var rows = benchmark.measure(place);
        System.out.println(Table.of(rows));
      }
      System.out.println(Machine.load());
      System.out.println(
          "Each value is a median; in brackets lies the middle half of many rounds, or all of a few.");
    }
    System.exit(0); // whatever native threads are left
  }

  private static List<Benchmark> asked(List<String> names) {
    var asked = new ArrayList<Benchmark>();
    for (var name : names) {
      asked.add(
          ALL.stream()
              .filter(benchmark -> benchmark.name().equals(name))
              .findFirst()
              .orElseGet(() -> unknown(name)));
    }
    return asked.isEmpty() ? ALL : asked;
  }

  private static Benchmark unknown(String name) {
    var known = ALL.stream().map(Benchmark::name).toList();
    System.err.println(
        "boutique: there is no benchmark \"" + name + "\"; there are " + String.join(", ", known));
    System.exit(MISTAKEN);
    throw new IllegalStateException();
  }
}
