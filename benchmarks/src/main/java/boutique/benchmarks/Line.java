package boutique.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * A caller's connection. It knows what the answer will look like, and only counts its bytes: so the
 * caller costs little beside the server.
 */
final class Line {
  private final NetSocket socket;
  private final Buffer question;
  private final int length;
  private final byte[] start;
  private int missing;
  private @Nullable Promise<Void> answered;

  private Line(NetSocket socket, Recording recording) {
    this.socket = socket;
    this.question = Buffer.buffer(recording.question());
    this.length = recording.answer().length();
    this.start = Buffer.buffer(recording.answer().substring(0, "HTTP/1.1 200".length())).getBytes();
    socket.handler(this::hear);
    socket.closeHandler(_ -> hungUp());
  }

  static Future<Line> open(NetClient net, int port, Recording recording) {
    return net.connect(port, "127.0.0.1").map(socket -> new Line(socket, recording));
  }

  /** Asks, once the answer before has come. */
  Future<Void> ask() {
    var promise = Promise.<Void>promise();
    answered = promise;
    missing = length;
    var _ = socket.write(question);
    return promise.future();
  }

  private void hear(Buffer part) {
    var promise = answered;
    if (promise == null) {
      throw new IllegalStateException("an answer to nothing: " + part);
    }
    var different = missing == length && !part.slice(0, start.length).equals(Buffer.buffer(start));
    missing -= part.length();
    if (different || missing < 0) {
      promise.tryFail("another answer: " + part);
    } else if (missing == 0) {
      promise.complete();
    }
  }

  private void hungUp() {
    if (answered != null) {
      answered.tryFail("it hung up");
    }
  }
}
