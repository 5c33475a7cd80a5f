package boutique.orders;

import boutique.kernel.Bus;
import boutique.kernel.Unavailable;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.numbers.NumberCommand;
import boutique.language.numbers.NumberCommand.GiveNumber;
import boutique.language.numbers.RegisterFace;
import boutique.language.orders.OrderCommand.NumberOrder;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderNumber;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way of a number to its order. First the order is looked at, then the register is asked, and
 * it is answered when the order bears what the register has given: if this process dies, the feed
 * asks again, and the number is found in the order or in the register's memory, never given anew.
 */
final class Numbering implements Desk<NumberCommand> {
  private static final int AT_ONCE = 256;

  private final Desk<NumberCommand> register;
  private final Bus bus;
  private final InstantSource clock;
  private final Map<StreamId, Year> years = new HashMap<>();

  Numbering(Desk<NumberCommand> register, Bus bus, InstantSource clock) {
    this.register = register;
    this.bus = bus;
    this.clock = clock;
  }

  /** What this desk knows of a register. */
  private static final class Year {
    private final Borne borne = new Borne();
    private @Nullable Future<Void> catchingUp;
  }

  @Override
  public Future<Reply> handle(NumberCommand command, Context context) {
    return switch (command) {
      case GiveNumber c -> number(c, context);
    };
  }

  /**
   * What is borne is noted before the order is looked at: the register relies on that. That the
   * order exists is a fact, and may be heard before its owner shows it: so it may look as if it
   * were checking out still.
   */
  private Future<Reply> number(GiveNumber c, Context context) {
    var year = years.computeIfAbsent(c.stream(), _ -> new Year());
    var noted = new GiveNumber(c.order(), c.year(), year.borne.upTo(), now());
    return bus.look(c.order().stream())
        .compose(seen -> {
          if (!(seen.face() instanceof OrderFace order)) {
            return Future.failedFuture(new IllegalStateException(c.order() + " is no order"));
          }
          return order.number() == null
              ? enter(noted, year, context)
              : Future.succeededFuture(new Done(seen.version(), null));
        });
  }

  private Future<Reply> enter(GiveNumber c, Year year, Context context) {
    return register
        .handle(c, context)
        .compose(reply ->
            switch (reply) {
              case Done(var _, RegisterFace face) ->
                  tell(c.order(), c.year(), face.positionOf(c.order()), year, context).map(reply);
              case Done _ -> Future.failedFuture(new IllegalStateException("no register"));
              case Refused _ -> catchUp(c, year, context).compose(_ -> number(c, context));
            })
        .map(reply -> new Done(0, null));
  }

  private Future<Void> tell(OrderId order, int inYear, long position, Year year, Context context) {
    var number = OrderNumber.of(inYear, position);
    return bus.ask(new NumberOrder(order, number, now()), context)
        .compose(reply ->
            switch (reply) {
              case Done _ -> {
                year.borne.see(position);
                yield Future.succeededFuture();
              }
              case Refused(var code, var _, var _) ->
                  Future.failedFuture(
                      new IllegalStateException(order + " refuses " + number + ": " + code));
            });
  }

  /** Sees to it that every order bears its number; several who need that wait for the same. */
  private Future<Void> catchUp(GiveNumber c, Year year, Context context) {
    if (year.catchingUp == null) {
      var running =
          bus.look(c.stream())
              .compose(seen ->
                  seen.face() instanceof RegisterFace face
                      ? tellFrom(0, face, year, context)
                          .onSuccess(_ -> year.borne.seeAllUpTo(face.given()))
                      : Future.failedFuture(new Unavailable("the register is not to be seen")));
      year.catchingUp = running;
      running.onComplete(_ -> year.catchingUp = null);
      return running;
    }
    return year.catchingUp;
  }

  private Future<Void> tellFrom(int place, RegisterFace face, Year year, Context context) {
    if (place >= face.last().size()) {
      return Future.succeededFuture();
    }
    var first = face.given() - face.last().size() + 1;
    var end = Math.min(place + AT_ONCE, face.last().size());
    List<Future<Void>> told = new ArrayList<>();
    for (var at = place; at < end; at++) {
      if (first + at > year.borne.upTo()) {
        told.add(tell(face.last().get(at), face.year(), first + at, year, context));
      }
    }
    return Future.join(told).compose(_ -> tellFrom(end, face, year, context));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
