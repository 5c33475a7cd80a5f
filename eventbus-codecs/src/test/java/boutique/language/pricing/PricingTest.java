package boutique.language.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.catalog.ProductId;
import boutique.language.codec.Json;
import boutique.language.pricing.Quote.Cut;
import boutique.language.pricing.Quote.Line;
import boutique.language.pricing.Reduction.Fixed;
import boutique.language.pricing.Reduction.Percentage;
import boutique.language.pricing.Scope.Products;
import boutique.language.pricing.Scope.WholeOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A price")
class PricingTest {
  private static final ProductId VASE = new ProductId("vase");
  private static final ProductId LAMP = new ProductId("lamp");
  private static final ProductId BOWL = new ProductId("bowl");

  @Test
  @DisplayName("without a voucher is what the lines cost")
  void plain() {
    var quote = quote(List.of(item(VASE, 1999, 2), item(LAMP, 500, 1))).quote();

    assertThat(quote.total()).isEqualTo(usd(4498));
    assertThat(quote.base()).isEqualTo(quote.total());
    assertThat(quote.discounts()).isEmpty();
  }

  @Test
  @DisplayName("is explained line by line")
  void explained() {
    var quote =
        quote(
                List.of(item(VASE, 1000, 2), item(LAMP, 500, 1)),
                percent("SPRING", 1000, 1),
                new Rule("LAMP5", fixed(300), new Products(List.of(LAMP)), null, null, 2))
            .quote();

    assertThat(quote.lines())
        .containsExactly(
            new Line(
                VASE, usd(1000), 2, usd(2000), List.of(new Cut("SPRING", usd(200))), usd(1800)),
            new Line(
                LAMP,
                usd(500),
                1,
                usd(500),
                List.of(new Cut("SPRING", usd(50)), new Cut("LAMP5", usd(300))),
                usd(150)));
    assertThat(quote.total()).isEqualTo(usd(1950));
  }

  @Test
  @DisplayName("is reduced by half a cent upwards: 10 % of 0.05 is 0.01")
  void halfUp() {
    assertThat(total(List.of(item(VASE, 5, 1)), percent("TEN", 1000, 1))).isEqualTo(4);
    assertThat(total(List.of(item(VASE, 14, 1)), percent("TEN", 1000, 1))).isEqualTo(13);
    assertThat(total(List.of(item(VASE, 15, 1)), percent("TEN", 1000, 1))).isEqualTo(13);
  }

  @Test
  @DisplayName("is rounded once for all lines, not once for each")
  void roundedOnce() {
    var items = List.of(item(VASE, 5, 1), item(LAMP, 5, 1), item(BOWL, 5, 1));

    assertThat(total(items, percent("TEN", 1000, 1))).isEqualTo(13);
  }

  @Test
  @DisplayName("gives cents that do not divide to the largest remainders, the earlier line first")
  void spread() {
    var quote =
        quote(
                List.of(item(VASE, 100, 1), item(LAMP, 100, 1), item(BOWL, 100, 1)),
                amount("ONE", 100, 1))
            .quote();

    assertThat(quote.lines())
        .extracting(line -> line.total().minor())
        .containsExactly(66L, 67L, 67L);
  }

  @Test
  @DisplayName("never falls below zero, and a voucher that finds nothing left is not used")
  void neverBelowZero() {
    var quoted = quote(List.of(item(VASE, 300, 1)), amount("BIG", 1000, 1), amount("LATE", 5, 2));

    assertThat(quoted.quote().total()).isEqualTo(usd(0));
    assertThat(quoted.quote().discounts())
        .extracting(d -> d.amount().minor())
        .containsExactly(300L);
    assertThat(quoted.objections())
        .extracting(Refused::code)
        .containsExactly("voucher.inapplicable");
  }

  @Test
  @DisplayName("takes the lower stacking first, whatever was entered first")
  void stacking() {
    var items = List.of(item(VASE, 1000, 1));
    var tenPercent = percent("TEN", 1000, 2);
    var fiveOff = amount("FIVE", 500, 1);

    assertThat(total(items, tenPercent, fiveOff)).isEqualTo(450);
    assertThat(total(items, fiveOff, tenPercent)).isEqualTo(450);
  }

  @Test
  @DisplayName("measures a minimum by what the order is worth before any reduction")
  void minimum() {
    var rule = new Rule("HUNDRED", fixed(100), new WholeOrder(), usd(1000), null, 9);

    assertThat(total(List.of(item(VASE, 1000, 1)), amount("FIRST", 500, 1), rule)).isEqualTo(400);
    var objection = quote(List.of(item(VASE, 250, 1)), rule).objections().getFirst();
    assertThat(objection.code()).isEqualTo("voucher.minimum");
    assertThat(objection.facts())
        .containsEntry("missing", "7.50")
        .containsEntry("voucher", "HUNDRED");
  }

  @Test
  @DisplayName("has one voucher of a group, and names it to the others")
  void exclusive() {
    var quoted =
        quote(
            List.of(item(VASE, 1000, 1)),
            new Rule("B", fixed(100), new WholeOrder(), null, "sale", 5),
            new Rule("A", fixed(100), new WholeOrder(), null, "sale", 5));

    assertThat(quoted.quote().total()).isEqualTo(usd(900));
    var objection = quoted.objections().getFirst();
    assertThat(objection.code()).isEqualTo("voucher.excluded");
    assertThat(objection.facts()).containsEntry("voucher", "B").containsEntry("excludedBy", "A");
  }

  @Test
  @DisplayName("is not reduced by a voucher for other products, or in another currency")
  void inapplicable() {
    var lampOnly = new Rule("LAMP", fixed(100), new Products(List.of(LAMP)), null, null, 1);
    var euros = new Rule("EURO", new Fixed(new Money(1, "EUR")), new WholeOrder(), null, null, 1);

    var quoted = quote(List.of(item(VASE, 1000, 1)), lampOnly, euros);

    assertThat(quoted.quote().total()).isEqualTo(usd(1000));
    assertThat(quoted.objections()).extracting(Refused::code).containsOnly("voucher.inapplicable");
  }

  @Test
  @DisplayName("uses a voucher once, however often it was entered")
  void once() {
    var rule = percent("TEN", 1000, 1);

    assertThat(total(List.of(item(VASE, 1000, 1)), rule, rule)).isEqualTo(900);
  }

  @Test
  @DisplayName("is exact at the largest numbers, and an error beyond them")
  void overflow() {
    var most = Long.MAX_VALUE;

    assertThat(total(List.of(item(VASE, most - 1, 1), item(LAMP, 1, 1)), amount("ALL", most, 1)))
        .isZero();
    assertThat(total(List.of(item(VASE, most, 1)), percent("HALF", 5000, 1))).isEqualTo(most / 2);
    assertThatThrownBy(() -> quote(List.of(item(VASE, most, 2))))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> quote(List.of(item(VASE, most, 1), item(LAMP, 1, 1))))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  @DisplayName("is the same after it was written down and read again")
  void written() {
    var quote =
        quote(
                List.of(item(VASE, 1000, 1), item(LAMP, 1, 3)),
                new Rule("A", fixed(7), new Products(List.of(LAMP, VASE)), usd(1), "sale", 5),
                percent("TEN", 1000, 1))
            .quote();

    assertThat(Json.decode(Json.encode(quote), Quote.class)).isEqualTo(quote);
  }

  private static Quoted quote(List<Item> items, Rule... rules) {
    return Pricing.quote(items, List.of(rules));
  }

  private static long total(List<Item> items, Rule... rules) {
    return quote(items, rules).quote().total().minor();
  }

  private static Item item(ProductId product, long price, long quantity) {
    return new Item(product, usd(price), quantity);
  }

  private static Rule percent(String code, int basisPoints, int stacking) {
    return rule(code, new Percentage(basisPoints), null, stacking);
  }

  private static Rule amount(String code, long minor, int stacking) {
    return rule(code, fixed(minor), null, stacking);
  }

  private static Rule rule(
      String code, Reduction reduction, @Nullable Money minimum, int stacking) {
    return new Rule(code, reduction, new WholeOrder(), minimum, null, stacking);
  }

  private static Fixed fixed(long minor) {
    return new Fixed(usd(minor));
  }

  private static Money usd(long minor) {
    return new Money(minor, "USD");
  }
}
