package boutique.inventory;

import boutique.inventory.Stock.Known;
import boutique.inventory.Stock.Unknown;
import boutique.kernel.store.Recorded;
import boutique.language.Event;
import boutique.language.Live;
import boutique.language.inventory.InventoryEvent.SaleClosed;
import boutique.language.inventory.InventoryEvent.ShopperAdmitted;
import boutique.language.inventory.InventoryEvent.StockLow;
import boutique.language.inventory.InventoryEvent.StockRecovered;
import boutique.language.inventory.InventoryEvent.StockSold;
import boutique.language.inventory.InventoryEvent.ThresholdSet;
import boutique.language.inventory.InventoryEvent.TicketTaken;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What open browsers hear of a stock. Of a flash sale everybody is told the ticket that is next,
 * and reckons their own place from it: so nobody has to be told it one by one. Only whose turn it
 * is hears that for themselves.
 */
final class StockNews {
  private StockNews() {}

  static List<Live> of(Recorded recorded, Event event, Stock after) {
    return switch (after) {
      case Unknown _ -> List.of();
      case Known _ when isQuiet(event) -> List.of();
      case Known known -> of(recorded, event, known);
    };
  }

  /** What changes nothing that shoppers see is no news; that somebody waits, only they see. */
  private static boolean isQuiet(Event event) {
    return event instanceof ThresholdSet
        || event instanceof StockLow
        || event instanceof StockRecovered
        || event instanceof StockSold
        || event instanceof TicketTaken;
  }

  private static List<Live> of(Recorded recorded, Event event, Known known) {
    var news = new ArrayList<Live>();
    var product = recorded.stream().key();
    news.add(new Live(null, product, "stock", left(recorded, known).encode()));
    if (known.sale() != null || event instanceof SaleClosed) {
      news.add(new Live(null, product, "sale", sale(recorded, known).encode()));
    }
    if (event instanceof ShopperAdmitted e) {
      news.add(new Live(e.shopper().value(), null, "sale.me", admitted(recorded, e).encode()));
    }
    return news;
  }

  private static JsonObject left(Recorded recorded, Known known) {
    return news("stock", recorded).put("quantity", known.policy().buyable(known.available()));
  }

  private static JsonObject sale(Recorded recorded, Known known) {
    var sale = StockPortrait.sale(known, null);
    var news = news("sale", recorded).put("open", sale != null);
    return sale == null
        ? news
        : news.put("head", sale.head())
            .put("waiting", sale.waiting())
            .put("quantity", known.available())
            .put("soldOut", sale.soldOut());
  }

  private static JsonObject admitted(Recorded recorded, ShopperAdmitted e) {
    return news("sale.admitted", recorded)
        .put("ticket", e.ticket())
        .put("quantity", Shelves.sum(e.from()))
        .put("until", e.until().toString());
  }

  private static JsonObject news(String type, Recorded recorded) {
    return new JsonObject()
        .put("type", type)
        .put("productId", recorded.stream().key())
        .put("version", recorded.version());
  }
}
