package boutique.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A shopper's connection: puts one more into the cart, each time; when the line is nearly full it
 * is set back to one, which is a change like the others. Reads no more of an answer than whether it
 * is a good one, and how long.
 */
final class Shopping {
  private static final int NEARLY_FULL = 90;
  private static final String END = "\r\n\r\n";
  private static final String LENGTH = "content-length:";

  private final NetSocket socket;
  private final Buffer add;
  private final Buffer reset;
  private int inCart;
  private Buffer heard = Buffer.buffer();
  private @Nullable Promise<Void> answered;

  private Shopping(NetSocket socket, String session, String product) {
    this.socket = socket;
    var item = "{\"productId\":\"" + product + "\",\"quantity\":1}";
    this.add = Buffer.buffer(asks("POST", "/api/cart/items", session, item));
    this.reset =
        Buffer.buffer(asks("PUT", "/api/cart/items/" + product, session, "{\"quantity\":1}"));
    socket.handler(this::hear);
    socket.closeHandler(_ -> hungUp());
  }

  static Future<Shopping> open(NetClient net, int port, String session, String product) {
    return net.connect(port, "127.0.0.1").map(socket -> new Shopping(socket, session, product));
  }

  static String asks(String method, String path, String session, String body) {
    return """
    %s %s HTTP/1.1\r
    Host: localhost\r
    Authorization: Bearer %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(method, path, session, body.length(), body);
  }

  /** One more, once the answer before has come. */
  Future<Void> ask() {
    var promise = Promise.<Void>promise();
    answered = promise;
    inCart = inCart % NEARLY_FULL + 1;
    var _ = socket.write(inCart == NEARLY_FULL ? reset : add);
    return promise.future();
  }

  private void hear(Buffer part) {
    heard = heard.length() == 0 ? part : heard.appendBuffer(part);
    var text = heard.toString(ISO_8859_1);
    var end = text.indexOf(END);
    if (end < 0 || text.length() < end + END.length() + length(text.substring(0, end))) {
      return;
    }
    heard = Buffer.buffer();
    var promise = answered;
    if (promise == null || !text.startsWith("HTTP/1.1 200")) {
      throw new IllegalStateException("another answer: " + text);
    }
    promise.complete();
  }

  private static int length(String head) {
    var lower = head.toLowerCase(Locale.ROOT);
    var start = lower.indexOf(LENGTH) + LENGTH.length();
    var end = lower.indexOf('\r', start);
    return Integer.parseInt(lower.substring(start, end < 0 ? lower.length() : end).strip());
  }

  private void hungUp() {
    if (answered != null) {
      answered.tryFail("it hung up");
    }
  }
}
