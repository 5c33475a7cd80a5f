package boutique.orders;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Decision.Accepted;
import boutique.kernel.Decision.Declined;
import boutique.language.numbers.NumberCommand.GiveNumber;
import boutique.language.numbers.NumberEvent;
import boutique.language.orders.OrderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/**
 * Several hands give numbers to the same orders, each in its steps: it notes what is borne, looks
 * at the order, asks the register, tells the order. Between any two steps the others go on, and a
 * hand may die. The register remembers the last four only, so forgetting is tried as well.
 */
@Label("However many hands give numbers, die and begin again,")
class RegisterPropertiesTest {
  private static final int REMEMBERED = 4;
  private static final int HANDS = 3;
  private static final int ORDERS = 12;
  private static final int YEAR = 2026;
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final RegisterDecider rules = new RegisterDecider(REMEMBERED);

  @Property
  @Label("each order bears one number, for ever the same, and no number is left out")
  void oneEach(@ForAll long seed) {
    var chance = new Random(seed);
    var world = new World();
    var hands = new ArrayList<Hand>();
    for (var i = 0; i < HANDS; i++) {
      hands.add(new Hand());
    }
    for (var step = 0; step < 400; step++) {
      var at = chance.nextInt(HANDS);
      if (chance.nextInt(20) == 0) {
        hands.set(at, new Hand()); // it died, and another knows nothing of what it was doing
      } else {
        hands.get(at).goOn(world, new OrderId("order-" + chance.nextInt(ORDERS)));
      }
      world.assertSound();
    }
    // Whatever was left is asked for again, for as long as it takes.
    var last = new Hand();
    for (var order = 0; order < ORDERS; order++) {
      while (!world.borne.containsKey(new OrderId("order-" + order)) || last.isBusy()) {
        last.goOn(world, new OrderId("order-" + order));
        world.assertSound();
      }
    }
    assertThat(world.borne.values().stream().sorted())
        .containsExactlyElementsOf(
            java.util.stream.LongStream.rangeClosed(1, ORDERS).boxed().toList());
    assertThat(world.list).hasSize(ORDERS);
  }

  /** What is durable. */
  private final class World {
    private final List<OrderId> list = new ArrayList<>();
    private final Map<OrderId, Long> borne = new HashMap<>();
    private Register register = Register.EMPTY;

    void enter(NumberEvent event) {
      register = rules.evolve(register, event);
      list.add(((NumberEvent.NumberGiven) event).order());
    }

    void tell(OrderId order, long position) {
      assertThat(borne.merge(order, position, (before, _) -> before))
          .as("%s bears one number", order)
          .isEqualTo(position);
    }

    void assertSound() {
      assertThat(list).doesNotHaveDuplicates();
      borne.forEach(
          (order, position) -> assertThat(list.get((int) (position - 1))).isEqualTo(order));
    }
  }

  /** One that gives numbers: the steps of {@link Numbering}, and what it knows. */
  private final class Hand {
    private final Borne borne = new Borne();
    private OrderId order;
    private long noted;
    private boolean looked;
    private Long position;
    private final List<OrderId> catchingUp = new ArrayList<>();
    private long first;
    private long until;

    boolean isBusy() {
      return order != null;
    }

    void goOn(World world, OrderId next) {
      if (order == null) {
        order = next;
        noted = borne.upTo();
        looked = false;
        position = null;
      } else if (!catchingUp.isEmpty()) {
        world.tell(catchingUp.removeFirst(), first++);
        if (catchingUp.isEmpty()) {
          borne.seeAllUpTo(until);
          noted = borne.upTo();
          looked = false;
        }
      } else if (!looked) {
        looked = true;
        order = world.borne.containsKey(order) ? null : order;
      } else if (position == null) {
        ask(world);
      } else {
        world.tell(order, position);
        borne.see(position);
        order = null;
      }
    }

    private void ask(World world) {
      switch (rules.decide(world.register, new GiveNumber(order, YEAR, noted, NOW))) {
        case Accepted<NumberEvent>(var events) -> {
          events.forEach(world::enter);
          position = world.register.positionOf(order);
          assertThat(position).as("known as long as its order may not bear it").isNotNull();
        }
        case Declined<NumberEvent> _ -> {
          until = world.register.given();
          first = until - world.register.last().size() + 1;
          catchingUp.addAll(world.register.last());
        }
      }
    }
  }
}
