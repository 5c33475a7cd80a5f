package boutique.catalog;

import static boutique.kernel.Decision.accept;

import boutique.catalog.Product.Absent;
import boutique.catalog.Product.Offered;
import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.catalog.CatalogCommand;
import boutique.language.catalog.CatalogCommand.CreateProduct;
import boutique.language.catalog.CatalogEvent;
import boutique.language.catalog.CatalogEvent.ProductCreated;

/** The rules of a product. */
public final class ProductDecider implements Decider<CatalogCommand, Product, CatalogEvent> {

  @Override
  public Product initial() {
    return new Absent();
  }

  @Override
  public Decision<CatalogEvent> decide(Product product, CatalogCommand command) {
    return switch (command) {
      case CreateProduct c -> create(product, c);
    };
  }

  @Override
  public Product evolve(Product product, CatalogEvent event) {
    return switch (event) {
      case ProductCreated e -> new Offered(e.seller(), e.title(), e.price());
    };
  }

  private static Decision<CatalogEvent> create(Product product, CreateProduct c) {
    return switch (product) {
      case Absent _ ->
          accept(
              new ProductCreated(
                  c.product(), c.seller(), c.title(), c.price(), c.quantity(), c.at()));
      case Offered _ -> accept(); // a retry: already offered
    };
  }
}
