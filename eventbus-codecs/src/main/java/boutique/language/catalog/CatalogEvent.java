package boutique.language.catalog;

import boutique.language.Event;
import boutique.language.Money;
import boutique.language.users.UserId;
import java.time.Instant;

/** What has happened to a product. */
public sealed interface CatalogEvent extends Event {
  ProductId product();

  record ProductCreated(
      ProductId product, UserId seller, String title, Money price, long quantity, Instant at)
      implements CatalogEvent {}
}
