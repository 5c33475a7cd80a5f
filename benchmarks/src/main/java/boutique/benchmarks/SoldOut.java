package boutique.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What it costs to say no. When something is sold out, most of those who want it come too late, and
 * nobody who can still buy something may have to wait for them.
 */
final class SoldOut implements Benchmark {
  private static final double BAR = 0.5;
  private static final long PATIENCE_SECONDS = 30;

  @Override
  public String name() {
    return "soldout";
  }

  @Override
  public String question() {
    return "POST /api/orders of what is sold out, against a bare Vert.x server that answers the"
        + " same bytes";
  }

  @Override
  public List<Row> measure(Place place) throws Exception {
    var data = place.fresh("data");
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try (var shop = Server.shop(place, data, 0, Map.of(), "--no-demo")) {
      shop.untilReady("/health/ready");
      var buyer = Buyer.of(vertx, shop, "buyer@example.org");
      var item = new JsonObject().put("productId", buyer.offers(0)).put("quantity", 1);
      var order = new JsonObject().put("items", new JsonArray().add(item));
      var refusal = buyer.posts("/api/orders", order);
      return Gateway.compare(place, vertx, shop, "POST /api/orders, 409", refusal, BAR);
    } finally {
      vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Place.delete(data);
    }
  }
}
