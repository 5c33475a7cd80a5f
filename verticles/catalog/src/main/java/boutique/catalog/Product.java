package boutique.catalog;

import boutique.language.Money;
import boutique.language.users.UserId;

/** A product, by the stage of its life. */
sealed interface Product {

  /** Nobody has offered it. */
  record Absent() implements Product {}

  /** On offer. */
  record Offered(UserId seller, String title, Money price) implements Product {}
}
