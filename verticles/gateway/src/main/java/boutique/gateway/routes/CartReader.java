package boutique.gateway.routes;

import boutique.gateway.routes.Api.Seen;
import boutique.language.carts.CartFace;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Finds out what a cart's lines and vouchers are worth at this moment. */
public record CartReader(Offers offers, Vouchers vouchers) {

  Future<JsonObject> read(Seen<CartFace> seen) {
    var cart = seen.face();
    return Future.all(offers.of(cart.lines(), cart.cart()), vouchers.effects(cart))
        .map(both -> CartJson.of(seen, both.resultAt(0), both.resultAt(1)));
  }
}
