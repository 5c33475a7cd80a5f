package boutique.inventory;

import boutique.language.inventory.StockFace.Shelf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The locations of one product, in the order in which they got their first delivery, with what is
 * available in each.
 */
record Shelves(List<Shelf> shelves) {
  static final int MOST = 32;
  static final Shelves NONE = new Shelves(List.of());

  Shelves {
    shelves = List.copyOf(shelves);
  }

  /** The location that is meant when none is named. */
  String first() {
    return shelves.getFirst().location();
  }

  boolean knows(String location) {
    return shelves.stream().anyMatch(shelf -> shelf.location().equals(location));
  }

  boolean full() {
    return shelves.size() >= MOST;
  }

  long at(String location) {
    return shelves.stream()
        .filter(shelf -> shelf.location().equals(location))
        .mapToLong(Shelf::available)
        .sum();
  }

  /** Where to take them from: the first location that has them all, or else from each in turn. */
  Map<String, Long> choose(long quantity) {
    for (var shelf : shelves) {
      if (shelf.available() >= quantity) {
        return Map.of(shelf.location(), quantity);
      }
    }
    var chosen = new LinkedHashMap<String, Long>();
    var missing = quantity;
    for (var shelf : shelves) {
      var taken = Math.min(missing, shelf.available());
      if (taken > 0) {
        chosen.put(shelf.location(), taken);
        missing -= taken;
      }
    }
    return chosen;
  }

  Shelves plus(Map<String, Long> quantities) {
    return changed(quantities, 1);
  }

  Shelves minus(Map<String, Long> quantities) {
    return changed(quantities, -1);
  }

  private Shelves changed(Map<String, Long> quantities, int sign) {
    var changed = new ArrayList<Shelf>(shelves.size() + 1);
    for (var shelf : shelves) {
      var change = quantities.get(shelf.location());
      changed.add(change == null ? shelf : changed(shelf, sign * change));
    }
    quantities.forEach((location, quantity) -> {
      if (!knows(location)) {
        changed.add(new Shelf(location, sign * quantity));
      }
    });
    return new Shelves(changed);
  }

  private static Shelf changed(Shelf shelf, long change) {
    return new Shelf(shelf.location(), Math.addExact(shelf.available(), change));
  }

  static long sum(Map<String, Long> quantities) {
    return quantities.values().stream().reduce(0L, Math::addExact);
  }
}
