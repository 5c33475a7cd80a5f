package boutique.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;

/**
 * A shopper who puts one more into the cart, each time; when the line is nearly full it is set back
 * to one, which is a change like the others.
 */
final class Shopping implements Callers.Work {
  private static final int NEARLY_FULL = 90;

  private final Conversation line;
  private final Buffer add;
  private final Buffer reset;
  private int inCart;

  private Shopping(Conversation line, String session, String product) {
    this.line = line;
    var item = "{\"productId\":\"" + product + "\",\"quantity\":1}";
    this.add = Buffer.buffer(Conversation.question("POST", "/api/cart/items", session, item));
    this.reset =
        Buffer.buffer(
            Conversation.question(
                "PUT", "/api/cart/items/" + product, session, "{\"quantity\":1}"));
  }

  static Future<Shopping> open(NetClient net, int port, String session, String product) {
    return Conversation.open(net, port).map(line -> new Shopping(line, session, product));
  }

  /** One more, once the answer before has come. */
  @Override
  public Future<?> ask() {
    inCart = inCart % NEARLY_FULL + 1;
    return line.ask(inCart == NEARLY_FULL ? reset : add);
  }
}
