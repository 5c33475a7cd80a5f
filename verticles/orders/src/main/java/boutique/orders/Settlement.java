package boutique.orders;

import boutique.kernel.Bus;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.inventory.InventoryCommand.AllocateStock;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.AbandonOrder;
import boutique.language.orders.OrderCommand.CompensateOrder;
import boutique.language.orders.OrderCommand.CompleteOrder;
import boutique.language.orders.OrderCommand.ResumeSettlement;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderLine;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The steps from the money to the goods: paid, the stock of each line allocated, complete. That it
 * is paid is durable before the first effect, every step is harmless when repeated, and if this
 * process dies the feed delivers that fact again. Where goods are gone in spite of everything, the
 * order is cancelled, and its money is owed.
 */
final class Settlement implements Desk<OrderCommand> {
  private final Desk<OrderCommand> orders;
  private final Bus bus;
  private final InstantSource clock;
  private final Snags snags;
  private final Once once = new Once();

  Settlement(Desk<OrderCommand> orders, Bus bus, InstantSource clock, Snags snags) {
    this.snags = snags;
    this.orders = orders;
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public Future<Reply> handle(OrderCommand command, Context context) {
    var done = orders.handle(command, context);
    return switch (command) {
      case SettlePayment _, ResumeSettlement _ -> done.compose(reply -> goOn(reply, context));
      case CompensateOrder _ -> done.compose(reply -> compensate(reply, context));
      case OrderCommand _ -> done;
    };
  }

  private Future<Reply> goOn(Reply reply, Context context) {
    return reply instanceof Done(var _, OrderFace face) && isUnsettled(face)
        ? once.run(
            face.order(),
            () ->
                allocate(face, face.lines(), context.settled())
                    .onFailure(cause -> snags.met(face.order(), Steps.STOCK, cause)))
        : Future.succeededFuture(reply);
  }

  /** The rooms that hear of the cancelled order give back what is allocated already. */
  private Future<Reply> compensate(Reply reply, Context context) {
    return reply instanceof Done(var _, OrderFace face) && isUnsettled(face)
        ? once.run(
            face.order(),
            () ->
                orders.handle(
                    new AbandonOrder(face.order(), Checkout.calledOff(), now()), context.settled()))
        : Future.succeededFuture(reply);
  }

  private static boolean isUnsettled(OrderFace order) {
    return order.status().equals(OrderFace.CREATED) && order.payment() != null;
  }

  private Future<Reply> allocate(OrderFace order, List<OrderLine> left, Context context) {
    if (left.isEmpty()) {
      return orders.handle(new CompleteOrder(order.order(), now()), context);
    }
    var line = left.getFirst();
    return bus.ask(
            new AllocateStock(
                line.product(), order.order(), line.quantity(), order.placedAt(), now()),
            context)
        .compose(reply ->
            switch (reply) {
              case Done _ -> allocate(order, left.subList(1, left.size()), context);
              case Refused because ->
                  orders.handle(new AbandonOrder(order.order(), because, now()), context);
            });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
