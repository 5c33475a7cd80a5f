package boutique.launcher;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.Bus;
import boutique.kernel.feed.Feed;
import boutique.kernel.feed.Reactions;
import boutique.kernel.room.Room;
import boutique.kernel.room.RoomVerticle;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Views;
import boutique.kernel.views.Projection;
import boutique.kernel.views.View;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.codec.RecordCodec;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.StockFace;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Rooms and what is read of them, over a store and on a bus of their own: a shop without doors. */
final class Rooms implements AutoCloseable {
  private final RocksDatabase database;
  private final RocksFactLog log;
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus;
  private final EventStore store;
  private final Views views;

  Rooms(Path data) throws IOException {
    this(data, UnaryOperator.identity());
  }

  /** The same, where the store is not as good as its rooms believe. */
  Rooms(Path data, UnaryOperator<EventStore> seen) throws IOException {
    database = RocksDatabase.open(data);
    log = new RocksFactLog(database);
    views = new RocksViews(database);
    store = seen.apply(new RocksEventStore(database));
    RecordCodec.register(vertx.eventBus());
    bus = new Bus(vertx);
  }

  Vertx vertx() {
    return vertx;
  }

  Bus bus() {
    return bus;
  }

  EventStore store() {
    return store;
  }

  Views views() {
    return views;
  }

  Rooms with(Room<?, ?, ?> room) {
    return with(new RoomVerticle<>(room, store, views));
  }

  Rooms with(View view) {
    return with(new Projection(view, log, store, views));
  }

  Rooms with(Deployable other) {
    vertx.deployVerticle(other).await();
    return this;
  }

  /** With a room that hears of others. */
  Rooms hearing(String room, Set<String> of, Function<Event, List<? extends Command>> commands) {
    var reactions = new Reactions(room, bus, commands);
    new Feed(vertx, room + ".reactions", of, log, store, views, reactions).start().await();
    return this;
  }

  StockFace stock(ProductId product) {
    var seen = bus.look(new StreamId(InventoryCommand.ROOM, product.value())).await();
    return (StockFace) seen.face();
  }

  @Override
  public void close() {
    vertx.close().await();
    database.close().await();
  }
}
