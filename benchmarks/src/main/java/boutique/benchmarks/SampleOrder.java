package boutique.benchmarks;

import boutique.kernel.store.Commit;
import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Pricing;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;

/**
 * An order of two lines as the shop writes it: one event. Its JSON is made once, because whoever
 * appends has made it already.
 */
final class SampleOrder {
  private static final String PREFIX = "0198f3a2-7c41-7e01-9b5d-";
  private static final int DIGITS = 12;
  private static final Instant AT = Instant.parse("2026-01-31T09:30:00.125Z");
  private static final UserId BUYER = new UserId("0198f3a1-11d0-7a2b-8c3d-4e5f60718293");
  private static final Context CONTEXT =
      new Context("0198f3a2-7c40-7001-8111-a1b2c3d4e5f6", null, BUYER.value());
  private static final Recorded FIRST = recorded();

  private SampleOrder() {}

  static String id(long number) {
    var digits = Long.toString(number);
    return PREFIX + "0".repeat(DIGITS - digits.length()) + digits;
  }

  static Commit commit(long number, long version) {
    var stream = new StreamId("orders", id(number));
    return new Commit(
        stream,
        version,
        List.of(new Recorded(stream, version, FIRST.type(), FIRST.at(), CONTEXT, FIRST.json())));
  }

  private static Recorded recorded() {
    var order = new OrderId(id(0));
    var lines =
        List.of(
            line("0198f3a0-0001-7c3e-9a51-0a1b2c3d4e5f", "Linen Shirt, Sky", 5_900, 1),
            line("0198f3a0-0002-7c3e-9a51-1a2b3c4d5e6f", "Merino Scarf, Indigo", 4_500, 2));
    var quote = Pricing.quote(lines.stream().map(OrderLine::item).toList(), List.of()).quote();
    var event =
        new OrderCreated(order, BUYER, lines, quote, quote.total(), AT.plusSeconds(900), AT);
    return Recorded.of(order.stream(), 1, event, AT, CONTEXT);
  }

  private static OrderLine line(String product, String title, long cents, long quantity) {
    return new OrderLine(new ProductId(product), title, new Money(cents, "USD"), quantity);
  }
}
