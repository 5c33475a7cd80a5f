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
 * A connection on which somebody asks one thing after the other. Reads no more of an answer than
 * whether it is a good one, and how long; what it says is there for who wants to know.
 */
final class Conversation {
  private static final String END = "\r\n\r\n";
  private static final String LENGTH = "content-length:";

  private final NetSocket socket;
  private Buffer heard = Buffer.buffer();
  private @Nullable Promise<String> answered;

  private Conversation(NetSocket socket) {
    this.socket = socket;
    socket.handler(this::hear);
    socket.closeHandler(_ -> hungUp());
  }

  static Future<Conversation> open(NetClient net, int port) {
    return net.connect(port, "127.0.0.1").map(Conversation::new);
  }

  static String question(String method, String path, String session, String body) {
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

  /** Asks, once the answer before has come. Says the body of the answer. */
  Future<String> ask(Buffer question) {
    var promise = Promise.<String>promise();
    answered = promise;
    var _ = socket.write(question);
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
    if (promise == null) {
      throw new IllegalStateException("an answer to nothing: " + text);
    }
    if (text.startsWith("HTTP/1.1 20")) {
      promise.complete(text.substring(end + END.length()));
    } else {
      promise.fail("another answer: " + text);
    }
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
