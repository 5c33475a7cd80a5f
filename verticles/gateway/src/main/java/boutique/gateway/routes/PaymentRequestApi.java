package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Etags;
import boutique.gateway.problems.Problem;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.orders.OrderFace;
import boutique.language.payments.PaymentCommand.OpenPayment;
import boutique.language.payments.PaymentFace;
import boutique.language.users.Role;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;

/**
 * {@code /api/orders/:id/payment/request}: opens the payment of an order that awaits it, for its
 * buyer to pay; an operator may ask for it too.
 */
public final class PaymentRequestApi {
  private final Bus bus;
  private final InstantSource clock;

  public PaymentRequestApi(Bus bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "requestPayment", this::request);
  }

  private Future<Answer> request(RoutingContext ctx) {
    return payable(ctx)
        .compose(order ->
            bus.ask(
                new OpenPayment(order.order(), order.buyer(), Api.now(clock)),
                Api.context(Sessions.required(ctx))))
        .compose(reply -> Api.seen(reply, PaymentFace.class))
        .map(PaymentRequestApi::opened);
  }

  private static Answer opened(Seen<PaymentFace> seen) {
    return Answer.created(PaymentJson.of(seen))
        .tagged(Etags.of(seen.version()))
        .changing(seen.face().payment().stream(), seen.face().order().stream())
        .located("/api/payments/" + seen.face().payment().value() + "/status");
  }

  /** Somebody else's order does not exist, except for operators. */
  private Future<OrderFace> payable(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    return bus.look(OrdersApi.order(ctx).stream())
        .map(seen -> {
          if (!(seen.face() instanceof OrderFace order)
              || order.status().equals(OrderFace.CHECKING_OUT)
              || !(order.buyer().equals(session.user())
                  || session.roles().contains(Role.OPERATOR))) {
            throw Problem.notFound("order");
          }
          var expected = Etags.expected(ctx, order.order().stream());
          if (expected != null && !expected.isMetBy(order.version(seen.version()))) {
            throw Problem.of(412, "version.stale", "It has been changed meanwhile. Read it again.");
          }
          if (!order.status().equals(OrderFace.CREATED)
              || order.payment() != null
              || order.paymentStatus().equals(OrderFace.AUTHORIZED)
              || !clock.instant().isBefore(order.expiresAt())) {
            throw Problem.of(409, "order.not-payable", "This order does not await its payment.");
          }
          return order;
        });
  }
}
