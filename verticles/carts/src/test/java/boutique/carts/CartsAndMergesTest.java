package boutique.carts;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Decision.Accepted;
import boutique.language.Money;
import boutique.language.carts.CartCommand;
import boutique.language.carts.CartCommand.AddToCart;
import boutique.language.carts.CartCommand.HandOver;
import boutique.language.carts.CartCommand.LockCart;
import boutique.language.carts.CartCommand.RemoveLine;
import boutique.language.carts.CartCommand.SetLine;
import boutique.language.carts.CartCommand.TakeOut;
import boutique.language.carts.CartCommand.TakeOutOrdered;
import boutique.language.carts.CartCommand.UnlockCart;
import boutique.language.carts.CartEvent;
import boutique.language.carts.CartEvent.CartHandedOver;
import boutique.language.carts.CartEvent.CartMerged;
import boutique.language.carts.CartEvent.CartOrdered;
import boutique.language.carts.CartEvent.CartTakenOut;
import boutique.language.carts.CartId;
import boutique.language.carts.CartLine;
import boutique.language.carts.Left;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/** One account and its guests, whatever they do, and whatever is done twice. */
class CartsAndMergesTest {
  private static final CartId ACCOUNT = new CartId("ann");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Property(tries = 500)
  @Label("what was put in is in the cart, or was removed, bought, cut or left out: nothing is lost")
  void nothingIsLost(@ForAll("lives") ActionChain<Carts> life) {
    life.withInvariant("sums", Carts::requireNothingLost)
        .withInvariant("bounds", Carts::requireBounds)
        .run();
  }

  @Provide
  Arbitrary<ActionChain<Carts>> lives() {
    return ActionChain.<Carts>startWith(Carts::new)
        .withAction(
            8,
            act(
                Combinators.combine(carts(), products(), quantities(), requests())
                    .as((cart, product, quantity, request) ->
                        carts -> carts.tell(add(carts.id(cart), product, quantity, request)))))
        .withAction(
            2,
            act(
                Combinators.combine(carts(), products(), quantities(), requests())
                    .as((cart, product, quantity, request) ->
                        carts ->
                            carts.tell(
                                new SetLine(
                                    carts.id(cart),
                                    product,
                                    "",
                                    price(product),
                                    quantity,
                                    request,
                                    NOW)))))
        .withAction(
            1,
            act(
                Combinators.combine(carts(), products(), requests())
                    .as((cart, product, request) ->
                        carts ->
                            carts.tell(new RemoveLine(carts.id(cart), product, request, NOW)))))
        .withAction(
            2, act(orders().map(order -> carts -> carts.tell(new LockCart(ACCOUNT, order, NOW)))))
        .withAction(
            1, act(orders().map(order -> carts -> carts.tell(new UnlockCart(ACCOUNT, order, NOW)))))
        .withAction(
            2,
            act(
                Combinators.combine(orders(), products(), quantities())
                    .as((order, product, quantity) ->
                        carts -> {
                          var line = new OrderLine(product, "", price(product), quantity);
                          if (quantity % 2 == 0) {
                            carts.tell(
                                new TakeOutOrdered(
                                    ACCOUNT, order, List.of(line), List.of(), NOW, NOW));
                          }
                          carts.tell(new TakeOut(ACCOUNT, order, List.of(line), List.of(), NOW));
                        })))
        .withAction(
            3,
            act(
                Combinators.combine(guests(), products(), Arbitraries.longs().between(0, 120))
                    .as((guest, product, left) ->
                        carts ->
                            carts.tell(
                                new HandOver(
                                    carts.id(guest),
                                    ACCOUNT,
                                    List.of(new Left(product, left)),
                                    NOW)))))
        .withAction(2, act(Arbitraries.<Deed>just(Carts::deliverAgain)));
  }

  private static Arbitrary<Integer> carts() {
    return Arbitraries.integers().between(0, 3);
  }

  private static Arbitrary<Integer> guests() {
    return Arbitraries.integers().between(1, 3);
  }

  private static Arbitrary<ProductId> products() {
    return Arbitraries.integers().between(0, 4).map(i -> new ProductId("product-" + i));
  }

  private static Arbitrary<Long> quantities() {
    return Arbitraries.longs().between(0, 120);
  }

  /** Few, so that many come twice. */
  private static Arbitrary<String> requests() {
    return Arbitraries.integers().between(0, 60).map(i -> "request-" + i);
  }

  private static Arbitrary<OrderId> orders() {
    return Arbitraries.integers().between(1, 3).map(i -> new OrderId("order-" + i));
  }

  private static AddToCart add(CartId cart, ProductId product, long quantity, String request) {
    return new AddToCart(cart, product, "", price(product), quantity, request, NOW);
  }

  /** One of the products costs in another currency. */
  private static Money price(ProductId product) {
    return new Money(100, product.value().endsWith("4") ? "EUR" : "USD");
  }

  private static Action.Independent<Carts> act(Arbitrary<Deed> deeds) {
    return () -> deeds.map(deed -> Transformer.mutate("acts", deed::to));
  }

  private interface Deed {
    void to(Carts carts);
  }

  /** All carts, the deliveries between them, and an account of every piece that ever came in. */
  static final class Carts {
    private final CartDecider decider = new CartDecider();
    private final Map<CartId, Cart> carts = new HashMap<>();
    private final List<CartHandedOver> delivered = new ArrayList<>();
    private final Map<ProductId, Long> balance = new HashMap<>();
    private final Set<OrderId> takenOutFor = new HashSet<>();

    CartId id(int number) {
      return number == 0 ? ACCOUNT : CartId.guest("guest-" + number);
    }

    void tell(CartCommand command) {
      var id = command.cart();
      var cart = carts.getOrDefault(id, decider.initial());
      if (decider.decide(cart, command) instanceof Accepted<CartEvent>(var events)) {
        for (var event : events) {
          var after = decider.evolve(cart, event);
          book(command, event, cart, after);
          carts.put(id, after);
          if (event instanceof CartHandedOver handedOver) {
            delivered.add(handedOver);
            deliver(handedOver);
          }
        }
      }
    }

    /** Every delivery comes at least once, and then at any time again. */
    void deliverAgain() {
      List.copyOf(delivered).forEach(this::deliver);
    }

    private void deliver(CartHandedOver handedOver) {
      CartRoom.reactions(handedOver).forEach(command -> tell((CartCommand) command));
    }

    /** What the shopper and the payment do moves the balance; a merge must not. */
    private void book(CartCommand command, CartEvent event, Cart before, Cart after) {
      if (event instanceof CartMerged merged) {
        merged.leftOut().forEach(line -> move(line.product(), -line.quantity()));
        merged.lines().forEach(line -> move(line.product(), cut(before, line) - line.cut()));
        return;
      }
      if (event instanceof CartTakenOut && command instanceof TakeOut taken) {
        requireOnlyBought(taken.order(), taken.lines(), before, after);
      }
      if (event instanceof CartOrdered && command instanceof TakeOutOrdered taken) {
        requireOnlyBought(taken.order(), taken.lines(), before, after);
      }
      if (event instanceof CartHandedOver) {
        return;
      }
      for (var line : before.basket().lines()) {
        move(line.product(), -line.quantity());
      }
      for (var line : after.basket().lines()) {
        move(line.product(), line.quantity());
      }
    }

    private static long cut(Cart before, CartLine line) {
      var there = before.basket().find(line.product());
      return there == null ? 0 : there.cut();
    }

    private void requireOnlyBought(OrderId order, List<OrderLine> lines, Cart before, Cart after) {
      assertThat(takenOutFor.add(order)).as("%s once", order).isTrue();
      for (var line : before.basket().lines()) {
        var bought =
            lines.stream()
                .filter(one -> one.product().equals(line.product()))
                .mapToLong(OrderLine::quantity)
                .sum();
        var left = after.basket().find(line.product());
        assertThat(left == null ? 0 : left.quantity())
            .isEqualTo(Math.max(0, line.quantity() - bought));
      }
    }

    private void move(ProductId product, long quantity) {
      balance.merge(product, quantity, Long::sum);
    }

    void requireNothingLost() {
      var there = new HashMap<ProductId, Long>();
      carts.values().stream()
          .filter(cart -> !(cart instanceof Cart.Moved))
          .flatMap(cart -> cart.basket().lines().stream())
          .forEach(line -> there.merge(line.product(), line.quantity(), Long::sum));
      balance.forEach((product, quantity) ->
          assertThat(there.getOrDefault(product, 0L)).as("%s", product).isEqualTo(quantity));
    }

    void requireBounds() {
      for (var cart : carts.values()) {
        assertThat(cart.basket().lines()).hasSizeLessThanOrEqualTo(100);
        assertThat(cart.basket().lines()).extracting(CartLine::product).doesNotHaveDuplicates();
        assertThat(cart.basket().lines())
            .allMatch(line -> line.quantity() >= 1 && line.quantity() <= CartLine.MOST);
        assertThat(cart.basket().lines().stream().map(line -> line.price().currency()).distinct())
            .hasSizeLessThanOrEqualTo(1);
      }
    }
  }
}
