package boutique.invariants;

import boutique.kernel.store.EventStore;
import boutique.language.carts.CartEvent;
import boutique.language.carts.CartEvent.CartForgotten;
import boutique.language.carts.CartEvent.CartHandedOver;
import boutique.language.carts.CartEvent.CartLocked;
import boutique.language.carts.CartEvent.CartMerged;
import boutique.language.carts.CartEvent.CartOrdered;
import boutique.language.carts.CartEvent.CartTakenOut;
import boutique.language.carts.CartEvent.CartUnlocked;
import boutique.language.carts.CartEvent.CartUpdated;
import boutique.language.carts.CartEvent.CartVouchersChanged;
import boutique.language.carts.CartId;
import boutique.language.carts.CartLine;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checkout that fails leaves its cart as it was: while an order buys from a cart its shopper
 * changes nothing in it, and what a guest brings meanwhile is added; the lock ends for the order
 * that has it; and an order that has come to nothing keeps no lock, and has taken nothing out
 * unless money was held for it.
 */
public final class CartInvariants {
  private final Map<CartId, Contents> carts = new HashMap<>();
  private final Map<OrderId, CartId> takenOutFor = new HashMap<>();

  /** On held money: what they buy is out of the cart, whatever becomes of them. */
  private final Set<OrderId> placed = new HashSet<>();

  private final List<String> violations = new ArrayList<>();

  private static final class Contents {
    private final Map<ProductId, Long> quantities = new HashMap<>();
    private Set<String> vouchers = new HashSet<>();
    private @Nullable OrderId lockedBy;
  }

  /** What is broken; nothing, when all is well and nothing is under way. */
  public static List<String> violations(EventStore store) {
    var auditor = new CartInvariants();
    Facts.of(store, "carts").forEach(fact -> auditor.hear((CartEvent) fact.event()));
    auditor.settle(OrdersOver.of(store));
    return auditor.violations();
  }

  void hear(CartEvent event) {
    var cart = carts.computeIfAbsent(event.cart(), _ -> new Contents());
    switch (event) {
      case CartUpdated e -> {
        expect(cart.lockedBy == null, "changed while an order buys from it", e);
        put(cart, e.lines());
      }
      case CartVouchersChanged e -> {
        expect(cart.lockedBy == null, "changed while an order buys from it", e);
        cart.vouchers = new HashSet<>(e.vouchers());
      }
      case CartMerged e -> merge(cart, e);
      case CartHandedOver e -> expect(cart.lockedBy == null, "handed over while locked", e);
      case CartLocked e -> {
        expect(cart.lockedBy == null, "locked twice", e);
        cart.lockedBy = e.order();
      }
      case CartUnlocked e -> {
        expect(e.order().equals(cart.lockedBy), "unlocked by another", e);
        cart.lockedBy = null;
      }
      case CartTakenOut e -> takeOut(cart, e.order(), e.lines(), e.vouchers(), e);
      case CartOrdered e -> {
        takeOut(cart, e.order(), e.lines(), e.vouchers(), e);
        placed.add(e.order());
      }
      case CartForgotten e -> {
        expect(cart.lockedBy == null, "forgotten while locked", e);
        cart.quantities.clear();
        cart.vouchers.clear();
      }
    }
  }

  /** When nothing is under way. */
  void settle(Set<OrderId> over) {
    carts.forEach((id, cart) -> {
      if (cart.lockedBy != null && over.contains(cart.lockedBy)) {
        violations.add("%s is over and locks %s".formatted(cart.lockedBy, id));
      }
    });
    takenOutFor.forEach((order, cart) -> {
      if (over.contains(order) && !placed.contains(order)) {
        violations.add("%s is over and has taken out of %s".formatted(order, cart));
      }
    });
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  private void merge(Contents cart, CartMerged e) {
    for (var line : e.lines()) {
      var before = cart.quantities.getOrDefault(line.product(), 0L);
      expect(line.quantity() >= before, "a merge takes something away", e);
    }
    expect(e.vouchers().containsAll(cart.vouchers), "a merge takes a voucher away", e);
    put(cart, e.lines());
    cart.vouchers = new HashSet<>(e.vouchers());
  }

  private void takeOut(
      Contents cart, OrderId order, List<CartLine> lines, List<String> vouchers, CartEvent e) {
    expect(takenOutFor.put(order, e.cart()) == null, "taken out twice", e);
    for (var line : lines) {
      var before = cart.quantities.getOrDefault(line.product(), 0L);
      expect(line.quantity() <= before, "something is put in with what is taken out", e);
    }
    expect(cart.vouchers.containsAll(vouchers), "a voucher appears", e);
    put(cart, lines);
    cart.vouchers = new HashSet<>(vouchers);
    if (order.equals(cart.lockedBy)) {
      cart.lockedBy = null;
    }
  }

  private static void put(Contents cart, List<CartLine> lines) {
    for (var line : lines) {
      if (line.quantity() == 0) {
        cart.quantities.remove(line.product());
      } else {
        cart.quantities.put(line.product(), line.quantity());
      }
    }
  }

  private void expect(boolean promised, String otherwise, CartEvent event) {
    if (!promised) {
      violations.add(otherwise + ": " + event);
    }
  }
}
