package boutique.ops;

import boutique.kernel.feed.Parking;
import boutique.kernel.payment.Tray;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What waits for somebody: mostly for operators. It is counted by looking, and only as far as
 * anybody would want to know: so many is many.
 */
public final class Backlog implements Look {
  static final int MANY = 1_000;

  private final Views views;
  private final Parking parking;
  private final ViewReader unfinished;

  public Backlog(Views views) {
    this.views = views;
    this.parking = new Parking(views);
    this.unfinished = new ViewReader(views, "unfinished-orders");
  }

  @Override
  public Future<List<Figure>> look() {
    return counted()
        .compose(counted ->
            standing()
                .map(standing -> Stream.of(counted, standing).flatMap(List::stream).toList()));
  }

  /** In which feed; one where nothing stands still is not named. */
  private Future<List<Figure>> standing() {
    return parking
        .counted()
        .map(streams ->
            streams.entrySet().stream()
                .map(one ->
                    Figure.gauge(
                            "boutique_parked_streams",
                            "Streams that stand still in a feed because it could not digest an"
                                + " event of theirs",
                            () -> one.getValue())
                        .of("feed", one.getKey()))
                .toList());
  }

  private Future<List<Figure>> counted() {
    return Future.all(
            counted(page -> views.scan("parked", page)),
            counted(page -> views.scan("snags", page)),
            counted(unfinished::scan),
            notices())
        .map(found ->
            List.of(
                upToMany(
                    "boutique_parked_events",
                    "Events that a feed could not digest, and that wait to be driven again",
                    found.resultAt(0)),
                upToMany(
                    "boutique_snagged_orders",
                    "Orders that could not be brought to their end by themselves",
                    found.resultAt(1)),
                upToMany(
                    "boutique_unfinished_orders",
                    "Orders of which a step is under way, or was left behind",
                    found.resultAt(2)),
                upToMany(
                    "boutique_waiting_notices",
                    "Messages of the payment provider's about payments that nobody knows, or about"
                        + " charges that are still to be looked at",
                    found.resultAt(3))));
  }

  private Future<Integer> notices() {
    var places =
        Stream.of(Tray.values()).flatMap(tray -> Stream.of(tray.notices(), tray.charges()));
    return Future.all(places.map(place -> counted(page -> views.scan(place, page))).toList())
        .map(found ->
            Math.min(MANY, found.<Integer>list().stream().mapToInt(Integer::intValue).sum()));
  }

  private static Future<Integer> counted(Function<Page, Future<? extends List<?>>> scan) {
    return scan.apply(Page.first("", MANY)).map(List::size);
  }

  private static Figure upToMany(String name, String what, int count) {
    return Figure.gauge(name, what + "; counted up to " + MANY, () -> count);
  }
}
