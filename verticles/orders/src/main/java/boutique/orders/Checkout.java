package boutique.orders;

import boutique.kernel.Bus;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.discounts.DiscountCommand.RedeemVoucher;
import boutique.language.discounts.DiscountCommand.ReleaseVoucher;
import boutique.language.discounts.VoucherCode;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.CompleteCheckout;
import boutique.language.orders.OrderCommand.ConfirmVoucher;
import boutique.language.orders.OrderCommand.FailCheckout;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderCommand.ResumeCheckout;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Quote.Discount;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * The steps of a checkout: intent, each voucher, stock for each line, order. The intent is durable
 * before the first effect, every step is harmless when repeated, and a refusal gives back what was
 * redeemed and reserved. If this process dies, the feed delivers the intent again, and the checkout
 * is taken up from its start.
 */
final class Checkout implements Desk<OrderCommand> {
  private static final Comparator<OrderLine> BY_PRODUCT =
      Comparator.comparing(line -> line.product().value());

  /**
   * The order itself says when it is over. This is for the rest: what a checkout has reserved that
   * died, or was overtaken, and of which no order knows.
   */
  private static final Duration GRACE = Settling.PATIENCE.plusMinutes(5);

  private final Desk<OrderCommand> orders;
  private final Bus bus;
  private final InstantSource clock;
  private final Once once = new Once();

  Checkout(Desk<OrderCommand> orders, Bus bus, InstantSource clock) {
    this.orders = orders;
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public Future<Reply> handle(OrderCommand command, Context context) {
    return switch (command) {
      case PlaceOrder c -> orders.handle(c, context).compose(reply -> goOn(c, reply, context));
      case ResumeCheckout c ->
          orders.handle(c, context).compose(reply -> resume(c, reply, context));
      case ConfirmVoucher c ->
          orders.handle(c, context).compose(reply -> confirm(c, reply, context));
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
        ? once.run(face.order(), () -> run(command, face, context.settled()))
        : Future.succeededFuture(reply);
  }

  private Future<Reply> run(OrderCommand command, OrderFace order, Context context) {
    if (now().isAfter(order.expiresAt())) {
      var lines = order.lines().stream().sorted(BY_PRODUCT).toList();
      return fail(order, lines, new Refused("order.expired", "The time to pay is over."), context);
    }
    return redeem(command, order, order.quote().discounts(), context);
  }

  private Future<Reply> redeem(
      OrderCommand command, OrderFace order, List<Discount> left, Context context) {
    if (left.isEmpty()) {
      var lines = order.lines().stream().sorted(BY_PRODUCT).toList();
      return reserve(command, order, lines, 0, context);
    }
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
    return orders
        .handle(new CompleteCheckout(order.order(), command.at()), context)
        .compose(reply ->
            switch (reply) {
              case Done done -> Future.succeededFuture(done);
              case Refused because -> giveBack(order, lines, context).map(because);
            });
  }

  /**
   * The reason is written before anything is given back. If this process dies in between, the order
   * keeps its reason, and the rooms that hear of the failure give back the rest.
   */
  private Future<Reply> fail(
      OrderFace order, List<OrderLine> reserved, Refused because, Context context) {
    return orders
        .handle(new FailCheckout(order.order(), reserved, because, now()), context)
        .compose(failed ->
            switch (failed) {
              case Done _ -> giveBack(order, reserved, context);
              case Refused _ -> Future.succeededFuture(); // another hand has brought it to its end
            })
        .map(because);
  }

  /** Only once it is certain that the order will not exist. */
  private Future<Void> giveBack(OrderFace order, List<OrderLine> reserved, Context context) {
    var released = Future.<Void>succeededFuture();
    for (var line : reserved.reversed()) {
      released =
          released.compose(_ ->
              bus.ask(new ReleaseStock(line.product(), order.order(), now()), context).mapEmpty());
    }
    for (var discount : order.quote().discounts()) {
      var code = new VoucherCode(discount.rule().code());
      released = released.compose(_ -> release(code, order.order(), context));
    }
    return released;
  }

  /** A redemption that arrives when its checkout is over already does not stick. */
  private Future<Reply> confirm(ConfirmVoucher c, Reply reply, Context context) {
    return reply instanceof Done(var _, OrderFace face)
            && !face.status().equals(OrderFace.CANCELLED)
        ? Future.succeededFuture(reply)
        : release(c.voucher(), c.order(), context).map(reply);
  }

  private Future<Void> release(VoucherCode code, OrderId order, Context context) {
    return bus.ask(new ReleaseVoucher(code, order, now()), context).mapEmpty();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
