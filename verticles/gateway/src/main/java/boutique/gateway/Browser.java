package boutique.gateway;

import boutique.language.Live;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One open socket: what it has registered for, and the limits that it must keep to. */
final class Browser {
  private static final String MINE = "orders.me";
  private static final Set<String> FOR_EVERYBODY = Set.of("stock");
  private static final int LONGEST_FRAME = 4096;
  private static final int MOST_FRAMES_PER_SECOND = 50;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final SockJSSocket socket;
  private final @Nullable Session session;
  private final Set<String> topics = new HashSet<>();
  private long second = System.nanoTime();
  private int framesThisSecond;

  Browser(SockJSSocket socket, @Nullable Session session) {
    this.socket = socket;
    this.session = session;
  }

  /** Passes news on, if they are for this one. A socket that does not read misses some. */
  void tell(Live live, String frame) {
    if (topics.contains(live.topic()) && mayHear(live) && !socket.writeQueueFull()) {
      socket.write(frame);
    }
  }

  void hear(Buffer frame) {
    if (frame.length() > LONGEST_FRAME || tooMany()) {
      socket.close(1008, "too much");
      return;
    }
    try {
      hear(new JsonObject(frame));
    } catch (DecodeException | ClassCastException malformed) {
      refuse("invalid_json");
    }
  }

  private void hear(JsonObject frame) {
    var type = frame.getString("type");
    var address = frame.getString("address");
    switch (type) {
      case "ping" -> {} // it only keeps the connection open
      case "register" -> register(address);
      case "unregister" -> topics.remove(address);
      case null, default -> refuse("access_denied");
    }
  }

  private void register(@Nullable String address) {
    if (address != null && FOR_EVERYBODY.contains(address)) {
      topics.add(address);
    } else if (MINE.equals(address) && session != null) {
      topics.add(address);
    } else {
      refuse(MINE.equals(address) ? "not_logged_in" : "access_denied");
    }
  }

  private boolean mayHear(Live live) {
    return live.audience() == null
        || (session != null && live.audience().equals(session.user().value()));
  }

  private boolean tooMany() {
    var now = System.nanoTime();
    if (now - second > SECOND_NANOS) {
      second = now;
      framesThisSecond = 0;
    }
    return ++framesThisSecond > MOST_FRAMES_PER_SECOND;
  }

  private void refuse(String why) {
    socket.write(new JsonObject().put("type", "err").put("body", why).encode());
  }
}
