package boutique.launcher;

import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.catalog.CatalogCommand.CreateProduct;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;

/** A small catalogue for a shop that has none, made by the same commands that sellers use. */
final class Demo {
  /** Older than every id that is made from the time: new products are listed before these. */
  private static final String ID = "00000000-0000-7000-8000-%012d";

  private static final UserId SELLER = new UserId("boutique");
  private static final Context CONTEXT = new Context("demo", null, SELLER.value());

  private record Offer(String title, long cents, long quantity) {}

  private static final List<Offer> OFFERS =
      List.of(
          new Offer("Linen Shirt, Sky", 5_900, 24),
          new Offer("Merino Scarf, Indigo", 4_500, 40),
          new Offer("Ceramic Vase, Dune", 3_800, 15),
          new Offer("Walnut Serving Board", 6_400, 12),
          new Offer("Cotton Throw, Lavender", 7_200, 18),
          new Offer("Brass Desk Lamp", 12_900, 8),
          new Offer("Leather Notebook, A5", 2_950, 60),
          new Offer("Wool Felt Slippers", 4_900, 30),
          new Offer("Stoneware Mug, Pair", 3_200, 45),
          new Offer("Canvas Weekender", 14_900, 6),
          new Offer("Silk Pillowcase, Pearl", 5_500, 20),
          new Offer("Limited Print, Signed", 18_000, 1));

  private final Bus bus;
  private final ViewReader products;
  private final InstantSource clock;

  Demo(Bus bus, Views views, InstantSource clock) {
    this.bus = bus;
    this.products = new ViewReader(views, "products");
    this.clock = clock;
  }

  /** The ids are fixed, so that a start which died half way is only completed by the next. */
  Future<Void> fill() {
    return products
        .scan(Page.first("", OFFERS.size() + 1))
        .compose(there -> {
          var strangers =
              there.stream()
                  .anyMatch(entry -> !entry.key().startsWith(ID.substring(0, ID.indexOf("%"))));
          return strangers || there.size() >= OFFERS.size() ? Future.succeededFuture() : offerAll();
        });
  }

  private Future<Void> offerAll() {
    var offered = Future.<Void>succeededFuture();
    for (var i = 0; i < OFFERS.size(); i++) {
      var product = new ProductId(ID.formatted(OFFERS.size() - i));
      var offer = OFFERS.get(i);
      offered = offered.compose(_ -> offer(product, offer));
    }
    return offered;
  }

  private Future<Void> offer(ProductId product, Offer offer) {
    var now = clock.instant();
    var price = new Money(offer.cents(), "USD");
    return bus.ask(
            new CreateProduct(product, SELLER, offer.title(), price, offer.quantity(), now),
            CONTEXT)
        .compose(_ -> bus.ask(new OpenStock(product, SELLER, offer.quantity(), now), CONTEXT))
        .mapEmpty();
  }
}
