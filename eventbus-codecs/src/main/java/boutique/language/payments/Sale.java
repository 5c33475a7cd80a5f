package boutique.language.payments;

import boutique.language.Money;
import boutique.language.orders.OrderLine;
import boutique.language.users.UserId;
import java.util.List;

/** What is paid for: by whom, how much, and what is bought with it. */
public record Sale(UserId buyer, Money amount, List<OrderLine> items) {
  public Sale {
    items = List.copyOf(items);
  }
}
