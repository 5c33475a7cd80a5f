package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.problems.Problem;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.payment.Wallets;
import boutique.kernel.payment.Wallets.Card;
import boutique.kernel.payment.Wallets.Full;
import boutique.kernel.payment.Wallets.Kept;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.List;
import java.util.Optional;

/**
 * {@code /api/payments/stripe/payment-method}: the cards that somebody has left with the payment
 * provider, to pay with again. They are with the provider only.
 */
public final class PaymentMethodsApi {
  private final Wallets wallets;
  private final JsonObject config;

  /**
   * The cards in these wallets.
   *
   * @param publishableKey with which pages may ask for cards; empty where none are asked for
   */
  public PaymentMethodsApi(Wallets wallets, Optional<String> publishableKey) {
    this.wallets = wallets;
    this.config = new JsonObject().put("publishableKey", publishableKey.orElse(null));
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "getPaymentConfig", this::config);
    Api.serve(routes, "savePaymentMethod", this::save);
    Api.serve(routes, "listPaymentMethods", this::list);
    Api.serve(routes, "deletePaymentMethod", this::delete);
  }

  private Future<Answer> config(RoutingContext ctx) {
    return Future.succeededFuture(Answer.ok(config.copy()));
  }

  private Future<Answer> save(RoutingContext ctx) {
    return wallets
        .keep(user(ctx), Api.body(ctx).getString("token"))
        .map(keeping ->
            switch (keeping) {
              case Kept(var card) -> Answer.created(json(card));
              case Full _ ->
                  throw Problem.of(
                      409, "payment-method.too-many", "Delete one of your cards first.");
              case Wallets.Refused(var code) -> throw Problem.refused(PaymentsApi.refusal(code));
            });
  }

  private Future<Answer> list(RoutingContext ctx) {
    return wallets
        .of(user(ctx))
        .map(cards -> Answer.ok(new JsonObject().put("items", json(cards))));
  }

  private Future<Answer> delete(RoutingContext ctx) {
    return wallets
        .drop(user(ctx), Api.id(ctx))
        .map(had -> {
          if (had) {
            return Answer.nothing();
          }
          throw Problem.notFound("payment-method");
        });
  }

  private static String user(RoutingContext ctx) {
    return Sessions.required(ctx).user().value();
  }

  static JsonArray json(List<Card> cards) {
    return new JsonArray(cards.stream().map(PaymentMethodsApi::json).toList());
  }

  private static JsonObject json(Card card) {
    return new JsonObject()
        .put("id", card.id())
        .put("brand", card.brand())
        .put("last4", card.last4())
        .put("expMonth", card.expMonth())
        .put("expYear", card.expYear());
  }
}
