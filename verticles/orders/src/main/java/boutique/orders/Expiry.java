package boutique.orders;

import boutique.kernel.Bus;
import boutique.kernel.timers.Timers;
import boutique.kernel.timers.Timers.Due;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.orders.OrderCommand.ExpireOrder;
import boutique.language.orders.OrderCommand.FailPayment;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.payments.PaymentCommand.AbandonPayment;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Standing;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls off what was not paid in time, as soon as its timer is due. Whether it really is too late,
 * the order itself decides; one that waits for a payment says until when. One whose money is held
 * waits for days, so nobody keeps a timer for it: its deadline is in the store. When that is over,
 * its payment is called off, and the order hears what has come of it: that the money has been let
 * go of, and it is over; or that it was captured, and it is bought.
 */
public final class Expiry extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
  private static final int AT_ONCE = 500;
  private static final long LOOK_MILLIS = 100;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Timers timers;
  private final InstantSource clock;

  public Expiry(Timers timers, InstantSource clock) {
    this.timers = timers;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    look(new Bus(vertx));
    return Future.succeededFuture();
  }

  /** While there is more, without a pause; else when the next is due, if nobody sets one before. */
  private void look(Bus bus) {
    var now = now();
    timers
        .due(now, AT_ONCE)
        .compose(due -> expire(bus, due.names(), now).map(due))
        .onFailure(failure -> LOG.warn("expiry waits: {}", failure.getMessage()))
        .onComplete(looked ->
            vertx.setTimer(
                looked.succeeded() ? pause(looked.result()) : LOOK_MILLIS, _ -> look(bus)));
  }

  private long pause(Due due) {
    if (due.names().size() == AT_ONCE) {
      return 1;
    }
    return due.next() == null
        ? LOOK_MILLIS
        : Math.clamp(Duration.between(now(), due.next()).toMillis(), 1, LOOK_MILLIS);
  }

  private Future<?> expire(Bus bus, List<String> orders, Instant now) {
    return Future.join(orders.stream().map(order -> expire(bus, order, now)).toList())
        .otherwiseEmpty();
  }

  /** What nobody answers for now is tried again in a moment. */
  private Future<Void> expire(Bus bus, String order, Instant now) {
    var context = new Context("expiry-" + order, null, "orders");
    return bus.ask(new ExpireOrder(new OrderId(order), now), context)
        .compose(reply ->
            isHeldTooLong(reply, now)
                ? abandon(bus, new OrderId(order), now, context)
                : Future.succeededFuture(reply))
        .compose(reply -> waits(reply) ? again(order, next(reply)) : timers.forget(List.of(order)))
        .recover(failure -> {
          LOG.warn("{} expires later: {}", order, failure.getMessage());
          return again(order, now.plus(AGAIN));
        });
  }

  /** That the money has been let go of is said again here, if the order has not heard of it. */
  private static Future<Reply> abandon(Bus bus, OrderId order, Instant now, Context context) {
    return bus.ask(new AbandonPayment(order, now), context)
        .compose(reply ->
            isLetGo(reply)
                ? bus.ask(
                    new FailPayment(order, PaymentId.of(order), "payment.cancelled", now), context)
                : Future.succeededFuture(reply));
  }

  private static boolean isLetGo(Reply reply) {
    return reply instanceof Done(var _, PaymentFace face)
        && (face.standing() == Standing.CANCELLED || face.standing() == Standing.FAILED);
  }

  private static boolean isHeldTooLong(Reply reply, Instant now) {
    return reply instanceof Done(var _, OrderFace face)
        && face.paymentStatus().equals(OrderFace.AUTHORIZED)
        && face.paying() != null
        && !now.isBefore(face.paying());
  }

  private static boolean waits(Reply reply) {
    return reply instanceof Done(var _, OrderFace face)
        && face.status().equals(OrderFace.CREATED)
        && face.payment() == null
        && !face.paymentStatus().equals(OrderFace.AUTHORIZED);
  }

  private Instant next(Reply reply) {
    return reply instanceof Done(var _, OrderFace face) && face.paying() != null
        ? face.paying()
        : now().plus(AGAIN);
  }

  private Future<Void> again(String order, Instant at) {
    return timers.set(Map.of(order, at));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
