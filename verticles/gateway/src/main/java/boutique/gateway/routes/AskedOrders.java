package boutique.gateway.routes;

import boutique.gateway.conventions.Etags;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.Context;
import boutique.language.Expected;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderFace;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;

/**
 * Asks orders for something, if they are still as the client has seen them. An order gets its
 * number a moment after it was placed; whoever has seen it before has missed nothing by that.
 */
record AskedOrders(Bus bus) {
  private static final String STALE = "version.stale";
  private static final String VERSION = "version";

  /** Where the number counts for reading, and not for changing. */
  static String tag(Seen<OrderFace> seen) {
    var version = seen.face().version(seen.version());
    return seen.face().number() == null ? Etags.of(version) : Etags.of(version, 1);
  }

  Future<Seen<OrderFace>> ask(RoutingContext ctx, OrderCommand command) {
    var context = Api.context(Sessions.required(ctx));
    var expected = Etags.expected(ctx, command.stream());
    var asked =
        expected == null
            ? bus.ask(command, context)
            : bus.look(command.stream())
                .compose(done -> ask(command, context, expected, isNumbered(done)));
    return asked.compose(reply -> Api.seen(reply, OrderFace.class));
  }

  /** It may get its number in between, but only once. */
  private Future<Reply> ask(
      OrderCommand command, Context context, Expected expected, boolean numbered) {
    return bus.ask(command, context.expecting(numbered ? behind(expected) : expected))
        .compose(reply -> {
          if (!(reply instanceof Refused stale) || !stale.code().equals(STALE)) {
            return Future.succeededFuture(reply);
          }
          return numbered
              ? Future.succeededFuture(counted(stale))
              : bus.look(command.stream())
                  .compose(now ->
                      isNumbered(now)
                          ? ask(command, context, expected, true)
                          : Future.succeededFuture(stale));
        });
  }

  private static boolean isNumbered(Done done) {
    return done.face() instanceof OrderFace order && order.number() != null;
  }

  private static Expected behind(Expected expected) {
    return new Expected(
        expected.stream(),
        expected.versions().stream().map(version -> version < 0 ? version : version + 1).toList());
  }

  private static Refused counted(Refused stale) {
    var facts = new HashMap<>(stale.facts());
    facts.computeIfPresent(VERSION, (_, version) -> Long.toString(Long.parseLong(version) - 1));
    return new Refused(stale.code(), stale.detail(), facts);
  }
}
