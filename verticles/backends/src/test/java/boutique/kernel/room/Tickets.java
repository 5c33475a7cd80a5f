package boutique.kernel.room;

import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.Context;
import boutique.language.Face;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.inventory.StockFace;
import boutique.language.inventory.StockPolicy;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The smallest room that there is: it sells a hundred tickets per show, one at a time. */
class Tickets implements Decider<InventoryCommand, Long, InventoryEvent> {
  static final long SEATS = 100;
  static final Context SOMEBODY = new Context("request", null, "somebody");

  static final Room<InventoryCommand, Long, InventoryEvent> ROOM =
      new Room<>("inventory", InventoryCommand.class, new Tickets(), Tickets::face);

  static final Room<InventoryCommand, Long, InventoryEvent> ENDLESS =
      new Room<>(
          "inventory",
          InventoryCommand.class,
          new Tickets() {
            @Override
            public Decision<InventoryEvent> decide(Long sold, InventoryCommand command) {
              return super.decide(sold % SEATS, command);
            }
          },
          ROOM.portrait());

  static final Room<InventoryCommand, Long, InventoryEvent> WATCHED =
      new Room<>(
          "inventory",
          InventoryCommand.class,
          new Tickets(),
          new Room.Portrait<>() {
            @Override
            public Face of(StreamId stream, Long sold) {
              return new Seen("everybody");
            }

            @Override
            public Face of(StreamId stream, Long sold, String asker) {
              return new Seen(asker);
            }
          });

  /** Who looked. */
  record Seen(String by) implements Face {}

  static InventoryCommand buy(String show, int number) {
    return new ReserveStock(new ProductId(show), new OrderId("order-" + number), 1, Instant.EPOCH);
  }

  private static StockFace face(StreamId stream, long sold) {
    return new StockFace(
        new ProductId(stream.key()),
        new UserId("theatre"),
        StockPolicy.RESERVE_ON_ORDER,
        0,
        false,
        SEATS,
        SEATS - sold,
        sold,
        0,
        0,
        0,
        List.of(),
        false,
        null,
        null);
  }

  @Override
  public Long initial() {
    return 0L;
  }

  @Override
  public Decision<InventoryEvent> decide(Long sold, InventoryCommand command) {
    return switch (command) {
      case ReserveStock c when sold < SEATS ->
          Decision.accept(
              new StockReserved(
                  c.product(), c.order(), null, 1, Map.of(), SEATS - sold - 1, null, c.at()));
      case ReserveStock _ -> Decision.refuse("sold.out", "There are no tickets left.");
      case InventoryCommand _ -> Decision.accept();
    };
  }

  @Override
  public Long evolve(Long sold, InventoryEvent event) {
    return switch (event) {
      case StockReserved _ -> sold + 1;
      case InventoryEvent _ -> sold;
    };
  }
}
