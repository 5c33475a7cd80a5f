package boutique.language.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.Money;
import boutique.language.catalog.ProductId;
import boutique.language.pricing.Quote.Cut;
import boutique.language.pricing.Quote.Line;
import boutique.language.pricing.Reduction.Fixed;
import boutique.language.pricing.Reduction.Percentage;
import boutique.language.pricing.Scope.Products;
import boutique.language.pricing.Scope.WholeOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

@Label("Whatever is bought, and under whatever rules,")
class PricingPropertiesTest {
  private static final List<ProductId> PRODUCTS =
      List.of(new ProductId("a"), new ProductId("b"), new ProductId("c"), new ProductId("d"));

  @Property
  @Label("the lines add up to the total, and the cuts to the difference, in both directions")
  void addsUp(@ForAll("items") List<Item> items, @ForAll("rules") List<Rule> rules) {
    var quote = Pricing.quote(items, rules).quote();

    assertThat(quote.lines().stream().mapToLong(line -> line.total().minor()).sum())
        .isEqualTo(quote.total().minor());
    assertThat(quote.base().minor() - quote.total().minor())
        .isEqualTo(quote.discounts().stream().mapToLong(d -> d.amount().minor()).sum());
    for (var line : quote.lines()) {
      assertThat(line.base().minor() - line.total().minor()).isEqualTo(sum(line.cuts()));
    }
    for (var discount : quote.discounts()) {
      assertThat(sum(cuts(quote, discount.rule().code()))).isEqualTo(discount.amount().minor());
    }
  }

  @Property
  @Label("no line is below zero, and none is dearer than without vouchers")
  void bounded(@ForAll("items") List<Item> items, @ForAll("rules") List<Rule> rules) {
    assertThat(Pricing.quote(items, rules).quote().lines())
        .allSatisfy(line -> assertThat(line.total().minor()).isBetween(0L, line.base().minor()))
        .extracting(Line::base)
        .containsExactlyElementsOf(items.stream().map(Item::base).toList());
  }

  @Property
  @Label("it does not matter which code was entered first")
  void anyOrder(
      @ForAll("items") List<Item> items, @ForAll("rules") List<Rule> rules, @ForAll long seed) {
    var shuffled = new ArrayList<>(rules);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(Pricing.quote(items, shuffled)).isEqualTo(Pricing.quote(items, rules));
  }

  @Property
  @Label("every rule either takes something off, or says why not")
  void everyRule(@ForAll("items") List<Item> items, @ForAll("rules") List<Rule> rules) {
    var quoted = Pricing.quote(items, rules);
    var codes = new ArrayList<String>();
    quoted.quote().discounts().forEach(d -> codes.add(d.rule().code()));
    quoted.objections().forEach(refused -> codes.add(refused.facts().get("voucher")));

    assertThat(quoted.quote().discounts()).allMatch(discount -> discount.amount().minor() > 0);
    assertThat(codes).containsExactlyInAnyOrderElementsOf(rules.stream().map(Rule::code).toList());
  }

  @Property
  @Label("one more voucher for the whole order never makes it dearer")
  void anotherRule(
      @ForAll("items") List<Item> items,
      @ForAll("free") @Size(min = 1, max = 4) List<Rule> rules,
      @ForAll @IntRange(max = 3) int without) {
    var fewer = new ArrayList<>(rules);
    fewer.remove(without % rules.size());

    assertThat(total(items, rules)).isLessThanOrEqualTo(total(items, fewer));
  }

  @Property
  @Label("a larger reduction never makes the order dearer, and more goods never make it cheaper")
  void monotone(
      @ForAll("items") List<Item> items,
      @ForAll @IntRange(min = 1, max = 9_999) int points,
      @ForAll @LongRange(min = 1, max = 1_000_000) long amount) {
    var last = items.getLast();
    var more = new ArrayList<>(items);
    more.set(items.size() - 1, new Item(last.product(), last.price(), last.quantity() + 1));

    var percentage = List.of(free("A", new Percentage(points)));
    var fixed = List.of(free("A", new Fixed(usd(amount))));

    assertThat(total(items, List.of(free("A", new Percentage(points + 1)))))
        .isLessThanOrEqualTo(total(items, percentage));
    assertThat(total(items, List.of(free("A", new Fixed(usd(amount + 1))))))
        .isLessThanOrEqualTo(total(items, fixed));
    assertThat(total(more, percentage)).isGreaterThanOrEqualTo(total(items, percentage));
    assertThat(total(more, fixed)).isGreaterThanOrEqualTo(total(items, fixed));
  }

  @Property
  @Label("an amount is spread to the last cent, nobody more than one cent from their exact share")
  void spread(
      @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 0, max = 10_000_000) Long> parts,
      @ForAll @IntRange(max = 1000) int perMille) {
    var weights = parts.stream().mapToLong(Long::longValue).toArray();
    var whole = Arrays.stream(weights).sum();
    var amount = whole * perMille / 1000;

    var shares = Spread.of(amount, weights);

    assertThat(Arrays.stream(shares).sum()).isEqualTo(amount);
    for (var i = 0; i < shares.length; i++) {
      assertThat(shares[i]).isBetween(0L, weights[i]);
      assertThat(Math.abs(shares[i] * whole - amount * weights[i])).isLessThan(Math.max(1, whole));
    }
  }

  @Provide
  Arbitrary<List<Item>> items() {
    return Combinators.combine(
            Arbitraries.of(PRODUCTS),
            Arbitraries.longs().between(0, 100_000),
            Arbitraries.longs().between(1, 50))
        .as((product, price, quantity) -> new Item(product, usd(price), quantity))
        .list()
        .uniqueElements(Item::product)
        .ofMinSize(1)
        .ofMaxSize(PRODUCTS.size());
  }

  @Provide
  Arbitrary<List<Rule>> rules() {
    var scopes =
        Arbitraries.<Scope>oneOf(
            Arbitraries.just(new WholeOrder()),
            Arbitraries.of(PRODUCTS).list().ofMinSize(1).ofMaxSize(3).map(Products::new));
    return Combinators.combine(
            codes(),
            reductions(),
            scopes,
            Arbitraries.longs().between(1, 200_000).map(PricingPropertiesTest::usd).injectNull(0.6),
            Arbitraries.of("sale", "loyal").injectNull(0.6),
            Arbitraries.integers().between(1, 3))
        .as(Rule::new)
        .list()
        .uniqueElements(Rule::code)
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<Rule>> free() {
    return Combinators.combine(codes(), reductions())
        .as(PricingPropertiesTest::free)
        .list()
        .uniqueElements(Rule::code);
  }

  private static Arbitrary<String> codes() {
    return Arbitraries.strings().withCharRange('A', 'Z').ofLength(4);
  }

  private static Arbitrary<Reduction> reductions() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, Percentage.WHOLE).map(Percentage::new),
        Arbitraries.longs().between(1, 100_000).map(minor -> new Fixed(usd(minor))));
  }

  private static Rule free(String code, Reduction reduction) {
    return new Rule(code, reduction, new WholeOrder(), null, null, 1);
  }

  private static List<Cut> cuts(Quote quote, String code) {
    return quote.lines().stream()
        .flatMap(line -> line.cuts().stream())
        .filter(cut -> cut.code().equals(code))
        .toList();
  }

  private static long sum(List<Cut> cuts) {
    return cuts.stream().mapToLong(cut -> cut.amount().minor()).sum();
  }

  private static long total(List<Item> items, List<Rule> rules) {
    return Pricing.quote(items, rules).quote().total().minor();
  }

  private static Money usd(long minor) {
    return new Money(minor, "USD");
  }
}
