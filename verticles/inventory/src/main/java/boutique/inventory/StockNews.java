package boutique.inventory;

import boutique.inventory.Stock.Known;
import boutique.inventory.Stock.Unknown;
import boutique.kernel.store.Recorded;
import boutique.language.Event;
import boutique.language.Live;
import boutique.language.inventory.InventoryEvent.HoldEnded;
import boutique.language.inventory.InventoryEvent.LineLeft;
import boutique.language.inventory.InventoryEvent.SaleClosed;
import boutique.language.inventory.InventoryEvent.ShopperAdmitted;
import boutique.language.inventory.InventoryEvent.StockHeld;
import boutique.language.inventory.InventoryEvent.StockKept;
import boutique.language.inventory.InventoryEvent.StockLow;
import boutique.language.inventory.InventoryEvent.StockRecovered;
import boutique.language.inventory.InventoryEvent.StockSold;
import boutique.language.inventory.InventoryEvent.ThresholdSet;
import boutique.language.inventory.InventoryEvent.TicketTaken;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What open browsers hear of a stock. Of a flash sale everybody is told how many are out of the
 * line, and which tickets were given back: they reckon their own place from it, exactly, and nobody
 * has to be told it one by one. Only whose turn it is hears that for themselves, and so does whose
 * cart holds another number than before.
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
        || event instanceof StockKept
        || event instanceof StockLow
        || event instanceof StockRecovered
        || event instanceof StockSold
        || event instanceof TicketTaken;
  }

  private static List<Live> of(Recorded recorded, Event event, Known known) {
    var news = new ArrayList<Live>();
    var cart = holder(event);
    if (cart != null) {
      news.add(new Live(cart, "cart.me", held(recorded, known, cart).encode()));
    }
    var product = recorded.stream().key();
    news.add(new Live(null, product, "stock", left(recorded, known).encode()));
    if (known.sale() != null || event instanceof SaleClosed) {
      var trail = event instanceof LineLeft e ? List.of(e.ticket()) : List.<Long>of();
      news.add(new Live(null, product, "sale", sale(recorded, known).encode(), trail));
    }
    if (event instanceof ShopperAdmitted e) {
      news.add(new Live(e.shopper().value(), null, "sale.me", admitted(recorded, e).encode()));
    }
    return news;
  }

  /** Whose cart holds another number than before. */
  private static @Nullable String holder(Event event) {
    return switch (event) {
      case StockHeld e -> e.cart();
      case HoldEnded e -> e.cart();
      case ShopperAdmitted e -> e.shopper().value();
      default -> null;
    };
  }

  /** With what is left beside it: nobody has to guess which of two messages was first. */
  private static JsonObject held(Recorded recorded, Known known, String cart) {
    var held = StockPortrait.held(known, cart);
    return news("held", recorded)
        .put("quantity", known.policy().buyable(known.available()))
        .put("held", held == null ? 0 : held.quantity())
        .put("until", held == null ? null : held.until().toString());
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
            .put("gone", sale.gone())
            .put("left", sale.left())
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
