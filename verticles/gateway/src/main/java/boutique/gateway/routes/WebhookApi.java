package boutique.gateway.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Ids;
import boutique.gateway.problems.Problem;
import boutique.gateway.sessions.Secret;
import boutique.kernel.Bus;
import boutique.kernel.Unavailable;
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
 */
public final class WebhookApi {
  /** Messages about payments that nobody knew: the payments room tries them again. */
  private static final String WAITING = "notices";

  /** Messages that are only a reason to look at a charge: the payments room asks after it. */
  private static final String CHARGES = "notices.charges";

  /** The provider keeps for us what there is no room for, and says it again. */
  private static final int MOST_WAITING = 1_000;

  private final Bus bus;
  private final Views views;
  private final InstantSource clock;
  private final List<Secret> secrets;

  public WebhookApi(Bus bus, Views views, InstantSource clock, List<Secret> secrets) {
    this.bus = bus;
    this.views = views;
    this.clock = clock;
    this.secrets = List.copyOf(secrets);
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
    return notice
        .means(Api.now(clock))
        .map(command -> tell(notice.id(), command))
        .or(() -> notice.charge().map(charge -> hint(notice.id(), charge)))
        .orElse(Future.succeededFuture())
        .map(Answer.ok(new JsonObject().put("received", true)));
  }

  private Future<Void> tell(String id, PaymentCommand command) {
    return bus.ask(command, new Context(Ids.next(), null, "stripe"))
        .compose(reply ->
            switch (reply) {
              case Done done when done.face() == null -> keep(id, command);
              case Done _ -> Future.succeededFuture();
              case Refused _ -> keep(id, command);
            });
  }

  /** It is kept that this charge is to be asked after: the payments room does that. */
  private Future<Void> hint(String id, String charge) {
    return keep(
        CHARGES,
        id,
        new JsonObject().put("charge", charge).put("since", Api.now(clock).toString()));
  }

  private Future<Void> keep(String id, PaymentCommand command) {
    return keep(
        WAITING,
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
