package boutique.gateway.conventions;

import boutique.kernel.Bus;
import boutique.kernel.views.Shown;
import boutique.language.Face;
import boutique.language.Reply.Done;
import boutique.language.StreamId;
import boutique.language.carts.CartId;
import boutique.language.discounts.VoucherCode;
import boutique.language.inventory.InventoryCommand;
import boutique.language.orders.OrderFace;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until what has happened is everywhere where it leads to: whoever hears of a change has done
 * what they do because of it, so the streams that this concerns are looked at only then, and waited
 * for in their turn, until nothing more follows.
 */
record Aftermath(Bus bus, Shown shown) {

  /** How far a stream was when it was looked at, and what follows from it. */
  private record Look(StreamId stream, long version, List<StreamId> concerned) {}

  /** Whether all of it is shown now; false when that was not so in time. */
  Future<Boolean> of(Collection<StreamId> changed) {
    return goOn(new LinkedHashSet<>(changed), Map.of())
        .timeout(Shown.DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(false);
  }

  private Future<Boolean> goOn(Set<StreamId> streams, Map<StreamId, Long> before) {
    return Future.all(streams.stream().map(this::look).toList())
        .map(looked ->
            looked.<Look>list().stream()
                .filter(look -> look.version() > before.getOrDefault(look.stream(), 0L))
                .toList())
        .compose(moved -> goOn(streams, before, moved));
  }

  private Future<Boolean> goOn(
      Set<StreamId> streams, Map<StreamId, Long> before, List<Look> moved) {
    return Future.all(
            moved.stream().map(look -> shown.upTo(look.stream(), look.version())).toList())
        .compose(all -> {
          if (all.<Boolean>list().contains(false)) {
            return Future.succeededFuture(false);
          }
          if (moved.stream().allMatch(look -> look.concerned().isEmpty())) {
            return Future.succeededFuture(true);
          }
          var next = new HashSet<>(streams);
          var known = new HashMap<>(before);
          moved.forEach(look -> {
            next.addAll(look.concerned());
            known.put(look.stream(), look.version());
          });
          return goOn(next, known);
        });
  }

  private Future<Look> look(StreamId stream) {
    return bus.look(stream)
        .map((Done done) -> new Look(stream, done.version(), concerned(done.face())));
  }

  /**
   * What may change because this has: an order and its money change each other. From what many
   * others change as well nothing follows, so nobody waits until they rest.
   */
  private static List<StreamId> concerned(@Nullable Face face) {
    return switch (face) {
      case PaymentFace payment -> List.of(payment.order().stream());
      case OrderFace order -> concerned(order);
      case null, default -> List.of();
    };
  }

  private static List<StreamId> concerned(OrderFace order) {
    var streams = new ArrayList<StreamId>();
    streams.add(PaymentId.of(order.order()).stream());
    streams.add(CartId.of(order.buyer()).stream());
    order
        .lines()
        .forEach(line -> streams.add(new StreamId(InventoryCommand.ROOM, line.product().value())));
    order
        .quote()
        .discounts()
        .forEach(discount -> streams.add(new VoucherCode(discount.rule().code()).stream()));
    return streams;
  }
}
