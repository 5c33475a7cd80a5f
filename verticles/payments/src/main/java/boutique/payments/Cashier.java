package boutique.payments;

import boutique.kernel.Bus;
import boutique.kernel.Unavailable;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.AbandonPayment;
import boutique.language.payments.PaymentCommand.CancelPayment;
import boutique.language.payments.PaymentCommand.CapturePayment;
import boutique.language.payments.PaymentCommand.HearNotice;
import boutique.language.payments.PaymentCommand.OpenPayment;
import boutique.language.payments.PaymentCommand.OweRefund;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentCommand.ProvePayer;
import boutique.language.payments.PaymentCommand.RecordDeniedRefund;
import boutique.language.payments.PaymentCommand.RecordDispute;
import boutique.language.payments.PaymentCommand.RecordFailedRefund;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RecordPendingRefund;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentCommand.RefundReturn;
import boutique.language.payments.PaymentCommand.RenewKey;
import boutique.language.payments.PaymentCommand.RequestPayment;
import boutique.language.payments.PaymentCommand.ResumePayment;
import boutique.language.payments.PaymentCommand.ReturnSurplus;
import boutique.language.payments.PaymentCommand.WithdrawPayment;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Sale;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is wanted, has the provider asked, and answers with what became of it. Whoever has
 * waited long enough is told that it is under way; it goes on, and if this process dies, somebody
 * else takes it up from what is written. The provider's own messages are answered when they are
 * written, and it is asked afterwards.
 */
final class Cashier implements Desk<PaymentCommand> {
  private static final Logger LOG = LoggerFactory.getLogger(Cashier.class);
  private static final String PAYABLE = "created";
  private static final Reply CLOSED =
      new Refused(
          "payment.unavailable",
          "No payment can be taken just now. Nothing was charged; please try again later.");

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final int MOST_AT_ONCE = 2_000;

  private final Desk<PaymentCommand> till;
  private final Bus bus;
  private final PaymentProvider provider;
  private final OtherBooks others;
  private final Asking asking;
  private final Map<Errand, Future<Reply>> running = new HashMap<>();

  /** One thing that the provider is asked about: a step of an attempt, or a refund. */
  private record Errand(PaymentId payment, String what) {}

  Cashier(Desk<PaymentCommand> till, Bus bus, PaymentProvider provider, InstantSource clock) {
    this.till = till;
    this.bus = bus;
    this.provider = provider;
    this.others = new OtherBooks(provider);
    this.asking = new Asking(till, bus, provider, clock);
  }

  @Override
  public Future<Reply> handle(PaymentCommand command, Context context) {
    return switch (command) {
      case OpenPayment c ->
          ordered(c.order(), c.by(), seen -> till.handle(request(c, seen, null, false), context));
      case PayOrder c -> ordered(c.order(), c.by(), seen -> pay(c, seen, context));
      case ProvePayer c -> till.handle(c, context).compose(reply -> prove(c, reply, context));
      case HearNotice _ -> write(command, context);
      case RefundPart c -> here(c, context, () -> refund(c, c.refund(), context), _ -> refused());
      case RefundReturn c ->
          here(
              c,
              context,
              () -> refund(c, c.refund(), context),
              _ -> owed(c, c.refund(), c.amount(), "returned", context));
      case RefundPayment c ->
          here(c, context, () -> carryOut(c, context), _ -> owed(c, null, null, c.why(), context));
      case CapturePayment _, CancelPayment _ ->
          here(command, context, () -> carryOut(command, context), _ -> refused());
      case AbandonPayment _, WithdrawPayment _ ->
          here(command, context, () -> write(command, context), Future::succeededFuture);
      case ResumePayment _ -> carryOut(command, context);
      case RequestPayment _,
          RecordOutcome _,
          RecordRefund _,
          RecordPendingRefund _,
          RecordFailedRefund _,
          RecordDeniedRefund _,
          RecordDispute _,
          ReturnSurplus _,
          OweRefund _,
          RenewKey _ ->
          till.handle(command, context);
    };
  }

  /** Only this one is waited for. */
  private Future<Reply> refund(PaymentCommand command, String refund, Context context) {
    return till.handle(command, context)
        .compose(reply -> goOn(reply, context, _ -> giveBack(refund, reply, context.settled())));
  }

  private Future<Reply> carryOut(PaymentCommand command, Context context) {
    return till.handle(command, context).compose(reply -> goOn(reply, false, context));
  }

  private Future<Reply> stands(PaymentCommand of, Context context) {
    return till.handle(new ResumePayment(of.order(), of.at()), context.settled());
  }

  /**
   * Whatever moves money, where it is with the provider in use; another one is not asked.
   *
   * @param then what is done in that case
   * @param elsewhere what is said in the other, of a payment as it stands
   */
  private Future<Reply> here(
      PaymentCommand command,
      Context context,
      Supplier<Future<Reply>> then,
      Function<Reply, Future<Reply>> elsewhere) {
    return stands(command, context)
        .compose(stands ->
            stands instanceof Done(var _, PaymentFace face) && others.have(face)
                ? elsewhere.apply(stands)
                : then.get());
  }

  private static Future<Reply> refused() {
    return Future.succeededFuture(
        new Refused(
            "payment.other-books",
            "This payment was made with another provider, or in its other mode, than is in use"
                + " now. See to it at that provider's own desk."));
  }

  /**
   * What is owed because of something else than a person's wish. What was asked for before may have
   * been done there, and stays as it is.
   */
  private Future<Reply> owed(
      PaymentCommand wish,
      @Nullable String refund,
      @Nullable Money amount,
      String why,
      Context context) {
    return till.handle(new OweRefund(wish.order(), refund, amount, why, wish.at()), context);
  }

  /** Somebody else's order is none. */
  private Future<Reply> ordered(OrderId order, UserId by, Function<OrderFace, Future<Reply>> then) {
    return bus.look(order.stream())
        .compose(seen ->
            seen.face() instanceof OrderFace face
                    && face.buyer().equals(by)
                    && !face.status().equals(OrderFace.CHECKING_OUT)
                ? then.apply(face)
                : Future.succeededFuture(
                    new Refused("order.not-found", "There is no such order.")));
  }

  private Future<Reply> pay(PayOrder c, OrderFace order, Context context) {
    if (running.size() >= MOST_AT_ONCE) {
      return Future.failedFuture(new Unavailable("too many payments are under way"));
    }
    return till.handle(new ResumePayment(c.order(), c.at()), context)
        .compose(before ->
            begins(c, order, before)
                ? provider
                    .knowsUs()
                    .compose(known ->
                        known ? pay(c, order, before, context) : Future.succeededFuture(CLOSED))
                : pay(c, order, before, context));
  }

  private Future<Reply> pay(PayOrder c, OrderFace order, Reply before, Context context) {
    return till.handle(request(c, order, c.method(), c.captureLater()), context)
        .compose(after -> goOn(after, version(after) > version(before), context));
  }

  /** Whether the provider would be asked for another charge: what it was asked for goes on. */
  private static boolean begins(PayOrder c, OrderFace order, Reply before) {
    if (!isPayable(order, c) || order.quote().total().minor() == 0) {
      return false;
    }
    return !(before instanceof Done(var _, PaymentFace face))
        || switch (face.standing()) {
          case OPEN, FAILED, CANCELLED -> true;
          case ACTION_REQUIRED ->
              face.attempt() != null && !face.attempt().method().equals(c.method());
          case PROCESSING, AUTHORIZED, CAPTURING, CANCELLING, PAID, PARTIALLY_REFUNDED, REFUNDED ->
              false;
        };
  }

  private RequestPayment request(
      PaymentCommand c, OrderFace order, @Nullable String method, boolean captureLater) {
    var sale = new Sale(order.buyer(), order.quote().total(), order.lines());
    return new RequestPayment(
        c.order(),
        sale,
        method,
        captureLater,
        provider.live(),
        isPayable(order, c),
        order.status().equals(OrderFace.CANCELLED),
        c.at());
  }

  /** After the time to pay nothing is begun any more; what was begun in it goes on. */
  private static boolean isPayable(OrderFace order, PaymentCommand c) {
    return order.status().equals(PAYABLE) && c.at().isBefore(order.expiresAt());
  }

  private static long version(Reply reply) {
    return switch (reply) {
      case Done(var version, var _) -> version;
      case Refused _ -> 0;
    };
  }

  private Future<Reply> prove(ProvePayer c, Reply reply, Context context) {
    return reply instanceof Done(var _, PaymentFace face) && face.sale().buyer().equals(c.by())
        ? proved(face, reply, context)
        : Future.succeededFuture(new Refused("payment.not-found", "There is no such payment."));
  }

  private Future<Reply> proved(PaymentFace face, Reply reply, Context context) {
    return others.have(face)
        ? Future.succeededFuture(reply)
        : asking.proved(face, context).compose(after -> goOn(after, false, context));
  }

  /**
   * It is answered when it is written, and the provider is asked afterwards; whether it was news,
   * the version says. So whoever says it again does not have the provider asked again.
   */
  private Future<Reply> write(PaymentCommand c, Context context) {
    return till.handle(new ResumePayment(c.order(), c.at()), context)
        .compose(before ->
            till.handle(c, context)
                .onSuccess(after -> {
                  if (version(after) > version(before)) {
                    askLater(after, context);
                  }
                }));
  }

  /** Nobody waits for it: if it fails, it is taken up with all that is unsettled. */
  private void askLater(Reply reply, Context context) {
    goOn(reply, false, context)
        .onFailure(failure -> LOG.warn("the provider is asked later: {}", failure.getMessage()));
  }

  /**
   * Has the provider asked for what is not settled.
   *
   * @param fresh whether the provider cannot have heard of it before
   */
  private Future<Reply> goOn(Reply reply, boolean fresh, Context context) {
    return goOn(
        reply,
        context,
        face ->
            face.attempt() == null
                ? giveBack(face, reply, context.settled())
                : once(
                    new Errand(
                        face.payment(), face.standing().wireName() + " " + face.attempt().number()),
                    () -> asking.about(face, fresh, context.settled())));
  }

  private Future<Reply> goOn(
      Reply reply, Context context, Function<PaymentFace, Future<Reply>> asked) {
    if (!(reply instanceof Done(var _, PaymentFace face))
        || !face.unsettled()
        || others.have(face)
        || running.size() >= MOST_AT_ONCE) {
      return Future.succeededFuture(reply);
    }
    return asked
        .apply(face)
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure ->
            failure instanceof TimeoutException
                ? till.handle(new ResumePayment(face.order(), Instant.EPOCH), context.settled())
                : Future.failedFuture(failure));
  }

  /** One after the other, the latest first: whoever has wanted that is waiting. */
  private Future<Reply> giveBack(PaymentFace face, Reply reply, Context context) {
    var done = Future.succeededFuture(reply);
    for (var refund : face.refunds().reversed()) {
      done = done.compose(stands -> giveBack(refund.id(), stands, context));
    }
    return done;
  }

  /** If it is still to be given back; no other refund is waited for. */
  private Future<Reply> giveBack(String refund, Reply reply, Context context) {
    return reply instanceof Done(var _, PaymentFace face)
        ? face.refunds().stream()
            .filter(one -> one.id().equals(refund) && one.isUnderWay())
            .findFirst()
            .map(one ->
                once(
                    new Errand(face.payment(), "refund " + refund),
                    () -> asking.about(face, one, context)))
            .orElseGet(() -> Future.succeededFuture(reply))
        : Future.succeededFuture(reply);
  }

  /** Nobody asks the provider twice at a time about one thing. */
  private Future<Reply> once(Errand errand, Supplier<Future<Reply>> asked) {
    var already = running.get(errand);
    if (already != null) {
      return already;
    }
    var run = asked.get();
    if (!run.isComplete()) {
      running.put(errand, run);
      run.onComplete(_ -> running.remove(errand));
    }
    return run;
  }
}
