package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Etags;
import boutique.gateway.conventions.Ids;
import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Session;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.orders.OrderId;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.CancelPayment;
import boutique.language.payments.PaymentCommand.CapturePayment;
import boutique.language.payments.PaymentCommand.OpenPayment;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentCommand.ProvePayer;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentCommand.ResumePayment;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Refund;
import boutique.language.payments.Standing;
import boutique.language.users.Role;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/payments}: for its buyer; to take held money and to give it back, for operators. */
public final class PaymentsApi {
  private static final String LATER = "later";

  private final Bus bus;
  private final InstantSource clock;

  public PaymentsApi(Bus bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "createPayment", this::create);
    Api.serve(routes, "getPaymentStatus", this::status);
    Api.serve(routes, "confirmPayment", this::confirm);
    Api.serve(routes, "capturePayment", this::capture);
    Api.serve(routes, "refundPayment", this::refund);
    Api.serve(routes, "cancelPayment", this::cancel);
  }

  private Future<Answer> create(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var body = Api.body(ctx);
    if (!StreamId.isPlain(body.getString("orderId"))) {
      throw Problem.notFound("order");
    }
    var order = new OrderId(body.getString("orderId"));
    var token = body.getString("token");
    var later = isLater(body);
    var command =
        token == null
            ? new OpenPayment(order, session.user(), Api.now(clock))
            : new PayOrder(order, session.user(), token, later, Api.now(clock));
    return ask(ctx, command)
        .map(seen ->
            answer(seen, Answer.created(PaymentJson.of(seen)))
                .located("/api/payments/" + seen.face().payment().value() + "/status"));
  }

  private Future<Answer> status(RoutingContext ctx) {
    return mine(ctx, true)
        .compose(seen ->
            isToProve(ctx, seen.face())
                ? ask(ctx, new ResumePayment(seen.face().order(), Api.now(clock)))
                    .map(now -> Answer.ok(PaymentJson.of(now)))
                : Future.succeededFuture(
                    Api.unlessKnown(ctx, Etags.of(seen.version()), () -> PaymentJson.of(seen))));
  }

  /** With what they do that is known to the provider alone, and is their own business alone. */
  private static boolean isToProve(RoutingContext ctx, PaymentFace face) {
    return face.standing() == Standing.ACTION_REQUIRED
        && face.sale().buyer().equals(Sessions.required(ctx).user());
  }

  private Future<Answer> confirm(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var token = Api.body(ctx).getString("token");
    var later = isLater(Api.body(ctx));
    return mine(ctx, false)
        .compose(seen ->
            ask(
                ctx,
                token == null
                    ? new ProvePayer(seen.face().order(), session.user(), Api.now(clock))
                    : new PayOrder(
                        seen.face().order(), session.user(), token, later, Api.now(clock))))
        .map(seen -> answer(seen, Answer.ok(PaymentJson.of(seen))));
  }

  /** It is a wish about paying, so it is said together with what is paid with, or is lost. */
  private static boolean isLater(JsonObject body) {
    var later = LATER.equals(body.getString("capture"));
    if (later && body.getString("token") == null) {
      throw Problem.invalid(
          List.of(new Wrong("capture", "is said together with the token that is paid with")));
    }
    return later;
  }

  private Future<Answer> capture(RoutingContext ctx) {
    return mine(ctx, true)
        .compose(seen -> change(ctx, new CapturePayment(seen.face().order(), Api.now(clock))))
        .map(seen -> answer(seen, Answer.ok(PaymentJson.of(seen))));
  }

  private Future<Answer> cancel(RoutingContext ctx) {
    return mine(ctx, true)
        .compose(seen -> change(ctx, new CancelPayment(seen.face().order(), Api.now(clock))))
        .map(seen -> changed(seen, Answer.ok(PaymentJson.of(seen))));
  }

  private Future<Answer> refund(RoutingContext ctx) {
    var refund = Ids.made(ctx, "refund");
    return mine(ctx, true)
        .compose(seen ->
            change(
                ctx,
                new RefundPart(
                    seen.face().order(),
                    refund,
                    amount(ctx, seen.face()),
                    Api.body(ctx).getString("reason", "operator"),
                    Api.now(clock))))
        .map(seen -> {
          refused(seen.face().refunds(), refund)
              .ifPresent(because -> {
                throw Problem.refused(because);
              });
          return changed(seen, Answer.ok(PaymentJson.of(seen)));
        });
  }

  /** What is begun, or of what nobody knows yet, is no failure. */
  static Optional<Refused> refused(List<Refund> refunds, String id) {
    return refunds.stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .filter(one ->
            switch (one.standing()) {
              case ASKED, PENDING, DONE -> false;
              case DENIED, REPLACED -> true;
            })
        .map(one ->
            new Refused(
                "payment.refund-refused",
                "The payment provider did not give this money back. What is left may be refunded"
                    + " anew.",
                Map.of("reason", String.valueOf(one.failure()))));
  }

  /** In the payment's own currency; all that is left, where no amount is said. */
  private static @Nullable Money amount(RoutingContext ctx, PaymentFace face) {
    var body = Api.body(ctx);
    var taken = face.sale().amount().currency();
    var currency = body.getString("currency", taken);
    if (!currency.equals(taken) && !body.containsKey("amount")) {
      throw Problem.refused(
          new Refused(
              "payment.refund-currency",
              "Money goes back in the currency in which it was taken.",
              Map.of("currency", taken)));
    }
    return body.containsKey("amount")
        ? Prices.of(Objects.requireNonNull(ctx.body().buffer()), "amount", currency)
        : null;
  }

  private Future<Seen<PaymentFace>> ask(RoutingContext ctx, PaymentCommand command) {
    return ask(command, Api.context(Sessions.required(ctx)));
  }

  /** If it still is at the version that the client names. */
  private Future<Seen<PaymentFace>> change(RoutingContext ctx, PaymentCommand command) {
    return ask(command, Api.context(ctx, Sessions.required(ctx), command.stream()));
  }

  private Future<Seen<PaymentFace>> ask(PaymentCommand command, Context context) {
    return bus.ask(command, context).compose(reply -> Api.seen(reply, PaymentFace.class));
  }

  /** Somebody else's payment does not exist, except for operators where they have a say. */
  private Future<Seen<PaymentFace>> mine(RoutingContext ctx, boolean operators) {
    var session = Sessions.required(ctx);
    var id = Api.id(ctx);
    if (!StreamId.isPlain(id)) {
      throw Problem.notFound("payment");
    }
    return bus.look(new PaymentId(id).stream())
        .map(done -> {
          if (done.face() instanceof PaymentFace face
              && (face.sale().buyer().equals(session.user())
                  || (operators && isOperator(session)))) {
            return new Seen<>(done.version(), face);
          }
          throw Problem.notFound("payment");
        });
  }

  private static boolean isOperator(Session session) {
    return session.roles().contains(Role.OPERATOR);
  }

  /** Whoever wanted to pay and has not is told so as a problem. */
  private static Answer answer(Seen<PaymentFace> seen, Answer answer) {
    if (seen.face().standing() == Standing.FAILED) {
      throw Problem.refused(refusal(seen.face().failure()));
    }
    return changed(seen, answer);
  }

  static Refused refusal(@Nullable String code) {
    return switch (code) {
      case "order.not-payable" ->
          new Refused("order.not-payable", "This order cannot be paid any more.");
      case "resource_missing" ->
          new Refused("payment.method-unknown", "The payment provider knows no such token.");
      case "amount_too_small" ->
          new Refused(
              "payment.amount-too-small",
              "The payment provider takes no amount as small as this. Nothing was charged, and"
                  + " another card makes no difference.");
      case "amount_too_large" ->
          new Refused(
              "payment.amount-too-large",
              "The payment provider takes no amount as large as this. Nothing was charged, and"
                  + " another card makes no difference.");
      case null, default ->
          new Refused(
              "payment.declined",
              "The payment was declined. Nothing was charged; you may try another card.",
              Map.of("reason", String.valueOf(code)));
    };
  }

  private static Answer changed(Seen<PaymentFace> seen, Answer answer) {
    return answer.tagged(Etags.of(seen.version())).changing(seen.face().payment().stream());
  }
}
