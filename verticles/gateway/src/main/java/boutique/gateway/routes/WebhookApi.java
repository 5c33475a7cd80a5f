package boutique.gateway.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Ids;
import boutique.gateway.problems.Problem;
import boutique.gateway.sessions.Secret;
import boutique.kernel.Bus;
import boutique.kernel.Unavailable;
import boutique.kernel.payment.Tray;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Page;
import boutique.language.Context;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.codec.Json;
import boutique.language.payments.PaymentCommand;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.List;

/**
 * Where the payment provider tells what has happened there. It is answered when what it says is
 * kept, and before anybody is asked: in the payment's own stream, together with its effect or as a
 * reason to ask; or beside it, to be tried again if we know of no such payment yet, and to be asked
 * about if only the provider knows what has become of a charge.
 *
 * <p>Others may have the same account there. What is for another shop is answered and left alone;
 * what is for ours, as its mark says, has places of its own to wait in, which nothing else takes.
 */
public final class WebhookApi {
  /** In each place: the provider keeps for us what there is no room for, and says it again. */
  private static final int MOST_WAITING = 1_000;

  private final Bus bus;
  private final Views views;
  private final InstantSource clock;
  private final List<Secret> secrets;
  private final Overheard overheard;

  public WebhookApi(
      Bus bus, Views views, InstantSource clock, List<Secret> secrets, Overheard overheard) {
    this.bus = bus;
    this.views = views;
    this.clock = clock;
    this.secrets = List.copyOf(secrets);
    this.overheard = overheard;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "hearStripe", this::hear);
  }

  private Future<Answer> hear(RoutingContext ctx) {
    var body = ctx.body().buffer();
    var signature = ctx.request().getHeader("Stripe-Signature");
    if (body == null || !WebhookSignature.isGood(signature, body, secrets, clock.instant())) {
      throw Problem.of(
          400, "webhook.signature", "Nobody whom we know has signed this, or not lately.");
    }
    var notice = StripeNotice.read(body);
    return (overheard.isForOthers(notice) ? Future.<Void>succeededFuture() : heard(notice))
        .map(Answer.ok(new JsonObject().put("received", true)));
  }

  private Future<Void> heard(StripeNotice notice) {
    var tray = overheard.isForUs(notice) ? Tray.OURS : Tray.ANYBODYS;
    return notice
        .means(Api.now(clock))
        .map(command -> tell(tray.notices(), notice.id(), command))
        .or(() -> notice.charge().map(charge -> hint(tray.charges(), notice.id(), charge)))
        .orElse(Future.succeededFuture());
  }

  private Future<Void> tell(String place, String id, PaymentCommand command) {
    return bus.ask(command, new Context(Ids.next(), null, "stripe"))
        .compose(reply ->
            switch (reply) {
              case Done done when done.face() == null -> keep(place, id, command);
              case Done _ -> Future.succeededFuture();
              case Refused _ -> keep(place, id, command);
            });
  }

  /** It is kept that this charge is to be asked after: the payments room does that. */
  private Future<Void> hint(String place, String id, String charge) {
    return keep(
        place, id, new JsonObject().put("charge", charge).put("since", Api.now(clock).toString()));
  }

  private Future<Void> keep(String place, String id, PaymentCommand command) {
    return keep(
        place,
        id,
        new JsonObject()
            .put("command", new String(Json.encode(command), UTF_8))
            .put("since", command.at().toEpochMilli()));
  }

  private Future<Void> keep(String where, String id, JsonObject what) {
    return views
        .scan(where, Page.first("", MOST_WAITING))
        .compose(others ->
            others.size() < MOST_WAITING || others.stream().anyMatch(one -> one.key().equals(id))
                ? views.claim(new Put(where, id, what)).mapEmpty()
                : Future.failedFuture(new Unavailable("too many of the provider's messages wait")));
  }
}
