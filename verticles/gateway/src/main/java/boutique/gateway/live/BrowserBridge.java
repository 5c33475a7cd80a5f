package boutique.gateway.live;

import boutique.gateway.door.Addresses;
import boutique.gateway.sessions.GuestCarts;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.Live;
import boutique.language.Revoked;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pushes news to open browsers over SockJS, in the frames of the event-bus bridge, so that its
 * official clients work.
 *
 * <p>Browsers never touch the bus: nothing can be sent to it, and however many sockets register,
 * the gateway itself listens once. A browser names a topic such as {@code orders.me}; who "me" is,
 * its session says, and the socket is closed when that is over; or, of a guest, the cookie that
 * names their cart.
 */
public final class BrowserBridge {
  private static final List<String> ALL_BUT_WEBSOCKET =
      List.of("XHR", "EVENT_SOURCE", "HTML_FILE", "JSON_P");
  private static final int TRY_LATER = 1013;

  private final Vertx vertx;
  private final Context context;
  private final Sessions sessions;
  private final Lobby lobby;
  private final Addresses addresses;
  private final Set<Browser> browsers = new HashSet<>();
  private final Map<String, Set<Browser>> byName = new HashMap<>();
  private final Bulletin bulletin;
  private final MessageConsumer<Live> news;
  private final Consumer<Revoked> revocations;

  public BrowserBridge(Vertx vertx, Bus bus, Sessions sessions, Lobby lobby, Addresses addresses) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.sessions = sessions;
    this.lobby = lobby;
    this.addresses = addresses;
    this.bulletin = new Bulletin(vertx, this::pass, browsers::size);
    this.news = bus.news(bulletin::post);
    this.revocations = revoked -> context.runOnContext(_ -> end(revoked));
  }

  public Future<Void> open() {
    lobby.revocations().onAdded(revocations);
    return news.completion();
  }

  public void close() {
    lobby.revocations().remove(revocations);
  }

  public Router router() {
    var options = new SockJSHandlerOptions().setInsertJSESSIONID(false);
    ALL_BUT_WEBSOCKET.forEach(options::addDisabledTransport);
    return SockJSHandler.create(vertx, options).socketHandler(this::open);
  }

  private void open(SockJSSocket socket) {
    var session = Sessions.of(socket.routingContext());
    var user = session == null ? null : session.user().value();
    var address = addresses.of(socket.routingContext().request());
    if (!lobby.sockets().take(user, address)) {
      socket.close(TRY_LATER, "too many sockets");
      return;
    }
    var me = user == null ? guest(socket.routingContext()) : user;
    var browser = new Browser(socket, session, me, vertx);
    browsers.add(browser);
    if (me != null) {
      byName.computeIfAbsent(me, _ -> new HashSet<>()).add(browser);
    }
    var expiry = session == null ? null : endAt(session.expiresAtSeconds(), browser);
    socket.handler(browser::hear);
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(_ -> {
      lobby.sockets().giveBack(user, address);
      gone(browser, me, expiry);
    });
    if (session != null && !sessions.counts(session)) {
      browser.end(); // revoked while it was on its way in
    }
  }

  private static @Nullable String guest(RoutingContext ctx) {
    var cart = GuestCarts.of(ctx);
    return cart == null ? null : cart.value();
  }

  private void gone(Browser browser, @Nullable String me, @Nullable Long expiry) {
    browser.gone();
    browsers.remove(browser);
    if (me != null) {
      byName.computeIfPresent(
          me, (_, open) -> open.remove(browser) && open.isEmpty() ? null : open);
    }
    if (expiry != null) {
      vertx.cancelTimer(expiry);
    }
  }

  private long endAt(long epochSeconds, Browser browser) {
    var left = sessions.millisUntil(epochSeconds);
    return vertx.setTimer(Math.max(1, left), _ -> browser.end());
  }

  private void end(Revoked revoked) {
    List.copyOf(byName.getOrDefault(revoked.user(), Set.of())).stream()
        .filter(browser -> browser.isEndedBy(revoked))
        .forEach(Browser::end);
  }

  private void pass(Live live) {
    var frame =
        "{\"type\":\"rec\",\"address\":\"" + live.topic() + "\",\"body\":" + live.body() + "}";
    audience(live).forEach(browser -> browser.tell(live, frame));
  }

  private Set<Browser> audience(Live live) {
    return live.audience() == null ? browsers : byName.getOrDefault(live.audience(), Set.of());
  }
}
