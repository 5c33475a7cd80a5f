package boutique.payments.books;

import boutique.kernel.payment.Statement.Entry;
import boutique.language.Money;
import boutique.language.orders.OrderFace;
import boutique.language.payments.Attempt;
import boutique.language.payments.Dispute;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.Refund;
import boutique.payments.books.Discrepancy.Kind;
import boutique.payments.books.Line.Theirs;
import boutique.payments.books.Line.Theirs.Has;
import boutique.payments.books.Line.Theirs.None;
import boutique.payments.books.Line.Theirs.Unasked;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares provider, payment and order, and says on what they do not agree. */
final class Comparing {
  private static final Set<Kind> UNFIT =
      Set.of(Kind.AMOUNT_DIFFERS, Kind.CURRENCY_DIFFERS, Kind.MODE_DIFFERS);

  private Comparing() {}

  static List<Discrepancy> of(Line line) {
    var found = new ArrayList<Discrepancy>();
    switch (line.theirs()) {
      case Unasked _ -> {}
      case None(var reference) -> found.addAll(withNothing(line.ours(), reference));
      case Has(var entry) -> found.addAll(withEntry(line, entry));
    }
    if (line.ours() != null) {
      found.addAll(told(line, line.ours()));
      found.addAll(underWay(line, line.ours(), found));
      found.addAll(beside(line.ours()));
    }
    found.addAll(withOrder(line));
    return found;
  }

  static boolean isPaid(PaymentFace face) {
    return switch (face.standing()) {
      case PAID, PARTIALLY_REFUNDED, REFUNDED -> true;
      case OPEN,
          PROCESSING,
          ACTION_REQUIRED,
          AUTHORIZED,
          CAPTURING,
          CANCELLING,
          FAILED,
          CANCELLED ->
          false;
    };
  }

  private static List<Discrepancy> withNothing(@Nullable PaymentFace ours, String reference) {
    return ours != null && isPaid(ours) && reference.equals(ours.reference())
        ? List.of(withoutCharge(ours, reference))
        : List.of();
  }

  private static List<Discrepancy> withEntry(Line line, Entry entry) {
    var ours = line.ours();
    if (ours == null) {
      return isEmpty(entry)
          ? List.of()
          : List.of(
              stray(
                  entry.isHeld() ? Kind.HOLD_UNKNOWN : Kind.CHARGE_WITHOUT_PAYMENT,
                  line.payment(),
                  entry));
    }
    if (!isPaid(ours)) {
      return unpaid(line, ours, entry);
    }
    if (entry.reference().equals(ours.reference())) {
      return same(line, ours, entry);
    }
    return isEmpty(entry)
        ? List.of()
        : List.of(
            entry.isHeld()
                ? stray(Kind.HOLD_UNKNOWN, line.payment(), entry)
                : stray(
                    line.standsWithout() ? Kind.CHARGED_TWICE : Kind.CHARGED_INSTEAD,
                    line.payment(),
                    entry));
  }

  /** Money was taken for what is paid with another charge. */
  static boolean isSecond(PaymentFace ours, Entry entry) {
    return isPaid(ours)
        && !entry.reference().equals(ours.reference())
        && !entry.isHeld()
        && !isEmpty(entry);
  }

  /** The provider has something, and the payment has no money. */
  private static List<Discrepancy> unpaid(Line line, PaymentFace ours, Entry entry) {
    if (entry.isHeld()) {
      return holds(ours) && isOrMayBe(ours, entry)
          ? List.of()
          : List.of(stray(Kind.HOLD_UNKNOWN, line.payment(), entry));
    }
    if (entry.isOver() && waits(ours) && entry.reference().equals(ours.reference())) {
      return List.of(
          charge(Kind.HOLD_GONE, ours, entry.reference(), entry.taken(), ours.sale().amount()));
    }
    if (isEmpty(entry)) {
      return List.of();
    }
    var unfit = unfit(line, ours, entry);
    return unfit.isPresent()
        ? List.of(unfit.get())
        : asks(ours) ? List.of() : List.of(stray(Kind.CHARGE_UNRECORDED, line.payment(), entry));
  }

  /** As long as the provider has not answered, its name of what was asked for is not known. */
  private static boolean isOrMayBe(PaymentFace ours, Entry entry) {
    return ours.reference() == null || ours.reference().equals(entry.reference());
  }

  private static boolean waits(PaymentFace ours) {
    return holds(ours) && !asks(ours);
  }

  /** Both have this charge. */
  private static List<Discrepancy> same(Line line, PaymentFace ours, Entry entry) {
    if (entry.taken().minor() == 0) {
      return List.of(withoutCharge(ours, entry.reference()));
    }
    var unfit = unfit(line, ours, entry);
    if (unfit.isPresent()) {
      return List.of(unfit.get());
    }
    var done = ours.refunded();
    var promised = done.plus(asked(ours));
    if (entry.returned().minor() > promised.minor()) {
      return List.of(differing(Kind.REFUND_UNRECORDED, ours, entry, promised, entry.returned()));
    }
    return entry.returned().minor() < done.minor()
        ? List.of(differing(Kind.REFUND_MISSING, ours, entry, done, entry.returned()))
        : List.of();
  }

  private static Optional<Discrepancy> unfit(Line line, PaymentFace ours, Entry entry) {
    var taken = entry.taken();
    return unfit(ours, taken)
        .or(() -> entry.live() == line.live() ? Optional.empty() : Optional.of(Kind.MODE_DIFFERS))
        .map(kind -> charge(kind, ours, entry.reference(), taken, inQuestion(kind, ours, entry)));
  }

  private static Optional<Kind> unfit(PaymentFace ours, Money taken) {
    var wanted = ours.sale().amount();
    return !taken.currency().equals(wanted.currency())
        ? Optional.of(Kind.CURRENCY_DIFFERS)
        : taken.minor() == wanted.minor() ? Optional.empty() : Optional.of(Kind.AMOUNT_DIFFERS);
  }

  /** All of it, as long as nothing is paid with it. */
  private static Money inQuestion(Kind kind, PaymentFace ours, Entry entry) {
    if (!isPaid(ours)) {
      return kept(entry);
    }
    var taken = entry.taken();
    var more = taken.minor() - ours.sale().amount().minor();
    return kind == Kind.AMOUNT_DIFFERS ? new Money(Math.abs(more), taken.currency()) : taken;
  }

  /**
   * What the provider has said of what is under way, where it does not show what it has taken: of
   * money that is only held it does not say how much.
   */
  private static List<Discrepancy> told(Line line, PaymentFace ours) {
    return ours.aside().unfit().stream()
        .filter(one -> !shows(line.theirs(), one.charge()))
        .map(one ->
            charge(
                unfit(ours, one.amount()).orElse(Kind.MODE_DIFFERS),
                ours,
                one.charge(),
                one.amount(),
                one.amount()))
        .toList();
  }

  private static boolean shows(Theirs theirs, String charge) {
    return theirs instanceof Has(var entry)
        && entry.reference().equals(charge)
        && (entry.taken().minor() > 0 || entry.voided());
  }

  /**
   * What the provider was asked for, and what waits for an order that is over.
   *
   * @param found of what that is known, nobody has to ask for what has become of it
   */
  private static List<Discrepancy> underWay(Line line, PaymentFace ours, List<Discrepancy> found) {
    return switch (ours.standing()) {
      case PROCESSING, CAPTURING, CANCELLING ->
          found.stream().map(Discrepancy::kind).anyMatch(UNFIT::contains)
              ? List.of()
              : List.of(stuck(line, ours, attempt(ours).key(), ours.sale().amount()));
      case ACTION_REQUIRED -> isOver(line) ? List.of(left(line, ours)) : List.of();
      case AUTHORIZED -> {
        if (isOver(line)) {
          yield List.of(left(line, ours));
        }
        // Nobody here can take it, nor let go of it: its order would wait for ever.
        yield line.elsewhere() ? List.of(held(Kind.HELD_ELSEWHERE, ours)) : List.of();
      }
      case PAID, PARTIALLY_REFUNDED, REFUNDED ->
          ours.refunds().stream()
              .filter(refund -> refund.standing() == Refund.Standing.ASKED)
              .map(refund -> stuck(line, ours, refund.key(), refund.amount()))
              .toList();
      case OPEN, FAILED, CANCELLED -> List.of();
    };
  }

  private static Discrepancy stuck(Line line, PaymentFace ours, String key, Money amount) {
    if (line.elsewhere()) {
      return desk(Kind.STUCK_ELSEWHERE, ours, key, ours.reference(), amount);
    }
    return asks(ours)
        ? desk(
            isUnheard(line, ours) ? Kind.STUCK_UNHEARD : Kind.PAYMENT_STUCK,
            ours,
            key,
            ours.reference(),
            amount)
        : own(Kind.PAYMENT_STUCK, ours, key, amount);
  }

  private static boolean isUnheard(Line line, PaymentFace ours) {
    return line.theirs() instanceof None(var reference) && reference.equals(ours.reference());
  }

  private static boolean isOver(Line line) {
    return line.order() != null && line.order().status().equals(OrderFace.CANCELLED);
  }

  private static Discrepancy left(Line line, PaymentFace ours) {
    return line.elsewhere()
        ? held(Kind.HOLD_LEFT_ELSEWHERE, ours)
        : own(Kind.HOLD_LEFT, ours, attempt(ours).key(), ours.sale().amount());
  }

  private static Discrepancy held(Kind kind, PaymentFace ours) {
    return desk(kind, ours, attempt(ours).key(), ours.reference(), ours.sale().amount());
  }

  /** What people have to see to. */
  private static List<Discrepancy> beside(PaymentFace ours) {
    var aside = ours.aside();
    return Stream.of(
            aside.surplus().stream()
                .filter(one -> one.standing() == Refund.Standing.DENIED)
                .map(one ->
                    desk(
                        Kind.SURPLUS_FAILED,
                        ours,
                        one.charge(),
                        one.charge(),
                        ours.sale().amount())),
            aside.disputes().stream()
                .filter(one -> one.standing() == Dispute.Standing.OPEN)
                .map(one ->
                    desk(Kind.DISPUTED, ours, one.reference(), ours.reference(), one.amount())),
            aside.doubted().stream()
                .map(one ->
                    desk(
                        Kind.VERDICT_DIFFERS,
                        ours,
                        one.reference(),
                        ours.reference(),
                        one.amount())))
        .<Discrepancy>flatMap(found -> found)
        .toList();
  }

  private static List<Discrepancy> withOrder(Line line) {
    var ours = line.ours();
    var order = line.order();
    if (ours == null || !isPaid(ours)) {
      return order == null ? List.of() : unpaid(line.payment(), ours, order);
    }
    if (order == null) {
      return left(ours).minor() > 0 ? List.of(ofOrder(Kind.ORDER_MISSING, ours)) : List.of();
    }
    return switch (order.status()) {
      case OrderFace.CREATED -> List.of(ofOrder(Kind.ORDER_INCOMPLETE, ours));
      case OrderFace.CANCELLED -> withCancelled(ours, order);
      case OrderFace.COMPLETE ->
          Stream.concat(unnoted(ours, order).stream(), failed(ours).stream()).toList();
      default -> List.of(ofOrder(Kind.ORDER_MISSING, ours));
    };
  }

  /** The order has money, or waits for it, and its payment has none. */
  private static List<Discrepancy> unpaid(
      String payment, @Nullable PaymentFace ours, OrderFace order) {
    if (order.payment() != null) {
      return List.of(ofOrderAlone(Kind.ORDER_UNPAID, payment, order));
    }
    return order.status().equals(OrderFace.CREATED)
            && order.paymentStatus().equals(OrderFace.AUTHORIZED)
            && (ours == null || !holds(ours))
        ? List.of(ofOrderAlone(Kind.ORDER_HELD, payment, order))
        : List.of();
  }

  /** What was promised to the buyer, and has not reached them in another way meanwhile. */
  private static List<Discrepancy> failed(PaymentFace ours) {
    return left(ours).minor() == 0
        ? List.of()
        : ours.refunds().stream()
            .filter(refund -> refund.standing() == Refund.Standing.DENIED)
            .map(refund ->
                desk(Kind.REFUND_FAILED, ours, refund.id(), paidWith(ours), refund.amount()))
            .toList();
  }

  private static List<Discrepancy> withCancelled(PaymentFace ours, OrderFace order) {
    if (left(ours).minor() == 0) {
      return unnoted(ours, order);
    }
    var denied = ours.refunds().stream().anyMatch(one -> one.standing() == Refund.Standing.DENIED);
    return List.of(
        denied
            ? desk(Kind.REFUND_DENIED, ours, paidWith(ours), paidWith(ours), left(ours))
            : ofOrder(Kind.REFUND_DUE, ours));
  }

  /** Both speak of it in the same words, and of as much that was lost. */
  private static List<Discrepancy> unnoted(PaymentFace ours, OrderFace order) {
    var gone = ours.refunded().plus(ours.lost());
    return hasHeardOfRefunds(ours, order) && hasHeardOfLosses(ours, order)
        ? List.of()
        : List.of(own(Kind.REFUND_UNNOTED, ours, paidWith(ours), gone));
  }

  private static boolean hasHeardOfRefunds(PaymentFace ours, OrderFace order) {
    return asked(ours).minor() > 0
        || ours.sale().amount().minor() == 0
        || order.paymentStatus().equals(ours.standing().wireName());
  }

  private static boolean hasHeardOfLosses(PaymentFace ours, OrderFace order) {
    return ours.lost().minor() == (order.lost() == null ? 0 : order.lost().minor());
  }

  /** What is neither given back nor about to be, nor lost. */
  private static Money left(PaymentFace ours) {
    var left = ours.sale().amount().minus(ours.refunded()).minus(asked(ours)).minus(ours.lost());
    return left.minor() < 0 ? nothing(left) : left;
  }

  private static Money asked(PaymentFace ours) {
    return ours.refunds().stream()
        .filter(Refund::isUnderWay)
        .map(Refund::amount)
        .reduce(nothing(ours.sale().amount()), Money::plus);
  }

  /** Whether the provider was asked for something of which nobody knows what it has done. */
  static boolean isAsking(PaymentFace ours) {
    return asks(ours)
        || ours.refunds().stream().anyMatch(one -> one.standing() == Refund.Standing.ASKED);
  }

  private static boolean asks(PaymentFace ours) {
    return switch (ours.standing()) {
      case PROCESSING, CAPTURING, CANCELLING -> true;
      case OPEN,
          ACTION_REQUIRED,
          AUTHORIZED,
          PAID,
          PARTIALLY_REFUNDED,
          REFUNDED,
          FAILED,
          CANCELLED ->
          false;
    };
  }

  private static boolean holds(PaymentFace ours) {
    return switch (ours.standing()) {
      case PROCESSING, ACTION_REQUIRED, AUTHORIZED, CAPTURING, CANCELLING -> true;
      case OPEN, PAID, PARTIALLY_REFUNDED, REFUNDED, FAILED, CANCELLED -> false;
    };
  }

  /** It has nothing of anybody's, or nothing any more. */
  private static boolean isEmpty(Entry entry) {
    return !entry.isHeld() && kept(entry).minor() <= 0;
  }

  private static Money kept(Entry entry) {
    return entry.taken().minus(entry.returned());
  }

  private static Discrepancy withoutCharge(PaymentFace ours, String reference) {
    var amount = ours.sale().amount();
    return new Discrepancy(
        Kind.PAYMENT_WITHOUT_CHARGE,
        ours.payment().value(),
        reference,
        reference,
        amount,
        nothing(amount),
        amount);
  }

  /** The provider has it, and we have nothing that belongs to it. */
  private static Discrepancy stray(Kind kind, String payment, Entry entry) {
    var there = entry.isHeld() ? entry.held() : kept(entry);
    return new Discrepancy(
        kind, payment, entry.reference(), entry.reference(), nothing(there), there, there);
  }

  private static Discrepancy charge(
      Kind kind, PaymentFace ours, String charge, Money taken, Money amount) {
    return new Discrepancy(
        kind, ours.payment().value(), charge, charge, ours.sale().amount(), taken, amount);
  }

  private static Discrepancy differing(
      Kind kind, PaymentFace face, Entry entry, Money ours, Money theirs) {
    var difference = theirs.minus(ours);
    return new Discrepancy(
        kind,
        face.payment().value(),
        entry.reference(),
        entry.reference(),
        ours,
        theirs,
        new Money(Math.abs(difference.minor()), difference.currency()));
  }

  private static Discrepancy ofOrder(Kind kind, PaymentFace ours) {
    return own(kind, ours, paidWith(ours), left(ours));
  }

  private static Discrepancy own(Kind kind, PaymentFace ours, String about, Money amount) {
    return desk(kind, ours, about, null, amount);
  }

  /** Our own books say it, and people find the charge at the provider's desk. */
  private static Discrepancy desk(
      Kind kind, PaymentFace ours, String about, @Nullable String charge, Money amount) {
    return new Discrepancy(
        kind, ours.payment().value(), about, charge, ours.sale().amount(), amount, amount);
  }

  private static String paidWith(PaymentFace ours) {
    return Objects.requireNonNull(ours.reference());
  }

  private static Discrepancy ofOrderAlone(Kind kind, String payment, OrderFace order) {
    var total = order.quote().total();
    return new Discrepancy(
        kind, payment, order.order().value(), null, nothing(total), total, total);
  }

  private static Attempt attempt(PaymentFace ours) {
    return Objects.requireNonNull(ours.attempt());
  }

  private static Money nothing(Money like) {
    return new Money(0, like.currency());
  }
}
