package boutique.inventory;

import static boutique.kernel.Decision.accept;

import boutique.inventory.Ended.How;
import boutique.inventory.Stock.Hold;
import boutique.inventory.Stock.Known;
import boutique.inventory.Stock.Reservation;
import boutique.inventory.Stock.Unknown;
import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.AdjustStock;
import boutique.language.inventory.InventoryCommand.AllocateStock;
import boutique.language.inventory.InventoryCommand.HoldStock;
import boutique.language.inventory.InventoryCommand.LapseHold;
import boutique.language.inventory.InventoryCommand.LapseReservation;
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
import boutique.language.inventory.InventoryEvent.PolicySet;
import boutique.language.inventory.InventoryEvent.StockAdjusted;
import boutique.language.inventory.InventoryEvent.StockAllocated;
import boutique.language.inventory.InventoryEvent.StockHeld;
import boutique.language.inventory.InventoryEvent.StockLapsed;
import boutique.language.inventory.InventoryEvent.StockLow;
import boutique.language.inventory.InventoryEvent.StockOpened;
import boutique.language.inventory.InventoryEvent.StockReceived;
import boutique.language.inventory.InventoryEvent.StockRecovered;
import boutique.language.inventory.InventoryEvent.StockReleased;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.inventory.InventoryEvent.StockSold;
import boutique.language.inventory.InventoryEvent.StockWrittenOff;
import boutique.language.inventory.InventoryEvent.ThresholdSet;
import boutique.language.orders.OrderId;
import java.util.Map;
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
      case ReleaseStock _, HoldStock _, LapseReservation _, LapseHold _ -> accept();
      case ReceiveStock _,
          ReserveStock _,
          AllocateStock _,
          ShipStock _,
          AdjustStock _,
          WriteOffStock _,
          SetThreshold _,
          SetPolicy _ ->
          Refusals.unknown();
    };
  }

  private static Decision<InventoryEvent> next(Known known, InventoryCommand command) {
    return switch (command) {
      case OpenStock _ -> accept();
      case ReceiveStock c -> Delivering.receive(known, c);
      case AdjustStock c -> Delivering.adjust(known, c);
      case WriteOffStock c -> Delivering.writeOff(known, c);
      case SetThreshold c -> Delivering.threshold(known, c);
      case SetPolicy c -> Delivering.policy(known, c);
      case ReserveStock c -> Reserving.reserve(known, c);
      case ReleaseStock c -> Reserving.release(known, c);
      case AllocateStock c -> Reserving.allocate(known, c);
      case ShipStock c -> Reserving.ship(known, c);
      case LapseReservation c -> Reserving.lapse(known, c);
      case HoldStock c -> Holding.hold(known, c);
      case LapseHold c -> Holding.lapse(known, c);
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
      case StockReserved e ->
          known.reserved(
              e.order(), new Reservation(e.quantity(), e.from(), e.until(), false, e.at()));
      case StockAllocated e -> allocated(known, e);
      case StockSold e -> known.sold(e.order(), kept(known, e.order()));
      case StockReleased e -> known.givenBack(e.order(), kept(known, e.order()), How.RELEASED);
      case StockLapsed e -> known.givenBack(e.order(), kept(known, e.order()), How.LAPSED);
      case StockHeld e -> known.held(e.cart(), new Hold(e.from(), e.until()));
      case HoldEnded e -> known.letGo(e.cart(), there(known.carts().get(e.cart())));
    };
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
