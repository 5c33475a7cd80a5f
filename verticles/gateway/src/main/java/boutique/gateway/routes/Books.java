package boutique.gateway.routes;

import boutique.gateway.problems.Problem;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Session;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.StreamId;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.StockFace;
import boutique.language.users.Role;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** Whose business the books of a product are. */
record Books(Bus bus) {

  /** The books, if they are the asker's business; if not, there is no such thing. */
  Future<Seen<StockFace>> mine(RoutingContext ctx, String id, String what) {
    var session = Sessions.required(ctx);
    if (!StreamId.isPlain(id)) {
      throw Problem.notFound(what);
    }
    return bus.look(stream(id))
        .map(done -> {
          if (done.face() instanceof StockFace face
              && (face.seller().equals(session.user()) || isOperator(session))) {
            return new Seen<>(done.version(), face);
          }
          throw Problem.notFound(what);
        });
  }

  static boolean isOperator(Session session) {
    return session.roles().contains(Role.OPERATOR);
  }

  static StreamId stream(String product) {
    return new StreamId(InventoryCommand.ROOM, product);
  }
}
