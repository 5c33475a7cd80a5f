package boutique.payments.books;

import boutique.kernel.Bus;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Statement.Entry;
import boutique.language.StreamId;
import boutique.language.orders.OrderFace;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.payments.OtherBooks;
import boutique.payments.books.Line.Theirs;
import boutique.payments.books.Line.Theirs.Has;
import boutique.payments.books.Line.Theirs.None;
import boutique.payments.books.Line.Theirs.Unasked;
import io.vertx.core.Future;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lays the three books side by side: as they are now, not as some list has seen them. */
final class Lines {
  private final PaymentProvider provider;
  private final OtherBooks others;

  Lines(PaymentProvider provider) {
    this.provider = provider;
    this.others = new OtherBooks(provider);
  }

  /** The payment alone; null if there is none. */
  Future<@Nullable PaymentFace> ours(Bus bus, String payment) {
    return StreamId.isPlain(payment)
        ? bus.look(new PaymentId(payment).stream())
            .map(done -> done.face() instanceof PaymentFace face ? face : null)
        : Future.succeededFuture();
  }

  /** With what the provider has just said. */
  Future<Line> of(Bus bus, Entry entry) {
    return of(bus, entry.payment(), new Has(entry));
  }

  /**
   * With what the provider says now. Nobody is asked about what stands in other books than its.
   *
   * @param charge null where there is nothing to ask it for
   */
  Future<Line> of(Bus bus, String payment, @Nullable String charge) {
    return charge == null
        ? of(bus, payment, new Unasked())
        : ours(bus, payment)
            .compose(ours ->
                isElsewhere(ours, charge)
                    ? of(bus, payment, new Unasked())
                    : provider
                        .entry(charge)
                        .compose(found ->
                            of(
                                bus,
                                payment,
                                found.<Theirs>map(Has::new).orElseGet(() -> new None(charge)))));
  }

  private boolean isElsewhere(@Nullable PaymentFace ours, String charge) {
    return ours != null && charge.equals(ours.reference()) && others.have(ours);
  }

  private Future<Line> of(Bus bus, String payment, Theirs theirs) {
    if (!StreamId.isPlain(payment)) {
      return Future.succeededFuture(
          new Line(payment, theirs, null, null, false, provider.live(), null));
    }
    var id = new PaymentId(payment);
    var ours = bus.look(id.stream());
    var order = bus.look(id.order().stream());
    return Future.all(ours, order)
        .compose(_ -> {
          var payer = ours.result().face() instanceof PaymentFace face ? face : null;
          var bought = order.result().face() instanceof OrderFace face ? face : null;
          return first(payer, theirs)
              .map(first ->
                  new Line(
                      payment,
                      theirs,
                      payer,
                      bought,
                      payer != null && others.have(payer),
                      provider.live(),
                      first));
        });
  }

  /** Only a second charge makes it matter. */
  private Future<@Nullable First> first(@Nullable PaymentFace ours, Theirs theirs) {
    if (ours == null || !(theirs instanceof Has(var entry)) || !Comparing.isSecond(ours, entry)) {
      return Future.succeededFuture();
    }
    var counts = Objects.requireNonNull(ours.reference());
    return others.have(ours) ? Future.succeededFuture() : first(counts);
  }

  private Future<@Nullable First> first(String counts) {
    return provider
        .entry(counts)
        .compose(found ->
            found.isEmpty()
                ? Future.succeededFuture()
                : provider.disputes(counts).map(disputes -> new First(found.get(), disputes)));
  }
}
