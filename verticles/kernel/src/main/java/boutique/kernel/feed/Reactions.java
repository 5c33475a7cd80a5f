package boutique.kernel.feed;

import boutique.kernel.Bus;
import boutique.kernel.store.Recorded;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/**
 * What a room does because of what it hears: other rooms' events become its own commands, by a pure
 * function. The commands are harmless when repeated, so hearing twice changes nothing.
 */
public record Reactions(String room, Bus bus, Function<Event, List<? extends Command>> commands)
    implements Feed.Listener {

  @Override
  public Future<Void> hear(Recorded recorded) {
    var context = recorded.context().causedBy(recorded.id(), room);
    var done = Future.<Void>succeededFuture();
    for (var command : commands.apply(recorded.event())) {
      done = done.compose(_ -> bus.ask(command, context)).compose(Reactions::accepted);
    }
    return done;
  }

  private static Future<Void> accepted(boutique.language.Reply reply) {
    return switch (reply) {
      case Done _ -> Future.succeededFuture();
      case Refused(var code, var detail, var _) ->
          Future.failedFuture(new IllegalStateException("refused: " + code + ", " + detail));
    };
  }
}
