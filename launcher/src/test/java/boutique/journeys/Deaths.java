package boutique.journeys;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.CartInvariants;
import boutique.invariants.Facts;
import boutique.invariants.NumberInvariants;
import boutique.invariants.OrderInvariants;
import boutique.invariants.PaymentInvariants;
import boutique.invariants.StockInvariants;
import boutique.invariants.VoucherInvariants;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Recorded;
import boutique.launcher.DoomedShop;
import boutique.launcher.DoomedShop.Moment;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The deaths of a shop in which stories are told: at each event that a story writes, in each room,
 * the process dies, before it, after it, or after the answer. Which events those are is seen from
 * what happens when nobody dies: so no step is forgotten.
 *
 * <p>Most of the time goes into starting again what has died: so that is rehearsed, as the script
 * does it.
 */
final class Deaths {
  private static final int DEAD = 42;
  private static final List<String> ROOMS =
      List.of("orders", "carts", "discounts", "inventory", "numbers", "payments");

  private final Path home;
  private final Path learnt;
  private final String[] flags = {"--port", "" + Ports.free(), Shopper.OPERATOR};
  private final Stories stories;
  private int told;

  Deaths(Path data, Stories stories) {
    this.home = data.resolve("shop");
    this.learnt = data.resolve("learnt");
    this.stories = stories;
  }

  /** What people do in the shop, and do again when nobody has answered. */
  interface Story {
    /** What was done before is not done again. */
    void tell();

    /** After the death: what must be so at once, and when the story was told again. */
    void assertEnds(String death);
  }

  /** Each with people and goods of its own. */
  interface Stories {
    /** Whatever must be there before anything can happen. */
    Story begin(ShopProcess shop, String name);
  }

  /** What is written when nobody dies. */
  Set<String> steps() throws Exception {
    Story story;
    try (var shop = open()) {
      story = next(shop);
    }
    var before = Facts.in(home, Deaths::types);
    try (var _ = open()) {
      story.assertEnds("nobody died");
    }
    var written = Facts.in(home, Deaths::types);
    before.forEach(written::remove);
    var steps = new TreeSet<>(written);
    System.out.printf("the steps are %s%n", steps);
    return steps;
  }

  /** The next life takes up what a death has left, and dies in its turn. */
  void at(Set<String> steps) throws Exception {
    rehearse();
    var shop = doomed();
    try {
      for (var step : steps) {
        for (var moment : Moment.values()) {
          var death = step + " " + moment;
          var story = next(shop);
          die(shop, death, story);
          shop = doomed();
          story.assertEnds(death);
        }
      }
    } finally {
      shop.close();
    }
    assertThat(Facts.in(home, Deaths::violations)).isEmpty();
  }

  private static void die(ShopProcess shop, String death, Story story) {
    shop.program().tell(death);
    shop.program().awaitOut(line -> line.equals("doomed"));
    try {
      story.tell();
    } catch (UncheckedIOException died) {
      System.out.printf("%s: nobody answers%n", death);
    }
    assertThat(shop.program().exitCode()).as(death).isEqualTo(DEAD);
  }

  private Story next(ShopProcess shop) {
    return stories.begin(shop, "story-" + ++told);
  }

  private ShopProcess open() {
    return ShopProcess.open(home, flags);
  }

  private void rehearse() {
    try (var shop = ShopProcess.rehearsing(learnt, home, flags)) {
      shop.program().terminate();
    }
  }

  private ShopProcess doomed() {
    return ShopProcess.learnt(learnt, DoomedShop.class, home, flags);
  }

  /** Every type of event in the store, as often as it is there. */
  private static List<String> types(EventStore store) {
    return ROOMS.stream()
        .flatMap(room -> Facts.of(store, room).stream().map(Recorded::type))
        .collect(toCollection(ArrayList::new));
  }

  private static List<String> violations(EventStore store) {
    return Stream.of(
            OrderInvariants.violations(store),
            NumberInvariants.violations(store),
            PaymentInvariants.violations(store),
            StockInvariants.violations(store),
            CartInvariants.violations(store),
            VoucherInvariants.violations(store))
        .flatMap(List::stream)
        .toList();
  }
}
