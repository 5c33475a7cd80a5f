package boutique.gateway;

import boutique.kernel.Bus;
import boutique.language.Live;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pushes news to open browsers over SockJS, in the frames of the event-bus bridge, so that its
 * official clients work.
 *
 * <p>Browsers never touch the bus: nothing can be sent to it, and however many sockets register,
 * the gateway itself listens once. A browser names a topic such as {@code orders.me}; who "me" is,
 * its session says.
 */
final class BrowserBridge {
  private static final List<String> ALL_BUT_WEBSOCKET =
      List.of("XHR", "EVENT_SOURCE", "HTML_FILE", "JSON_P");
  private static final int MOST_SOCKETS = 20_000;

  private final Vertx vertx;
  private final Sessions sessions;
  private final Set<Browser> browsers = new HashSet<>();
  private final Map<String, Set<Browser>> byUser = new HashMap<>();
  private final MessageConsumer<Live> news;

  BrowserBridge(Vertx vertx, Bus bus, Sessions sessions) {
    this.vertx = vertx;
    this.sessions = sessions;
    this.news = bus.news(this::pass);
  }

  Future<Void> ready() {
    return news.completion();
  }

  Router router() {
    var options = new SockJSHandlerOptions().setInsertJSESSIONID(false);
    ALL_BUT_WEBSOCKET.forEach(options::addDisabledTransport);
    return SockJSHandler.create(vertx, options).socketHandler(this::open);
  }

  private void open(SockJSSocket socket) {
    if (browsers.size() >= MOST_SOCKETS) {
      socket.close(1013, "too many sockets");
      return;
    }
    var session = Sessions.of(socket.routingContext());
    var browser = new Browser(socket, session);
    browsers.add(browser);
    if (session != null) {
      byUser.computeIfAbsent(session.user().value(), _ -> new HashSet<>()).add(browser);
    }
    var expiry = session == null ? null : closeAt(session.expiresAtSeconds(), socket);
    socket.handler(browser::hear);
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(_ -> gone(browser, session, expiry));
  }

  private void gone(Browser browser, @Nullable Session session, @Nullable Long expiry) {
    browsers.remove(browser);
    if (session != null) {
      byUser.computeIfPresent(
          session.user().value(),
          (_, open) -> open.remove(browser) && open.isEmpty() ? null : open);
    }
    if (expiry != null) {
      vertx.cancelTimer(expiry);
    }
  }

  private long closeAt(long epochSeconds, SockJSSocket socket) {
    var left = sessions.millisUntil(epochSeconds);
    return vertx.setTimer(Math.max(1, left), _ -> socket.close(4401, "the session is over"));
  }

  private void pass(Live live) {
    var frame =
        "{\"type\":\"rec\",\"address\":\"" + live.topic() + "\",\"body\":" + live.json() + "}";
    audience(live).forEach(browser -> browser.tell(live, frame));
  }

  private Set<Browser> audience(Live live) {
    return live.audience() == null ? browsers : byUser.getOrDefault(live.audience(), Set.of());
  }
}
