package boutique.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;

/** A buyer who places one order after the other, and pays for each at once. */
final class Purchase implements Callers.Work {
  private final Conversation line;
  private final String session;
  private final Buffer order;

  private Purchase(Conversation line, String session, JsonObject order) {
    this.line = line;
    this.session = session;
    this.order = Buffer.buffer(placing(session, order));
  }

  static Future<Purchase> open(NetClient net, int port, String session, JsonObject order) {
    return Conversation.open(net, port).map(line -> new Purchase(line, session, order));
  }

  static String placing(String session, JsonObject order) {
    return Conversation.question("POST", "/api/orders", session, order.encode());
  }

  static String paying(String session, String order) {
    var payment = new JsonObject().put("token", "tok_visa").put("orderId", order);
    return Conversation.question("POST", "/api/payments", session, payment.encode());
  }

  @Override
  public Future<?> ask() {
    return line.ask(order)
        .map(placed -> new JsonObject(placed).getString("id"))
        .compose(id -> line.ask(Buffer.buffer(paying(session, id))));
  }
}
