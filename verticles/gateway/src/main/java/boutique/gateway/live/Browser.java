package boutique.gateway.live;

import boutique.gateway.door.Transport;
import boutique.gateway.sessions.Session;
import boutique.language.Live;
import boutique.language.Revoked;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One open socket: what it has registered for, and the limits that it must keep to. */
final class Browser {
  private static final int OVER = 4401;
  private static final int TOO_MUCH = 1008;
  private static final int TOO_SLOW = 4408;

  private static final Set<String> OF_A_USER =
      Set.of("orders.me", "checkout.me", "payments.me", "sale.me");
  private static final Set<String> OF_ANYBODY = Set.of("cart.me");
  private static final Set<String> FOR_EVERYBODY = Set.of("stock", "sale");
  private static final int MOST_TOPICS = 8;
  private static final int LONGEST_FRAME = 4096;
  private static final int MOST_UNREAD_CHARACTERS = 64 << 10;
  private static final long SLOW_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long GOOD_BYE_MILLIS = 2_000;

  private final SockJSSocket socket;
  private final @Nullable Session session;
  private final @Nullable String me;
  private final Vertx vertx;
  private final Set<String> topics = new HashSet<>();
  private final FrameRate rate = FrameRate.ofMessages(System.nanoTime());
  private int unread;
  private long fullSince;
  private boolean leaving;
  private boolean gone;

  /**
   * An open socket.
   *
   * @param me who is meant by "me": the user, or the guest whose cart it is
   */
  Browser(SockJSSocket socket, @Nullable Session session, @Nullable String me, Vertx vertx) {
    this.socket = socket;
    this.session = session;
    this.me = me;
    this.vertx = vertx;
  }

  /** Passes news on, if they are for this one. */
  void tell(Live live, String frame) {
    if (topics.contains(live.topic()) && mayHear(live) && reads()) {
      write(frame);
    }
  }

  void hear(Buffer frame) {
    if (leaving) {
      return;
    }
    if (frame.length() > LONGEST_FRAME || !rate.allows(System.nanoTime())) {
      leave(TOO_MUCH, "too much");
      return;
    }
    try {
      hear(new JsonObject(frame));
    } catch (DecodeException | ClassCastException malformed) {
      refuse("invalid_json");
    }
  }

  boolean isEndedBy(Revoked revoked) {
    return session != null
        && session.user().value().equals(revoked.user())
        && (revoked.session() == null
            ? session.epoch() < revoked.epoch()
            : session.sid().value().equals(revoked.session()));
  }

  /** Nothing more is told. Why is said in a frame too, since SockJS has no codes of its own. */
  void end() {
    if (!leaving) {
      refuse("session_over");
      leave(OVER, "the session is over");
    }
  }

  void gone() {
    gone = true;
  }

  /** Said to whoever reads it, after what was said before; from who does not, the line is taken. */
  private void leave(int code, String why) {
    leaving = true;
    topics.clear();
    vertx.runOnContext(_ -> socket.close(code, why));
    vertx.setTimer(
        GOOD_BYE_MILLIS,
        _ -> {
          if (!gone) {
            cut();
          }
        });
  }

  /** What is written to one that does not read is never written, the closing frame neither. */
  private void cut() {
    Transport.beneath(socket.routingContext().request().connection())
        .ifPresent(line -> {
          var _ = line.close(); // nobody is there to hear how it went
        });
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
    if (address == null || !isOffered(address)) {
      refuse("access_denied");
    } else if ((OF_A_USER.contains(address) && session == null)
        || (OF_ANYBODY.contains(address) && me == null)) {
      refuse("not_logged_in");
    } else if (topics.size() >= MOST_TOPICS && !topics.contains(address)) {
      refuse("max_handler_reached");
    } else {
      topics.add(address);
    }
  }

  private static boolean isOffered(String address) {
    return OF_A_USER.contains(address)
        || OF_ANYBODY.contains(address)
        || FOR_EVERYBODY.contains(address);
  }

  private boolean mayHear(Live live) {
    return live.audience() == null || live.audience().equals(me);
  }

  /** One that does not read misses news; one that does not read for long is let go. */
  private boolean reads() {
    if (unread < MOST_UNREAD_CHARACTERS) {
      fullSince = 0;
      return true;
    }
    var now = System.nanoTime();
    if (fullSince == 0) {
      fullSince = now;
    } else if (now - fullSince > SLOW_NANOS) {
      leave(TOO_SLOW, "too slow");
    }
    return false;
  }

  private void refuse(String why) {
    if (unread < MOST_UNREAD_CHARACTERS) {
      write(new JsonObject().put("type", "err").put("body", why).encode());
    }
  }

  /** Counted by ourselves: SockJS keeps no account of what its peer has not read yet. */
  private void write(String frame) {
    unread += frame.length();
    socket.write(frame).onComplete(_ -> unread -= frame.length());
  }
}
