package boutique.carts;

import boutique.language.carts.CartId;
import boutique.language.carts.CartLine;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cart, by what may be done with it. */
sealed interface Cart {
  Basket basket();

  /** The same stage, with other contents. */
  Cart with(Basket basket);

  /** The shopper may change it. */
  record Open(Basket basket) implements Cart {
    @Override
    public Cart with(Basket changed) {
      return new Open(changed);
    }
  }

  /** An order is buying from it. */
  record Locked(Basket basket, OrderId order) implements Cart {
    @Override
    public Cart with(Basket changed) {
      return new Locked(changed, order);
    }
  }

  /** It was a guest's, and is part of an account's cart now. */
  record Moved(Basket basket, CartId to) implements Cart {
    @Override
    public Cart with(Basket changed) {
      return new Moved(changed, to);
    }
  }

  /**
   * What is in a cart, in the order in which it was put in.
   *
   * @param openedAt when its first line was put in; null before
   * @param leftOut what the last merge could not take over
   * @param vouchers their codes
   * @param done what it has done lately
   * @param ordered what was taken out for orders whose money is held, and until when it may be
   */
  record Basket(
      @Nullable Instant openedAt,
      Instant usedAt,
      List<CartLine> lines,
      List<CartLine> leftOut,
      List<String> vouchers,
      Done done,
      Map<OrderId, Instant> ordered) {
    static final int MOST_LINES = 100;
    static final int MOST_VOUCHERS = 10;
    static final Basket NEW =
        new Basket(
            null, Instant.EPOCH, List.of(), List.of(), List.of(), new Done(List.of()), Map.of());

    /** So late anybody may hear of money that was captured at the last moment. */
    private static final Duration HEARD = Duration.ofDays(7);

    public Basket {
      ordered = Map.copyOf(ordered);
    }

    @Nullable CartLine find(ProductId product) {
      for (var line : lines) {
        if (line.product().equals(product)) {
          return line;
        }
      }
      return null;
    }

    /** The lines of an event are put in the place of those before; at the end when they are new. */
    Basket changed(List<CartLine> now, String deed) {
      var changed = new ArrayList<>(lines);
      for (var line : now) {
        var place = place(changed, line.product());
        if (place < 0) {
          changed.add(line);
        } else {
          changed.set(place, line);
        }
      }
      changed.removeIf(line -> line.quantity() == 0);
      return new Basket(
          openedAt, usedAt, List.copyOf(changed), leftOut, vouchers, done.and(deed), ordered);
    }

    Basket used(Instant opened, Instant at) {
      return new Basket(opened, at, lines, List.of(), vouchers, done, ordered);
    }

    Basket leavingOut(List<CartLine> refused) {
      return new Basket(openedAt, usedAt, lines, refused, vouchers, done, ordered);
    }

    Basket with(List<String> codes) {
      return new Basket(openedAt, usedAt, lines, leftOut, codes, done, ordered);
    }

    /** With one more, and without those that cannot be captured any more. */
    Basket ordered(OrderId order, Instant until, Instant at) {
      var all = new HashMap<>(ordered);
      all.values().removeIf(last -> last.plus(HEARD).isBefore(at));
      all.put(order, until);
      return new Basket(openedAt, usedAt, lines, leftOut, vouchers, done, all);
    }

    private static int place(List<CartLine> lines, ProductId product) {
      for (var i = 0; i < lines.size(); i++) {
        if (lines.get(i).product().equals(product)) {
          return i;
        }
      }
      return -1;
    }
  }

  /**
   * The requests, guests and orders whose wish was done, so that it is not done twice. So many are
   * remembered as can be on their way a second time; what is older than these does not come again.
   */
  record Done(List<String> deeds) {
    private static final int MOST = 200;

    static String request(String id) {
      return "request " + id;
    }

    static String guest(CartId guest) {
      return "guest " + guest.value();
    }

    static String order(OrderId order) {
      return "order " + order.value();
    }

    boolean has(String deed) {
      return deeds.contains(deed);
    }

    Done and(String deed) {
      var more = new ArrayList<>(deeds.size() < MOST ? deeds : deeds.subList(1, deeds.size()));
      more.add(deed);
      return new Done(List.copyOf(more));
    }
  }
}
