package boutique.invariants;

import boutique.kernel.store.EventStore;
import boutique.language.discounts.DiscountEvent;
import boutique.language.discounts.DiscountEvent.DiscountApplied;
import boutique.language.discounts.DiscountEvent.DiscountChanged;
import boutique.language.discounts.DiscountEvent.DiscountCreated;
import boutique.language.discounts.DiscountEvent.DiscountDeleted;
import boutique.language.discounts.DiscountEvent.DiscountReleased;
import boutique.language.discounts.Terms;
import boutique.language.discounts.VoucherCode;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * No voucher is used by more orders than its terms say, in all and by each user; once by an order,
 * and given back once; and by no order that has come to nothing.
 */
public final class VoucherInvariants {
  private final Map<VoucherCode, Uses> vouchers = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  private static final class Uses {
    private @Nullable Terms terms;
    private final Map<OrderId, UserId> users = new HashMap<>();
  }

  /** What is broken; nothing, when all is well and nothing is under way. */
  public static List<String> violations(EventStore store) {
    var auditor = new VoucherInvariants();
    Facts.of(store, "discounts").forEach(fact -> auditor.hear((DiscountEvent) fact.event()));
    var over = OrdersOver.of(store);
    auditor.vouchers.forEach((code, uses) ->
        uses.users.keySet().stream()
            .filter(over::contains)
            .map(order -> "%s is over and uses %s".formatted(order, code))
            .forEach(auditor.violations::add));
    return auditor.violations();
  }

  void hear(DiscountEvent event) {
    var uses = vouchers.computeIfAbsent(event.code(), _ -> new Uses());
    switch (event) {
      case DiscountCreated e -> uses.terms = e.terms();
      case DiscountChanged e -> uses.terms = e.terms();
      case DiscountDeleted _ -> uses.terms = null;
      case DiscountApplied e -> {
        expect(uses.users.put(e.order(), e.user()) == null, "used twice by one order", e);
        expect(uses.terms != null && isWithin(uses.terms, uses, e), "used beyond its terms", e);
        expect(e.used() == uses.users.size(), "says another number", e);
      }
      case DiscountReleased e -> {
        expect(e.user().equals(uses.users.remove(e.order())), "given back without being used", e);
        expect(e.used() == uses.users.size(), "says another number", e);
      }
    }
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  private static boolean isWithin(Terms terms, Uses uses, DiscountApplied e) {
    var all = uses.users.size();
    var theirs = Collections.frequency(uses.users.values(), e.user());
    return (terms.limit() == null || all <= terms.limit())
        && (terms.limitPerUser() == null || theirs <= terms.limitPerUser())
        && terms.isGoodAt(e.at());
  }

  private void expect(boolean promised, String otherwise, DiscountEvent event) {
    if (!promised) {
      violations.add(otherwise + ": " + event);
    }
  }
}
