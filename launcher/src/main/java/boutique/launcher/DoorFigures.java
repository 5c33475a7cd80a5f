package boutique.launcher;

import boutique.gateway.live.Lobby;
import boutique.ops.Figure;
import boutique.ops.Metrics;

/** What the gateways of this process count anyway. */
final class DoorFigures {
  private static final String REFUSED = "boutique_http_refused_requests";
  private static final String HELP = "Requests that were refused before anybody looked at them";

  private DoorFigures() {}

  static void tell(Lobby lobby, Metrics metrics) {
    var refused = lobby.turnedAway();
    metrics
        .tells(Figure.gauge("boutique_sockets_open", "Live lines to browsers", lobby::openSockets))
        .tells(Figure.counter(REFUSED, HELP, refused::overloaded).of("reason", "overloaded"))
        .tells(Figure.counter(REFUSED, HELP, refused::limited).of("reason", "rate-limited"));
  }
}
