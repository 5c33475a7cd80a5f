package boutique.launcher;

import static java.util.stream.Collectors.toCollection;

import boutique.kernel.payment.Statement;
import boutique.language.orders.OrderId;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.HearNotice;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Standing;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many buyers at once, each order paid by several impatient clients; the provider's messages, which
 * come twice, one of them a hundred times, and in any order; and operators who give back what some
 * have paid, twice. Whoever dies in between begins again and leaves out what is done.
 */
final class PayingCrowd {
  private static final int AT_ONCE = 50;
  private static final int CLIENTS = 3;
  private static final int MOST_KEYS = 4;
  private static final int OFTEN = 100;

  private final Payments shop;
  private final Random random;
  private int messages;

  PayingCrowd(Payments shop, Random random) {
    this.shop = shop;
    this.random = random;
  }

  static List<OrderId> orders(int many) {
    return IntStream.range(0, many).mapToObj(n -> new OrderId("o-" + n)).toList();
  }

  /** Whose money goes back. */
  static boolean goesBack(OrderId order) {
    return order.value().endsWith("3");
  }

  void pays(List<OrderId> orders) {
    for (var from = 0; from < orders.size(); from += AT_ONCE) {
      some(orders.subList(from, Math.min(orders.size(), from + AT_ONCE)));
    }
  }

  int messages() {
    return messages;
  }

  private void some(List<OrderId> orders) {
    var faces = faces(orders);
    var unpaid =
        IntStream.range(0, orders.size())
            .filter(n -> faces.get(n) == null || faces.get(n).refunds().isEmpty())
            .filter(n -> faces.get(n) == null || !isPaid(faces.get(n)))
            .mapToObj(orders::get)
            .toList();
    if (unpaid.isEmpty() && faces.stream().noneMatch(face -> isDue(face))) {
      return;
    }
    Future.join(unpaid.stream().map(order -> shop.places(order.value())).toList()).await();
    Future.join(
            unpaid.stream()
                .flatMap(order -> Collections.nCopies(CLIENTS, order).stream())
                .map(order -> ask(pay(order)))
                .toList())
        .await();
    tell(orders);
    refund(orders);
  }

  /** What the provider has to tell of these, from nobody knows when. */
  void tell(List<OrderId> orders) {
    var told =
        orders.stream()
            .flatMap(order -> charges(order).stream())
            .flatMap(entry -> Stream.of(message(entry), change(entry)))
            .flatMap(message -> Stream.of(message, message))
            .collect(toCollection(ArrayList::new));
    if (!told.isEmpty()) {
      told.addAll(Collections.nCopies(OFTEN, told.get(random.nextInt(told.size()))));
    }
    Collections.shuffle(told, random);
    messages += told.size();
    Future.join(told.stream().map(this::ask).toList()).await();
  }

  void refund(List<OrderId> orders) {
    var due =
        faces(orders).stream()
            .filter(PayingCrowd::isDue)
            .map(face -> new RefundPayment(face.order(), face.payment(), "test", Payments.now()))
            .flatMap(refund -> Stream.of(refund, refund))
            .toList();
    Future.join(due.stream().map(this::ask).toList()).await();
  }

  private static boolean isDue(PaymentFace face) {
    return face != null && goesBack(face.order()) && face.standing() == Standing.PAID;
  }

  private static boolean isPaid(PaymentFace face) {
    return face.standing() == Standing.PAID || face.standing() == Standing.REFUNDED;
  }

  private List<PaymentFace> faces(List<OrderId> orders) {
    var looks = orders.stream().map(order -> shop.bus.look(PaymentId.of(order).stream())).toList();
    Future.join(looks).await();
    return looks.stream().map(look -> (PaymentFace) look.result().face()).toList();
  }

  private List<Statement.Entry> charges(OrderId order) {
    return IntStream.rangeClosed(1, MOST_KEYS)
        .mapToObj(number -> shop.books.entry("sim_" + order.value() + "." + number).await())
        .flatMap(Optional::stream)
        .filter(entry -> entry.taken().minor() > 0)
        .toList();
  }

  private Future<?> ask(PaymentCommand command) {
    return shop.bus.ask(command, Payments.SOMEBODY);
  }

  private static PayOrder pay(OrderId order) {
    return new PayOrder(order, Payments.ANNA, "tok_visa", false, Payments.now());
  }

  /** One that only says that something has changed. */
  private static PaymentCommand change(Statement.Entry entry) {
    var order = new OrderId(entry.payment());
    return new HearNotice(order, "evt-changed-" + entry.key(), Payments.now());
  }

  private static PaymentCommand message(Statement.Entry entry) {
    var taken = new Outcome.Taken(entry.reference(), entry.taken(), entry.live());
    return new RecordOutcome(
        new OrderId(entry.payment()), entry.key(), taken, "evt-" + entry.key(), Payments.now());
  }
}
