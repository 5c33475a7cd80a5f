package boutique.inventory;

import static boutique.kernel.Decision.accept;

import boutique.inventory.Ended.How;
import boutique.inventory.Stock.Hold;
import boutique.inventory.Stock.Known;
import boutique.inventory.Stock.Reservation;
import boutique.inventory.Stock.Unknown;
import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.kernel.Decision.Declined;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.AdjustStock;
import boutique.language.inventory.InventoryCommand.AllocateStock;
import boutique.language.inventory.InventoryCommand.AuditStock;
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
import boutique.language.inventory.InventoryEvent.HoldEnded;
import boutique.language.inventory.InventoryEvent.LineLeft;
import boutique.language.inventory.InventoryEvent.PolicySet;
import boutique.language.inventory.InventoryEvent.ReservationChanged;
import boutique.language.inventory.InventoryEvent.SaleClosed;
import boutique.language.inventory.InventoryEvent.SaleOpened;
import boutique.language.inventory.InventoryEvent.ShopperAdmitted;
import boutique.language.inventory.InventoryEvent.StockAdjusted;
import boutique.language.inventory.InventoryEvent.StockAllocated;
import boutique.language.inventory.InventoryEvent.StockHeld;
import boutique.language.inventory.InventoryEvent.StockKept;
import boutique.language.inventory.InventoryEvent.StockLapsed;
import boutique.language.inventory.InventoryEvent.StockLow;
import boutique.language.inventory.InventoryEvent.StockOpened;
import boutique.language.inventory.InventoryEvent.StockReceived;
import boutique.language.inventory.InventoryEvent.StockRecovered;
import boutique.language.inventory.InventoryEvent.StockReleased;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.inventory.InventoryEvent.StockSent;
import boutique.language.inventory.InventoryEvent.StockSold;
import boutique.language.inventory.InventoryEvent.StockWrittenOff;
import boutique.language.inventory.InventoryEvent.ThresholdSet;
import boutique.language.inventory.InventoryEvent.TicketTaken;
import boutique.language.orders.OrderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rules of a product's stock. */
public final class StockDecider implements Decider<InventoryCommand, Stock, InventoryEvent> {

  @Override
  public Stock initial() {
    return new Unknown();
  }

  @Override
  public Decision<InventoryEvent> decide(Stock stock, InventoryCommand command) {
    return switch (stock) {
      case Unknown _ -> first(command);
      case Known known -> next(known, command);
    };
  }

  /** Of what nobody has delivered, nothing is kept, and so nothing can be given back either. */
  private static Decision<InventoryEvent> first(InventoryCommand command) {
    return switch (command) {
      case OpenStock c when c.quantity() < 0 || c.quantity() > Books.MOST -> Refusals.quantity();
      case OpenStock c ->
          accept(
              new StockOpened(
                  c.product(), c.seller(), InventoryCommand.MAIN, c.quantity(), c.at()));
      case ReleaseStock _,
          HoldStock _,
          KeepStock _,
          LapseReservation _,
          LapseHold _,
          CloseSale _,
          LeaveLine _,
          AuditStock _ ->
          accept();
      case ReceiveStock _,
          ReserveStock _,
          ChangeReservation _,
          AllocateStock _,
          ShipStock _,
          AdjustStock _,
          WriteOffStock _,
          SetThreshold _,
          SetPolicy _,
          OpenSale _,
          JoinLine _ ->
          Refusals.unknown();
    };
  }

  private static Decision<InventoryEvent> next(Known known, InventoryCommand command) {
    return switch (rule(known, command)) {
      case Declined<InventoryEvent> declined -> declined;
      case Accepted<InventoryEvent>(var events) when events.isEmpty() -> accept();
      case Accepted<InventoryEvent>(var events) -> withWhatFollows(known, events, command.at());
    };
  }

  /** What is free goes to whoever waits for it; and if few are left then, that is told. */
  private static Decision<InventoryEvent> withWhatFollows(
      Known known, List<InventoryEvent> events, Instant at) {
    var all = new ArrayList<>(events);
    if (known.sale() != null) {
      var after = known;
      for (var event : events) {
        after = evolve(after, event);
      }
      all.addAll(Queueing.admissions(after, events.getLast(), at));
    }
    all.addAll(Threshold.crossed(known, all, at));
    return new Accepted<>(all);
  }

  private static Decision<InventoryEvent> rule(Known known, InventoryCommand command) {
    return switch (command) {
      case OpenStock _ -> accept();
      case ReceiveStock c -> Delivering.receive(known, c);
      case AdjustStock c -> Delivering.adjust(known, c);
      case WriteOffStock c -> Delivering.writeOff(known, c);
      case SetThreshold c -> Delivering.threshold(known, c);
      case SetPolicy c -> Delivering.policy(known, c);
      case ReserveStock c -> Reserving.reserve(known, c);
      case ChangeReservation c -> Reserving.change(known, c);
      case ReleaseStock c -> Reserving.release(known, c);
      case AllocateStock c -> Reserving.allocate(known, c);
      case ShipStock c -> Reserving.ship(known, c);
      case KeepStock c -> Reserving.keep(known, c);
      case LapseReservation c -> Reserving.lapse(known, c);
      case HoldStock c -> Holding.hold(known, c);
      case LapseHold c -> Holding.lapse(known, c);
      case OpenSale c -> Queueing.open(known, c);
      case CloseSale c -> Queueing.close(known, c);
      case JoinLine c -> Queueing.join(known, c);
      case LeaveLine c -> Queueing.leave(known, c);
      case AuditStock _ -> accept(); // to look is not to change
    };
  }

  @Override
  public Stock evolve(Stock stock, InventoryEvent event) {
    return switch (stock) {
      case Unknown _ when event instanceof StockOpened e ->
          Known.opened(e.seller(), e.location(), e.available());
      case Unknown _ -> throw new IllegalStateException("an event before the first delivery");
      case Known known -> evolve(known, event);
    };
  }

  private static Known evolve(Known known, InventoryEvent event) {
    return switch (event) {
      case StockOpened _ -> throw new IllegalStateException("opened a second time");
      case StockReceived e -> known.booked(e.delivery(), Map.of(e.location(), e.quantity()));
      case StockAdjusted e -> known.booked(e.change(), e.by());
      case StockWrittenOff e -> known.writtenOff(e.change(), e.from());
      case ThresholdSet e -> known.watched(e.threshold());
      case PolicySet e -> known.under(e.policy());
      case StockLow _ -> known.told(true);
      case StockRecovered _ -> known.told(false);
      case StockReserved e -> reserved(known, e);
      case ReservationChanged e ->
          known.changed(e.order(), kept(known, e.order()), e.quantity(), e.from());
      case StockKept e -> known.kept(e.order(), kept(known, e.order()));
      case StockAllocated e -> allocated(known, e);
      case StockSold e ->
          selling(known.sold(e.order(), kept(known, e.order())), sale -> sale.sold(e.order()));
      case StockSent e -> known.sent(e.order(), e.from(), e.at());
      case StockReleased e -> givenBack(known, e.order(), How.RELEASED);
      case StockLapsed e -> givenBack(known, e.order(), How.LAPSED);
      case StockHeld e -> known.held(e.cart(), new Hold(e.from(), e.until()));
      case HoldEnded e -> known.letGo(e.cart(), there(known.carts().get(e.cart())));
      case SaleOpened e -> known.selling(Sale.opened(e.perCustomer(), e.window()));
      case SaleClosed _ -> known.selling(null);
      case TicketTaken e ->
          selling(known, sale -> sale.joined(e.ticket(), e.shopper().value(), e.quantity()));
      case LineLeft e -> selling(known, sale -> sale.leaving(e.ticket(), e.shopper().value()));
      case ShopperAdmitted e ->
          selling(
              known.held(e.shopper().value(), new Hold(e.from(), e.until())),
              sale -> sale.served(e.ticket(), e.shopper().value()));
    };
  }

  private static Known reserved(Known known, StockReserved e) {
    var kept = new Reservation(e.quantity(), e.from(), e.until(), false, e.at());
    var next = known.reserved(e.order(), kept);
    var cart = e.cart();
    return cart == null ? next : selling(next, sale -> sale.ordered(e.order(), cart, e.quantity()));
  }

  private static Known givenBack(Known known, OrderId order, How how) {
    return selling(known.givenBack(order, kept(known, order), how), sale -> sale.givenBack(order));
  }

  /** With the line as it is then, if there is one. */
  private static Known selling(Known known, UnaryOperator<Sale> change) {
    return known.sale() == null ? known : known.selling(change.apply(known.sale()));
  }

  private static Known allocated(Known known, StockAllocated e) {
    var kept = known.orders().get(e.order());
    return kept == null
        ? known.reserved(e.order(), new Reservation(e.quantity(), e.from(), null, true, e.at()))
        : known.paid(e.order(), kept);
  }

  private static Reservation kept(Known known, OrderId order) {
    return there(known.orders().get(order));
  }

  private static <T> T there(@Nullable T begun) {
    if (begun == null) {
      throw new IllegalStateException("an end without a beginning");
    }
    return begun;
  }
}
