package boutique.orders;

import boutique.kernel.Bus;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.carts.CartCommand.LockCart;
import boutique.language.carts.CartFace;
import boutique.language.carts.CartId;
import boutique.language.discounts.DiscountCommand.RedeemVoucher;
import boutique.language.discounts.VoucherCode;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.CompensateOrder;
import boutique.language.orders.OrderCommand.CompleteCheckout;
import boutique.language.orders.OrderCommand.ConfirmLock;
import boutique.language.orders.OrderCommand.ConfirmVoucher;
import boutique.language.orders.OrderCommand.FailCheckout;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderCommand.ResumeCheckout;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Quote.Discount;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The steps of a checkout: intent, cart, each voucher, stock for each line, order. The intent is
 * durable before the first effect, every step is harmless when repeated, and a refusal gives back
 * what was locked, redeemed and reserved. If this process dies, the feed delivers the intent again,
 * and the checkout is taken up from its start.
 */
final class Checkout implements Desk<OrderCommand> {
  private static final Comparator<OrderLine> BY_PRODUCT =
      Comparator.comparing(line -> line.product().value());
  private static final Set<String> NOT_OVER = Set.of(OrderFace.CHECKING_OUT, OrderFace.CREATED);

  /**
   * The order itself says when it is over. This is for the rest: what a checkout has reserved that
   * died, or was overtaken, and of which no order knows.
   */
  static final Duration GRACE = Settling.PATIENCE.plusMinutes(5);

  private final Desk<OrderCommand> orders;
  private final Bus bus;
  private final InstantSource clock;
  private final Undoing undoing;
  private final Steps steps;
  private final Snags snags;
  private final Once once = new Once();

  Checkout(Desk<OrderCommand> orders, Bus bus, InstantSource clock, Snags snags) {
    this.snags = snags;
    this.orders = orders;
    this.bus = bus;
    this.clock = clock;
    this.undoing = new Undoing(bus, clock);
    this.steps = new Steps(bus, clock);
  }

  @Override
  public Future<Reply> handle(OrderCommand command, Context context) {
    return switch (command) {
      case PlaceOrder c -> orders.handle(c, context).compose(reply -> goOn(c, reply, context));
      case ResumeCheckout c ->
          orders.handle(c, context).compose(reply -> resume(c, reply, context));
      case ConfirmVoucher c ->
          orders.handle(c, context).compose(reply -> confirm(c, reply, context));
      case ConfirmLock c -> orders.handle(c, context).compose(reply -> confirm(c, reply, context));
      case CompensateOrder c ->
          orders.handle(c, context).compose(reply -> compensate(reply, context));
      case OrderCommand other -> orders.handle(other, context);
    };
  }

  /** Whoever resumes does not mind how it ends, only that it does. */
  private Future<Reply> resume(ResumeCheckout c, Reply reply, Context context) {
    return goOn(c, reply, context)
        .map(ended ->
            switch (ended) {
              case Done done -> done;
              case Refused _ -> new Done(0, null);
            });
  }

  private Future<Reply> goOn(OrderCommand command, Reply reply, Context context) {
    return reply instanceof Done(var _, OrderFace face)
            && face.status().equals(OrderFace.CHECKING_OUT)
        ? once.run(face.order(), () -> watched(face, run(command, face, context.settled())))
        : Future.succeededFuture(reply);
  }

  private Future<Reply> watched(OrderFace order, Future<Reply> run) {
    return run.onFailure(cause -> snags.met(order.order(), steps.of(order.order()), cause))
        .onComplete(_ -> steps.over(order.order()));
  }

  /** What is under way comes to its end first. */
  private Future<Reply> compensate(Reply reply, Context context) {
    return reply instanceof Done(var _, OrderFace face)
            && face.status().equals(OrderFace.CHECKING_OUT)
        ? once.run(face.order(), () -> fail(face, sorted(face), calledOff(), context.settled()))
            .map(_ -> new Done(0, null))
        : Future.succeededFuture(reply);
  }

  static Refused calledOff() {
    return new Refused("order.compensated", "The shop has called it off before it was finished.");
  }

  private Future<Reply> run(OrderCommand command, OrderFace order, Context context) {
    return now().isAfter(order.expiresAt())
        ? fail(
            order, sorted(order), new Refused("order.expired", "The time to pay is over."), context)
        : lock(command, order, context);
  }

  private Future<Reply> lock(OrderCommand command, OrderFace order, Context context) {
    if (order.lock() == CartLock.NONE) {
      return redeem(command, order, order.quote().discounts(), context);
    }
    steps.begun(order, Steps.CART);
    return bus.ask(new LockCart(CartId.of(order.buyer()), order.order(), command.at()), context)
        .compose(reply ->
            switch (reply) {
              case Done(var _, CartFace cart)
                  when order.lock() == CartLock.NEEDED && !holds(cart, order.lines()) ->
                  fail(order, List.of(), changed(), context);
              case Refused because when order.lock() == CartLock.NEEDED ->
                  fail(order, List.of(), because, context);
              case Done _, Refused _ -> redeem(command, order, order.quote().discounts(), context);
            });
  }

  /** What was put in meanwhile stays in the cart; what was taken out is not bought. */
  private static boolean holds(CartFace cart, List<OrderLine> lines) {
    return lines.stream()
        .allMatch(line ->
            cart.lines().stream()
                .anyMatch(
                    in -> in.product().equals(line.product()) && in.quantity() >= line.quantity()));
  }

  private static Refused changed() {
    return new Refused("cart.changed", "The cart has changed meanwhile. Look at it again.");
  }

  private Future<Reply> redeem(
      OrderCommand command, OrderFace order, List<Discount> left, Context context) {
    if (left.isEmpty()) {
      steps.begun(order, Steps.STOCK);
      return reserve(command, order, sorted(order), 0, context);
    }
    steps.begun(order, Steps.VOUCHERS);
    var rule = left.getFirst().rule();
    var redeem =
        new RedeemVoucher(
            new VoucherCode(rule.code()), rule, order.order(), order.buyer(), command.at());
    return bus.ask(redeem, context)
        .compose(reply ->
            switch (reply) {
              case Done _ -> redeem(command, order, left.subList(1, left.size()), context);
              case Refused because -> fail(order, List.of(), because, context);
            });
  }

  private Future<Reply> reserve(
      OrderCommand command, OrderFace order, List<OrderLine> lines, int next, Context context) {
    if (next == lines.size()) {
      return complete(command, order, lines, context);
    }
    var line = lines.get(next);
    return bus.ask(
            new ReserveStock(
                line.product(),
                order.order(),
                line.quantity(),
                order.buyer().value(),
                order.expiresAt().plus(GRACE),
                order.placedAt()),
            context)
        .compose(reply ->
            switch (reply) {
              case Done _ -> reserve(command, order, lines, next + 1, context);
              case Refused because -> fail(order, lines.subList(0, next), because, context);
            });
  }

  /** A checkout that another hand has ended meanwhile keeps nothing that this one has reserved. */
  private Future<Reply> complete(
      OrderCommand command, OrderFace order, List<OrderLine> lines, Context context) {
    steps.begun(order, Steps.ORDER);
    return orders
        .handle(new CompleteCheckout(order.order(), command.at()), context)
        .compose(reply ->
            switch (reply) {
              case Done done -> Future.succeededFuture(done);
              case Refused because -> undoing.all(order, lines, context).map(because);
            });
  }

  /**
   * The reason is written before anything is given back. If this process dies in between, the order
   * keeps its reason, and the rooms that hear of the failure give back the rest.
   */
  private Future<Reply> fail(
      OrderFace order, List<OrderLine> reserved, Refused because, Context context) {
    steps.failed(order, because);
    return orders
        .handle(new FailCheckout(order.order(), reserved, because, now()), context)
        .compose(failed ->
            switch (failed) {
              case Done _ -> undoing.all(order, reserved, context);
              case Refused _ -> Future.succeededFuture(); // another hand has brought it to its end
            })
        .map(because);
  }

  /** A redemption that arrives when its checkout is over already does not stick. */
  private Future<Reply> confirm(ConfirmVoucher c, Reply reply, Context context) {
    return reply instanceof Done(var _, OrderFace face)
            && !face.status().equals(OrderFace.CANCELLED)
        ? Future.succeededFuture(reply)
        : undoing.voucher(c.voucher(), c.order(), context).map(reply);
  }

  /** Nor does a lock. */
  private Future<Reply> confirm(ConfirmLock c, Reply reply, Context context) {
    return reply instanceof Done(var _, OrderFace face) && NOT_OVER.contains(face.status())
        ? Future.succeededFuture(reply)
        : undoing.lock(c.cart(), c.order(), context).map(reply);
  }

  private static List<OrderLine> sorted(OrderFace order) {
    return order.lines().stream().sorted(BY_PRODUCT).toList();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
