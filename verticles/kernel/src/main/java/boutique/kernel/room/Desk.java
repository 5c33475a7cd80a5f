package boutique.kernel.room;

import boutique.language.Command;
import boutique.language.Context;
import boutique.language.Reply;
import io.vertx.core.Future;

/** Where a command is handled and answered, durably. */
@FunctionalInterface
public interface Desk<C extends Command> {
  Future<Reply> handle(C command, Context context);
}
