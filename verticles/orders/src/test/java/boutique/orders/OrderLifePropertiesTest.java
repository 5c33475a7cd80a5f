package boutique.orders;

import static boutique.orders.Anna.ANNA;
import static boutique.orders.Anna.LINES;
import static boutique.orders.Anna.MUG;
import static boutique.orders.Anna.NOON;
import static boutique.orders.Anna.OPERATOR;
import static boutique.orders.Anna.ORDER;
import static boutique.orders.Anna.PAYMENT;
import static boutique.orders.Anna.QUOTE;
import static boutique.orders.Anna.SHIPMENT;
import static boutique.orders.Anna.TOTAL;
import static boutique.orders.Anna.VASE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Decision.Accepted;
import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.orders.Cancellation;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.AbandonOrder;
import boutique.language.orders.OrderCommand.AuthorizePayment;
import boutique.language.orders.OrderCommand.BeginPayment;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderCommand.ChangeLine;
import boutique.language.orders.OrderCommand.CompleteCheckout;
import boutique.language.orders.OrderCommand.CompleteOrder;
import boutique.language.orders.OrderCommand.ConfirmOrder;
import boutique.language.orders.OrderCommand.DeliverOrder;
import boutique.language.orders.OrderCommand.ExpireOrder;
import boutique.language.orders.OrderCommand.FailChange;
import boutique.language.orders.OrderCommand.FailCheckout;
import boutique.language.orders.OrderCommand.FailPayment;
import boutique.language.orders.OrderCommand.FinishChange;
import boutique.language.orders.OrderCommand.NoteLoss;
import boutique.language.orders.OrderCommand.NoteRefund;
import boutique.language.orders.OrderCommand.NumberOrder;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderCommand.ReturnItems;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderCommand.ShipOrder;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.OrderRefundOwed;
import boutique.language.orders.OrderEvent.OrderReturned;
import boutique.language.orders.OrderNumber;
import boutique.language.orders.ReturnReason;
import boutique.language.orders.Returned;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

@Label("Whatever is asked of an order, in whatever order and however often,")
class OrderLifePropertiesTest {
  private static final Map<String, Set<String>> STATUS =
      Map.of("created", Set.of("complete", "cancelled"));
  private static final Map<String, Set<String>> FULFILMENT =
      Map.of(
          "none", Set.of("confirmed", "returned"),
          "confirmed", Set.of("shipped", "returned"),
          "shipped", Set.of("delivered"),
          "delivered", Set.of("returned"));
  private static final Map<String, Set<String>> MONEY =
      Map.of(
          "awaiting", Set.of("authorized", "paid"),
          "authorized", Set.of("awaiting", "paid"),
          "paid", Set.of("partially-refunded", "refunded"),
          "partially-refunded", Set.of("refunded"));

  private final OrderDecider rules = new OrderDecider(Duration.ofMinutes(20));

  @Property
  @Label("it only goes where it may go, and the list shows what it is (I10, I19)")
  void onlyListedTransitions(@ForAll("lives") List<OrderCommand> life) {
    Order order = rules.initial();
    var document = new JsonObject();
    var version = 0L;
    var list = new OrderList();
    for (var command : life) {
      for (var event : decide(order, command)) {
        var after = rules.evolve(order, event);
        assertMoves(order, after);
        order = after;
        var context = new Context("request", null, "somebody");
        var recorded = Recorded.of(ORDER.stream(), ++version, event, command.at(), context);
        if (list.key(recorded, event) != null) {
          document = list.fold(document, recorded, event);
        }
      }
      if (!(order instanceof Order.Absent
          || order instanceof Order.CheckingOut
          || order instanceof Order.Failed)) {
        assertThat(document.getString("status")).isEqualTo(Stages.status(order));
        assertThat(document.getString("paymentStatus")).isEqualTo(Stages.payment(order));
        assertThat(document.getString("fulfilmentStatus")).isEqualTo(Stages.fulfilment(order));
        assertThat(document.containsKey("captureUntil"))
            .isEqualTo(Stages.captureUntil(order) != null);
        var numbered = Stages.placed(order).number() != null;
        assertThat(document.getLong("version")).isEqualTo(numbered ? version - 1 : version);
        assertThat(document.containsKey("number")).isEqualTo(numbered);
      }
    }
  }

  @Property
  @Label("what an event adds to the sales is the same whatever has happened since")
  void sharesStay(@ForAll("lives") List<OrderCommand> life) {
    Order order = rules.initial();
    @Nullable JsonObject document = null;
    var list = new OrderList();
    var facts = new ArrayList<Recorded>();
    var added = new ArrayList<Map<String, JsonObject>>();
    for (var command : life) {
      for (var event : decide(order, command)) {
        order = rules.evolve(order, event);
        var context = new Context("request", null, "somebody");
        var version = facts.size() + 1;
        var fact = Recorded.of(ORDER.stream(), version, event, command.at(), context);
        facts.add(fact);
        if (list.key(fact, event) == null) {
          added.add(Map.of());
        } else {
          document = list.fold(document, fact, event);
          added.add(list.shares(requireNonNull(document), fact, event));
        }
      }
    }
    for (var fact : facts) {
      if (document != null && list.key(fact, fact.event()) != null) {
        assertThat(list.shares(document, fact, fact.event()))
            .as("%s", fact.event())
            .isEqualTo(added.get((int) fact.version() - 1));
      }
    }
  }

  @Property
  @Label("while it is open its deadline is written down, and no other one, and none after that")
  void deadlines(@ForAll("lives") List<OrderCommand> life) {
    Order order = rules.initial();
    var unpaid = new Deadlines();
    var captures = new Captures();
    var written = new HashSet<String>();
    @Nullable JsonObject held = null;
    var version = 0L;
    for (var command : life) {
      for (var event : decide(order, command)) {
        order = rules.evolve(order, event);
        var context = new Context("request", null, "somebody");
        var fact = Recorded.of(ORDER.stream(), ++version, event, command.at(), context);
        var key = unpaid.key(fact, event);
        if (key != null && unpaid.fold(null, fact, event) == null) {
          written.remove(key);
        } else if (key != null) {
          written.add(key);
        }
        held = captures.key(fact, event) == null ? held : captures.fold(held, fact, event);
      }
      var deadlines = new ArrayList<>(written);
      deadlines.addAll(held == null ? Set.of() : captures.index(held));
      var due =
          switch (order) {
            case Order.Open open -> open.due();
            case Order.Changing(var placed, var _) -> placed.expiresAt();
            default -> null;
          };
      if (order instanceof Order.Paid) {
        continue; // about to be complete
      }
      if (due == null) {
        assertThat(deadlines).as("%s", order).isEmpty();
      } else {
        assertThat(deadlines).as("%s", order).hasSize(1);
        var deadline = Deadlines.deadline(deadlines.getFirst());
        assertThat(deadline).as("%s", order).isBeforeOrEqualTo(due);
        if (Stages.payment(order).equals("authorized")) {
          assertThat(deadline).as("%s", order).isEqualTo(due);
        }
      }
    }
  }

  @Property
  @Label("time does not end it while its money is held")
  void heldIsNotOver(@ForAll("lives") List<OrderCommand> life) {
    Order order = rules.initial();
    for (var command : life) {
      for (var event : decide(order, command)) {
        order = rules.evolve(order, event);
      }
      if (Stages.payment(order).equals("authorized")) {
        var late = new ExpireOrder(ORDER, command.at().plus(Duration.ofDays(99)));
        assertThat(decide(order, late)).as("%s", order).isEmpty();
      }
    }
  }

  @Property
  @Label("what was asked twice happens once")
  void twiceIsOnce(@ForAll("lives") List<OrderCommand> life) {
    Order order = rules.initial();
    for (var command : life) {
      for (var event : decide(order, command)) {
        order = rules.evolve(order, event);
      }
      assertThat(decide(order, command)).as("%s again", command).isEmpty();
    }
  }

  @Property
  @Label("money that came buys the order or is owed back, once, and no more goes back than came")
  void moneyIsRight(@ForAll("lives") List<OrderCommand> life) {
    Order order = rules.initial();
    var owed = 0;
    var returned = 0L;
    var came = false;
    for (var command : life) {
      for (var event : decide(order, command)) {
        order = rules.evolve(order, event);
        owed += event instanceof OrderRefundOwed ? 1 : 0;
        returned += event instanceof OrderReturned e ? e.refund().minor() : 0;
      }
      came |= command instanceof SettlePayment && Stages.placed(order) != null && isOrder(order);
      if (came) {
        assertThat(
                owed == 1
                    || order instanceof Order.Paid
                    || order instanceof Order.Complete
                    || isAllBack(order))
            .as("%s with %d owed", order, owed)
            .isTrue();
      }
      assertThat(owed).isLessThanOrEqualTo(1);
      assertThat(returned).isLessThanOrEqualTo(TOTAL.minor());
    }
  }

  private static boolean isAllBack(Order order) {
    return order instanceof Order.Cancelled(var _, var _, var bill, var _)
        && bill != null
        && bill.isGone();
  }

  private static boolean isOrder(Order order) {
    return !(order instanceof Order.CheckingOut || order instanceof Order.Failed);
  }

  private static void assertMoves(Order before, Order after) {
    if (before instanceof Order.Absent || before instanceof Order.CheckingOut) {
      return;
    }
    assertMove(STATUS, Stages.status(before), Stages.status(after));
    assertMove(FULFILMENT, Stages.fulfilment(before), Stages.fulfilment(after));
    if (!Stages.status(after).equals("cancelled")) {
      assertMove(MONEY, Stages.payment(before), Stages.payment(after));
    }
  }

  private static void assertMove(Map<String, Set<String>> moves, String before, String after) {
    if (!before.equals(after)) {
      assertThat(moves.getOrDefault(before, Set.of())).as("from %s", before).contains(after);
    }
  }

  private List<OrderEvent> decide(Order order, OrderCommand command) {
    return rules.decide(order, command) instanceof Accepted<OrderEvent>(var events)
        ? events
        : List.of();
  }

  /** Each at its own time, a minute after the one before: so a life may reach its deadlines. */
  @Provide
  Arbitrary<List<OrderCommand>> lives() {
    return Arbitraries.frequency(
            Tuple.of(3, Deed.PLACE),
            Tuple.of(4, Deed.CREATE),
            Tuple.of(1, Deed.FAIL),
            Tuple.of(3, Deed.NUMBER),
            Tuple.of(2, Deed.CHANGE),
            Tuple.of(2, Deed.CHANGED),
            Tuple.of(1, Deed.UNCHANGED),
            Tuple.of(3, Deed.BEGIN),
            Tuple.of(3, Deed.HOLD),
            Tuple.of(1, Deed.DECLINE),
            Tuple.of(4, Deed.SETTLE),
            Tuple.of(4, Deed.COMPLETE),
            Tuple.of(1, Deed.ABANDON),
            Tuple.of(4, Deed.CONFIRM),
            Tuple.of(4, Deed.SHIP),
            Tuple.of(4, Deed.DELIVER),
            Tuple.of(2, Deed.RETURN_VASE),
            Tuple.of(1, Deed.RETURN_MUG),
            Tuple.of(1, Deed.RETURN_REST),
            Tuple.of(2, Deed.REFUND),
            Tuple.of(1, Deed.LOSE),
            Tuple.of(1, Deed.CANCEL),
            Tuple.of(1, Deed.CALL_OFF),
            Tuple.of(1, Deed.EXPIRE))
        .list()
        .ofMaxSize(90)
        .map(deeds -> {
          var life = new ArrayList<OrderCommand>();
          deeds.forEach(deed -> life.add(deed.at(life.size())));
          return life;
        });
  }

  /** What may be asked. */
  private enum Deed {
    PLACE,
    CREATE,
    FAIL,
    NUMBER,
    CHANGE,
    CHANGED,
    UNCHANGED,
    BEGIN,
    HOLD,
    DECLINE,
    SETTLE,
    COMPLETE,
    ABANDON,
    CONFIRM,
    SHIP,
    DELIVER,
    RETURN_VASE,
    RETURN_MUG,
    RETURN_REST,
    REFUND,
    LOSE,
    CANCEL,
    CALL_OFF,
    EXPIRE;

    OrderCommand at(int turn) {
      var at = NOON.plusSeconds(30L * turn);
      var sorry = new Refused("stock.insufficient", "Gone.");
      return switch (this) {
        case PLACE ->
            new PlaceOrder(
                ORDER, ANNA, LINES, QUOTE, CartLock.NEEDED, Duration.ofMinutes(15), NOON);
        case CREATE -> new CompleteCheckout(ORDER, at);
        case FAIL -> new FailCheckout(ORDER, LINES, sorry, at);
        case NUMBER -> new NumberOrder(ORDER, OrderNumber.of(2026, 1), at);
        case CHANGE -> new ChangeLine(ORDER, ANNA, VASE, 1 + turn % 4, at);
        case CHANGED -> new FinishChange(ORDER, at);
        case UNCHANGED -> new FailChange(ORDER, sorry, at);
        case BEGIN -> new BeginPayment(ORDER, ANNA, PAYMENT, TOTAL, at, at);
        case HOLD -> new AuthorizePayment(ORDER, PAYMENT, at);
        case DECLINE -> new FailPayment(ORDER, PAYMENT, "card_declined", at);
        case SETTLE -> new SettlePayment(ORDER, PAYMENT, TOTAL, at);
        case COMPLETE -> new CompleteOrder(ORDER, at);
        case ABANDON -> new AbandonOrder(ORDER, sorry, at);
        case CONFIRM -> new ConfirmOrder(ORDER, at);
        case SHIP -> new ShipOrder(ORDER, SHIPMENT, at);
        case DELIVER -> new DeliverOrder(ORDER, at);
        case RETURN_VASE -> back(turn, List.of(new Returned(VASE, 1)), at);
        case RETURN_MUG -> back(turn, List.of(new Returned(MUG, 1)), at);
        case RETURN_REST -> back(turn, List.of(), at);
        case REFUND ->
            new NoteRefund(ORDER, PAYMENT, "refund-" + turn % 3, new Money(4500, "USD"), at);
        case LOSE -> new NoteLoss(ORDER, PAYMENT, "dp-" + turn % 3, new Money(4500, "USD"), at);
        case CANCEL -> new CancelOrder(ORDER, ANNA, Cancellation.USER, at);
        case CALL_OFF -> new CancelOrder(ORDER, OPERATOR, Cancellation.OPERATOR, at);
        case EXPIRE -> new ExpireOrder(ORDER, at);
      };
    }

    private static OrderCommand back(int turn, List<Returned> items, Instant at) {
      return new ReturnItems(ORDER, "r" + turn, items, true, ReturnReason.OTHER, at);
    }
  }
}
