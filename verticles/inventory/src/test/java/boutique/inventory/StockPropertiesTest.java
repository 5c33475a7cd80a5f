package boutique.inventory;

import static boutique.inventory.Vase.ANNA;
import static boutique.inventory.Vase.NOW;
import static boutique.inventory.Vase.VASE;
import static boutique.inventory.Vase.order;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.inventory.Stock.Hold;
import boutique.inventory.Stock.Known;
import boutique.inventory.Stock.Reservation;
import boutique.kernel.Decision.Accepted;
import boutique.language.codec.Json;
import boutique.language.inventory.Correction;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.AdjustStock;
import boutique.language.inventory.InventoryCommand.AllocateStock;
import boutique.language.inventory.InventoryCommand.ChangeReservation;
import boutique.language.inventory.InventoryCommand.CloseSale;
import boutique.language.inventory.InventoryCommand.HoldStock;
import boutique.language.inventory.InventoryCommand.JoinLine;
import boutique.language.inventory.InventoryCommand.KeepStock;
import boutique.language.inventory.InventoryCommand.LapseHold;
import boutique.language.inventory.InventoryCommand.LapseReservation;
import boutique.language.inventory.InventoryCommand.LeaveLine;
import boutique.language.inventory.InventoryCommand.OpenSale;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.InventoryCommand.ReceiveStock;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.inventory.InventoryCommand.SetPolicy;
import boutique.language.inventory.InventoryCommand.SetThreshold;
import boutique.language.inventory.InventoryCommand.ShipStock;
import boutique.language.inventory.InventoryCommand.WriteOffStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.Loss;
import boutique.language.inventory.StockFace.Shelf;
import boutique.language.inventory.StockPolicy;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/** A stock under commands of every kind, in any order, late, early, and again. */
class StockPropertiesTest {
  private static final int ORDERS = 8;
  private static final long CAP = 3;

  /** A stock, what has happened to it, what was asked last, and the auditor who has heard all. */
  static final class Shop {
    private final StockDecider rules = new StockDecider();
    private final Ledger ledger = new Ledger();
    private final List<InventoryCommand> asked = new ArrayList<>();
    private Stock stock = rules.initial();

    private List<InventoryEvent> ask(InventoryCommand command) {
      asked.add(command);
      if (rules.decide(stock, command) instanceof Accepted<InventoryEvent>(var events)) {
        for (var event : events) {
          stock = rules.evolve(stock, event);
          ledger.hear(event);
        }
        ledger.pause();
        return events;
      }
      return List.of();
    }

    private void balances() {
      assertThat(ledger.violations()).isEmpty();
      if (stock instanceof Known known) {
        var books = known.books();
        assertThat(books.received())
            .isEqualTo(
                books.available()
                    + books.reserved()
                    + books.allocated()
                    + books.sold()
                    + books.writtenOff());
        assertThat(books.available()).isEqualTo(ledger.available());
        assertThat(known.shelves().shelves()).allMatch(shelf -> shelf.available() >= 0);
        assertThat(known.shelves().shelves().stream().mapToLong(Shelf::available).sum())
            .isEqualTo(books.available());
        var kept = known.orders().values().stream().mapToLong(Reservation::tracked).sum();
        var held = known.carts().values().stream().mapToLong(Hold::quantity).sum();
        assertThat(kept + held).isEqualTo(books.reserved() + books.allocated());
        assertThat(known.orders().keySet()).isEqualTo(ledger.keptFor());
      }
    }

    /** What was asked a moment ago comes a second time. */
    private void nothingTwice() {
      if (!asked.isEmpty()) {
        var before = stock;
        var events = ask(asked.getLast());
        assertThat(events).as("after %s a second time", asked.getLast()).isEmpty();
        assertThat(stock).isEqualTo(before);
      }
    }

    @Override
    public String toString() {
      return asked.toString();
    }
  }

  @Property(tries = 400)
  @Label("its books balance after every event, nothing is oversold, and each hold ends once")
  void balances(@ForAll("histories") ActionChain<Shop> histories) {
    histories.withInvariant("the books", Shop::balances).run();
  }

  @Property(tries = 400)
  @Label("a command that comes a second time changes nothing")
  void repetitions(@ForAll("histories") ActionChain<Shop> histories) {
    histories.withInvariant("a repetition", Shop::nothingTwice).run();
  }

  @Property(tries = 200)
  @Label("it is the same after it was written down and read again")
  void snapshots(@ForAll("histories") ActionChain<Shop> histories) {
    var stock = histories.run().stock;

    var read = Json.decode(Json.encode(WrittenStock.of(stock)), WrittenStock.class).stock();

    assertThat(read).isEqualTo(stock);
  }

  @Provide
  Arbitrary<ActionChain<Shop>> histories() {
    return ActionChain.startWith(Shop::new)
        .withAction(asking(open()))
        .withAction(4, asking(orders()))
        .withAction(2, asking(carts()))
        .withAction(3, asking(sales()))
        .withAction(asking(keeper()))
        .withMaxTransformations(80);
  }

  private static Action.Independent<Shop> asking(Arbitrary<InventoryCommand> commands) {
    return () ->
        commands.map(command ->
            Transformer.mutate(command.getClass().getSimpleName(), shop -> shop.ask(command)));
  }

  private static Arbitrary<InventoryCommand> open() {
    return many().map(many -> new OpenStock(VASE, ANNA, many, NOW));
  }

  private static Arbitrary<InventoryCommand> orders() {
    return Arbitraries.oneOf(
        with((order, many, at) ->
            new ReserveStock(VASE, order(order), 1 + many, cart(order), at.plusSeconds(4), at)),
        with((order, many, at) -> new ReserveStock(VASE, order(order), 1 + many, at)),
        with((order, many, at) ->
            new ChangeReservation(VASE, order(order), many, cart(order), at.plusSeconds(4), at)),
        with((order, _, at) -> new ReleaseStock(VASE, order(order), at)),
        with((order, many, at) -> new AllocateStock(VASE, order(order), 1 + many, NOW, at)),
        with((order, many, at) -> new ShipStock(VASE, order(order), 1 + many, at)),
        with((order, _, at) -> new KeepStock(VASE, order(order), at)),
        with((order, _, at) -> new LapseReservation(VASE, order(order), at)));
  }

  private static Arbitrary<InventoryCommand> carts() {
    return Arbitraries.oneOf(
        with((order, many, at) -> new HoldStock(VASE, cart(order), many, at.plusSeconds(4), at)),
        with((order, _, at) -> new LapseHold(VASE, cart(order), at)));
  }

  /** Of a few shoppers, who order again and again. */
  private static Arbitrary<InventoryCommand> sales() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, with((_, _, at) -> new OpenSale(VASE, CAP, Duration.ofSeconds(4), at))),
        Tuple.of(1, with((_, _, at) -> new CloseSale(VASE, at))),
        Tuple.of(8, with((who, many, at) -> new JoinLine(VASE, shopper(who), 1 + many % 2, at))),
        Tuple.of(
            8,
            with((order, many, at) ->
                new ReserveStock(
                    VASE, order(order), 1 + many % 2, shopper(order).value(), null, at))),
        Tuple.of(2, with((who, _, at) -> new LeaveLine(VASE, shopper(who), at))));
  }

  private static Arbitrary<InventoryCommand> keeper() {
    var policies = Arbitraries.of(StockPolicy.class);
    return Arbitraries.oneOf(
        with((name, many, at) ->
            new ReceiveStock(VASE, "d" + name, place(name), many, null, null, at)),
        with((name, many, at) ->
            new AdjustStock(VASE, "a" + name + many + at, null, many, Correction.COUNTED, at)),
        with((name, many, at) ->
            new AdjustStock(VASE, "p" + name + many + at, place(name), many, Correction.FOUND, at)),
        with((name, many, at) ->
            new WriteOffStock(VASE, "w" + name + many, null, many, Loss.LOST, at)),
        with((_, many, at) -> new SetThreshold(VASE, many, at)),
        policies.map(policy -> new SetPolicy(VASE, policy, NOW)));
  }

  private interface Made {
    InventoryCommand of(int number, long many, Instant at);
  }

  private static Arbitrary<InventoryCommand> with(Made made) {
    return Combinators.combine(Arbitraries.integers().between(1, ORDERS), many(), moments())
        .as(made::of);
  }

  private static Arbitrary<Long> many() {
    return Arbitraries.longs().between(0, 12);
  }

  private static Arbitrary<Instant> moments() {
    return Arbitraries.integers().between(0, 10).map(NOW::plusSeconds);
  }

  private static UserId shopper(int number) {
    return new UserId(cart(1 + number % 3));
  }

  private static String cart(int number) {
    return "cart-" + number;
  }

  private static String place(int number) {
    return "place-" + number % 3;
  }
}
