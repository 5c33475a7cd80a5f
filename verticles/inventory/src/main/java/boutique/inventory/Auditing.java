package boutique.inventory;

import boutique.kernel.room.Desk;
import boutique.kernel.store.EventStore;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.AuditStock;
import boutique.language.inventory.InventoryEvent;
import io.vertx.core.Future;

/**
 * Lets an auditor read a product's stream, from its first event to the one that was the last when
 * that was asked. In small pages, so that the room goes on in between.
 */
final class Auditing implements Desk<InventoryCommand> {
  private static final int PAGE = 16;

  private final Desk<InventoryCommand> stock;
  private final EventStore store;

  Auditing(Desk<InventoryCommand> stock, EventStore store) {
    this.stock = stock;
    this.store = store;
  }

  @Override
  public Future<Reply> handle(InventoryCommand command, Context context) {
    var now = stock.handle(command, context);
    return command instanceof AuditStock c ? now.compose(reply -> audit(c, reply)) : now;
  }

  private Future<Reply> audit(AuditStock c, Reply reply) {
    return switch (reply) {
      case Refused refused -> Future.succeededFuture(refused);
      case Done(var version, var face) when face == null ->
          Future.succeededFuture(new Done(version, null));
      case Done(var version, var _) ->
          read(c.stream(), new Ledger(), 1, version)
              .map(ledger -> new Done(version, ledger.face(c.product(), version)));
    };
  }

  private Future<Ledger> read(StreamId stream, Ledger ledger, long from, long last) {
    return from > last
        ? Future.succeededFuture(ledger)
        : store
            .read(stream, from, PAGE)
            .compose(commits -> {
              var next = from;
              for (var commit : commits) {
                for (var recorded : commit.events()) {
                  if (recorded.version() >= from && recorded.version() <= last) {
                    ledger.hear((InventoryEvent) recorded.event());
                    next = recorded.version() + 1;
                  }
                }
                ledger.pause();
              }
              return next == from
                  ? Future.failedFuture(new IllegalStateException(stream + " ends before " + last))
                  : read(stream, ledger, next, last);
            });
  }
}
