package boutique.gateway.routes;

import boutique.gateway.routes.Api.Seen;
import boutique.language.payments.PaymentFace;
import io.vertx.core.json.JsonArray;
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
            .put("lost", face.lost().decimal())
            .put("currency", face.sale().amount().currency())
            .put("refunds", refunds(face))
            .put("disputes", disputes(face))
            .put("version", seen.version());
    if (face.action() != null) {
      json.put("action", face.action());
    }
    return face.failure() == null ? json : json.put("failure", face.failure());
  }

  /** What its payer has called wrong, and how far that is. */
  private static JsonArray disputes(PaymentFace face) {
    return new JsonArray(
        face.aside().disputes().stream()
            .map(dispute ->
                new JsonObject()
                    .put("id", dispute.reference())
                    .put("amount", dispute.amount().decimal())
                    .put("currency", dispute.amount().currency())
                    .put("status", dispute.standing().wireName()))
            .toList());
  }

  /** How far each is: what is under way has not arrived, and what has failed is still owed. */
  private static JsonArray refunds(PaymentFace face) {
    var refunds = new JsonArray();
    for (var refund : face.refunds()) {
      var json =
          new JsonObject()
              .put("id", refund.id())
              .put("amount", refund.amount().decimal())
              .put("status", refund.standing().wireName());
      refunds.add(refund.failure() == null ? json : json.put("failure", refund.failure()));
    }
    return refunds;
  }
}
