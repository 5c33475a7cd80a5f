package boutique.orders;

import boutique.kernel.Bus;
import boutique.language.Command;
import boutique.language.Context;
import boutique.language.carts.CartCommand.UnlockCart;
import boutique.language.carts.CartId;
import boutique.language.discounts.DiscountCommand.ReleaseVoucher;
import boutique.language.discounts.VoucherCode;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives back what a checkout has taken, in reverse: stock, vouchers, cart. Only once it is certain
 * that the order will not exist. Harmless when repeated; whatever a dead process leaves, the rooms
 * that hear of the failure do by themselves.
 */
record Undoing(Bus bus, InstantSource clock) {

  Future<Void> all(OrderFace order, List<OrderLine> reserved, Context context) {
    var now = now();
    var undone = new ArrayList<Command>();
    for (var line : reserved.reversed()) {
      undone.add(new ReleaseStock(line.product(), order.order(), now));
    }
    for (var discount : order.quote().discounts()) {
      undone.add(new ReleaseVoucher(new VoucherCode(discount.rule().code()), order.order(), now));
    }
    if (order.lock() != CartLock.NONE) {
      undone.add(new UnlockCart(CartId.of(order.buyer()), order.order(), now));
    }
    return inTurn(undone, context);
  }

  Future<Void> voucher(VoucherCode code, OrderId order, Context context) {
    return inTurn(List.of(new ReleaseVoucher(code, order, now())), context);
  }

  Future<Void> lock(CartId cart, OrderId order, Context context) {
    return inTurn(List.of(new UnlockCart(cart, order, now())), context);
  }

  private Future<Void> inTurn(List<? extends Command> commands, Context context) {
    var done = Future.<Void>succeededFuture();
    for (var command : commands) {
      done = done.compose(_ -> bus.ask(command, context).mapEmpty());
    }
    return done;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
