package boutique.language.catalog;

import boutique.language.Command;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.users.UserId;
import java.time.Instant;

/** What may be asked of a product. */
public sealed interface CatalogCommand extends Command {
  ProductId product();

  @Override
  default StreamId stream() {
    return product().stream();
  }

  /** Offers a new product, with the stock that it starts with. */
  record CreateProduct(
      ProductId product, UserId seller, String title, Money price, long quantity, Instant at)
      implements CatalogCommand {}
}
