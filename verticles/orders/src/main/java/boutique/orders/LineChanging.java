package boutique.orders;

import boutique.kernel.Bus;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.inventory.InventoryCommand.ChangeReservation;
import boutique.language.orders.LineChange;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.ChangeLine;
import boutique.language.orders.OrderCommand.FailChange;
import boutique.language.orders.OrderCommand.FinishChange;
import boutique.language.orders.OrderCommand.ResumeChange;
import boutique.language.orders.OrderFace;
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
  private final Once once = new Once();

  LineChanging(Desk<OrderCommand> orders, Bus bus, InstantSource clock) {
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
        : once.run(order.order(), () -> reserve(order, to, context));
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
