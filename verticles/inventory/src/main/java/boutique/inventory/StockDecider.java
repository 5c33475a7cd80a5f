package boutique.inventory;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.inventory.Stock.Known;
import boutique.inventory.Stock.Unknown;
import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.StockOpened;
import boutique.language.inventory.InventoryEvent.StockReleased;
import boutique.language.inventory.InventoryEvent.StockReserved;
import java.util.Map;

/** The rules of a product's stock. */
public final class StockDecider implements Decider<InventoryCommand, Stock, InventoryEvent> {

  @Override
  public Stock initial() {
    return new Unknown();
  }

  @Override
  public Decision<InventoryEvent> decide(Stock stock, InventoryCommand command) {
    return switch (command) {
      case OpenStock c -> open(stock, c);
      case ReserveStock c -> reserve(stock, c);
      case ReleaseStock c -> release(stock, c);
    };
  }

  @Override
  public Stock evolve(Stock stock, InventoryEvent event) {
    return switch (event) {
      case StockOpened e -> Known.opened(e.available());
      case StockReserved e -> known(stock).reserve(e.order(), e.quantity());
      case StockReleased e -> known(stock).release(e.order(), e.quantity());
    };
  }

  private static Decision<InventoryEvent> open(Stock stock, OpenStock c) {
    return switch (stock) {
      case Unknown _ -> accept(new StockOpened(c.product(), c.quantity(), c.at()));
      case Known _ -> accept();
    };
  }

  private static Decision<InventoryEvent> reserve(Stock stock, ReserveStock c) {
    return switch (stock) {
      case Unknown _ -> refuse("product.not-found", "There is no such product.");
      case Known known when known.reserved().containsKey(c.order()) -> accept();
      case Known known when known.available() < c.quantity() -> insufficient(known, c);
      case Known known ->
          accept(
              new StockReserved(
                  c.product(), c.order(), c.quantity(), known.available() - c.quantity(), c.at()));
    };
  }

  private static Decision<InventoryEvent> release(Stock stock, ReleaseStock c) {
    return switch (stock) {
      case Unknown _ -> accept();
      case Known known -> {
        var held = known.reserved().get(c.order());
        yield held == null
            ? accept()
            : accept(
                new StockReleased(c.product(), c.order(), held, known.available() + held, c.at()));
      }
    };
  }

  private static Decision<InventoryEvent> insufficient(Known known, ReserveStock c) {
    return refuse(
        "stock.insufficient",
        known.available() == 0 ? "It is sold out." : "Only " + known.available() + " are left.",
        Map.of("productId", c.product().value(), "available", Long.toString(known.available())));
  }

  private static Known known(Stock stock) {
    return switch (stock) {
      case Known known -> known;
      case Unknown _ -> throw new IllegalStateException("an event before the first delivery");
    };
  }
}
