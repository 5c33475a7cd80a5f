package boutique.orders;

import boutique.kernel.Bus;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand.ChangeReservation;
import boutique.language.orders.LineChange;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.ChangeLine;
import boutique.language.orders.OrderCommand.CompensateOrder;
import boutique.language.orders.OrderCommand.FailChange;
import boutique.language.orders.OrderCommand.FinishChange;
import boutique.language.orders.OrderCommand.ResumeChange;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderLine;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The steps of changing a line: intent, stock, order. The stock changes as a whole or not at all,
 * and so does the order; a change that a dead process leaves is taken up by its intent.
 */
final class LineChanging implements Desk<OrderCommand> {
  private final Desk<OrderCommand> orders;
  private final Bus bus;
  private final InstantSource clock;
  private final Snags snags;
  private final Once once = new Once();

  LineChanging(Desk<OrderCommand> orders, Bus bus, InstantSource clock, Snags snags) {
    this.snags = snags;
    this.orders = orders;
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public Future<Reply> handle(OrderCommand command, Context context) {
    var done = orders.handle(command, context);
    return switch (command) {
      case ChangeLine _ -> done.compose(reply -> goOn(reply, context));
      case ResumeChange _ -> done.compose(reply -> goOn(reply, context).map(reply));
      case CompensateOrder _ -> done.compose(reply -> compensate(reply, context.settled()));
      case OrderCommand _ -> done;
    };
  }

  private Future<Reply> goOn(Reply reply, Context context) {
    return reply instanceof Done(var _, OrderFace face)
        ? goOn(reply, face, context.settled())
        : Future.succeededFuture(reply);
  }

  private Future<Reply> goOn(Reply reply, OrderFace order, Context context) {
    var to = order.changing();
    return to == null
        ? Future.succeededFuture(reply)
        : once.run(
            order.order(),
            () ->
                reserve(order, to, context)
                    .onFailure(cause -> snags.met(order.order(), Steps.STOCK, cause)));
  }

  /** The line has its stock again first; where that is gone, the change cannot be undone. */
  private Future<Reply> compensate(Reply reply, Context context) {
    if (!(reply instanceof Done(var _, OrderFace order)) || order.changing() == null) {
      return Future.succeededFuture(reply);
    }
    var product = order.changing().product();
    return once.run(
        order.order(),
        () ->
            bus.ask(
                    new ChangeReservation(
                        product,
                        order.order(),
                        quantity(order, product),
                        order.buyer().value(),
                        order.expiresAt().plus(Checkout.GRACE),
                        order.placedAt()),
                    context)
                .compose(restored ->
                    switch (restored) {
                      case Done _ ->
                          orders.handle(
                              new FailChange(order.order(), Checkout.calledOff(), now()), context);
                      case Refused because -> Future.succeededFuture(because);
                    }));
  }

  private static long quantity(OrderFace order, ProductId product) {
    return order.lines().stream()
        .filter(line -> line.product().equals(product))
        .mapToLong(OrderLine::quantity)
        .sum();
  }

  private Future<Reply> reserve(OrderFace order, LineChange to, Context context) {
    return bus.ask(
            new ChangeReservation(
                to.product(),
                order.order(),
                to.quantity(),
                order.buyer().value(),
                order.expiresAt().plus(Checkout.GRACE),
                order.placedAt()),
            context)
        .compose(reply ->
            switch (reply) {
              case Done _ -> orders.handle(new FinishChange(order.order(), now()), context);
              case Refused because ->
                  orders
                      .handle(new FailChange(order.order(), because, now()), context)
                      .map(because);
            });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
