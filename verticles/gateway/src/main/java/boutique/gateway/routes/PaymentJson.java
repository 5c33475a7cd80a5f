package boutique.gateway.routes;

import boutique.gateway.routes.Api.Seen;
import boutique.language.payments.PaymentFace;
import io.vertx.core.json.JsonObject;

/** A payment as its buyer sees it. */
final class PaymentJson {
  private PaymentJson() {}

  static JsonObject of(Seen<PaymentFace> seen) {
    var face = seen.face();
    var json =
        new JsonObject()
            .put("id", face.payment().value())
            .put("orderId", face.order().value())
            .put("userId", face.sale().buyer().value())
            .put("stripeId", face.reference())
            .put("status", face.standing().wireName())
            .put("amount", face.sale().amount().decimal())
            .put("refunded", face.refunded().decimal())
            .put("currency", face.sale().amount().currency())
            .put("version", seen.version());
    if (face.action() != null) {
      json.put("action", face.action());
    }
    return face.failure() == null ? json : json.put("failure", face.failure());
  }
}
