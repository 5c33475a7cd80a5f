package boutique.language.pricing;

import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.pricing.Quote.Cut;
import boutique.language.pricing.Quote.Discount;
import boutique.language.pricing.Quote.Line;
import boutique.language.pricing.Reduction.Fixed;
import boutique.language.pricing.Reduction.Percentage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies rules to items, one after the other in their stacking order, each to what the ones before
 * it have left. A percentage is taken of all lines in scope together and rounded half up, once;
 * then it is spread over them, as a fixed amount is. What does not fit into a {@code long} is an
 * {@link ArithmeticException}.
 */
public final class Pricing {
  private static final long HALF = Percentage.WHOLE / 2;

  private final List<Item> items;
  private final String currency;
  private final long base;
  private final long[] left;
  private final List<List<Cut>> cuts = new ArrayList<>();
  private final List<Discount> discounts = new ArrayList<>();
  private final List<Refused> objections = new ArrayList<>();
  private final Map<String, String> taken = new HashMap<>();

  private Pricing(List<Item> items) {
    this.items = items;
    this.currency = items.getFirst().price().currency();
    this.base = items.stream().map(Item::base).reduce(Money::plus).orElseThrow().minor();
    this.left = items.stream().mapToLong(item -> item.base().minor()).toArray();
    items.forEach(_ -> cuts.add(new ArrayList<>()));
  }

  /** What at least one item, all in one currency, costs under these rules. */
  public static Quoted quote(List<Item> items, Collection<Rule> rules) {
    var pricing = new Pricing(List.copyOf(items));
    rules.stream().distinct().sorted(Rule.ORDER).forEach(pricing::apply);
    return pricing.quoted();
  }

  private void apply(Rule rule) {
    if (isForeign(rule)) {
      object(rule, "voucher.inapplicable", "The voucher is in another currency.", Map.of());
    } else if (rule.minimum() != null && base < rule.minimum().minor()) {
      var missing = money(rule.minimum().minor() - base).decimal().toPlainString();
      object(
          rule,
          "voucher.minimum",
          "The order is " + missing + " " + currency + " short of the voucher's minimum.",
          Map.of("missing", missing, "currency", currency));
    } else if (rule.group() != null && taken.containsKey(rule.group())) {
      var other = taken.get(rule.group());
      object(
          rule,
          "voucher.excluded",
          "The voucher cannot be combined with " + other + ".",
          Map.of("excludedBy", other));
    } else {
      reduce(rule);
    }
  }

  private void reduce(Rule rule) {
    var weights = new long[left.length];
    for (var i = 0; i < left.length; i++) {
      weights[i] = rule.scope().covers(items.get(i).product()) ? left[i] : 0;
    }
    var amount = amount(rule.reduction(), sum(weights));
    if (amount == 0) {
      object(rule, "voucher.inapplicable", "The voucher takes nothing off this order.", Map.of());
      return;
    }
    var shares = Spread.of(amount, weights);
    for (var i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        left[i] -= shares[i];
        cuts.get(i).add(new Cut(rule.code(), money(shares[i])));
      }
    }
    discounts.add(new Discount(rule, money(amount)));
    if (rule.group() != null) {
      taken.put(rule.group(), rule.code());
    }
  }

  private static long amount(Reduction reduction, long of) {
    return switch (reduction) {
      case Percentage(var points) -> // the whole ten thousands first: their product always fits
          of / Percentage.WHOLE * points
              + (of % Percentage.WHOLE * points + HALF) / Percentage.WHOLE;
      case Fixed(var amount) -> Math.min(amount.minor(), of);
    };
  }

  private boolean isForeign(Rule rule) {
    return (rule.minimum() != null && !rule.minimum().currency().equals(currency))
        || (rule.reduction() instanceof Fixed(var amount) && !amount.currency().equals(currency));
  }

  private void object(Rule rule, String code, String detail, Map<String, String> facts) {
    var named = new HashMap<>(facts);
    named.put("voucher", rule.code());
    objections.add(new Refused(code, detail, named));
  }

  private Quoted quoted() {
    var lines = new ArrayList<Line>();
    for (var i = 0; i < left.length; i++) {
      var item = items.get(i);
      lines.add(
          new Line(
              item.product(),
              item.price(),
              item.quantity(),
              item.base(),
              cuts.get(i),
              money(left[i])));
    }
    return new Quoted(new Quote(lines, discounts, money(base), money(sum(left))), objections);
  }

  private Money money(long minor) {
    return new Money(minor, currency);
  }

  private static long sum(long[] amounts) {
    var sum = 0L;
    for (var amount : amounts) {
      sum = Math.addExact(sum, amount);
    }
    return sum;
  }
}
