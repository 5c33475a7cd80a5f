package boutique.invariants;

import boutique.kernel.store.EventStore;
import boutique.kernel.store.Recorded;
import boutique.language.Money;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderCompleted;
import boutique.language.orders.OrderEvent.OrderPaid;
import boutique.language.orders.OrderEvent.OrderPaymentLost;
import boutique.language.orders.OrderEvent.OrderRefundOwed;
import boutique.language.orders.OrderEvent.OrderRefundReversed;
import boutique.language.orders.OrderEvent.OrderRefunded;
import boutique.language.orders.OrderId;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.CancelRequested;
import boutique.language.payments.PaymentEvent.CaptureRequested;
import boutique.language.payments.PaymentEvent.ChargeLost;
import boutique.language.payments.PaymentEvent.DisputeClosed;
import boutique.language.payments.PaymentEvent.KeyRenewed;
import boutique.language.payments.PaymentEvent.NoticeHeard;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentAuthorized;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentChallenged;
import boutique.language.payments.PaymentEvent.PaymentCreated;
import boutique.language.payments.PaymentEvent.PaymentDisputed;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentLost;
import boutique.language.payments.PaymentEvent.PaymentOpened;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.PaymentRequested;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundPending;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.PaymentEvent.RefundReversed;
import boutique.language.payments.PaymentEvent.SurplusReturnFailed;
import boutique.language.payments.PaymentEvent.SurplusReturnRequested;
import boutique.language.payments.PaymentEvent.SurplusReturned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The books of the money, kept once more by somebody else: whatever is taken from one account is
 * put into another, an order is paid once and no more goes back than came, nothing stays on its way
 * back when all has come to rest, and no order that is over keeps money (I4, I6, I7, I8).
 */
public final class PaymentInvariants {
  private static final String PROVIDER = "provider";
  private static final String ORDERS = "orders";
  private static final String REFUNDING = "refunding";
  private static final String SURPLUS = "surplus";
  private static final String DISPUTES = "disputes";

  private final Map<OrderId, Account> accounts =
      new TreeMap<>(Comparator.comparing(OrderId::value));
  private final Set<String> keys = new HashSet<>();
  private final Set<String> surplus = new HashSet<>();
  private final Set<String> goingBack = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private final List<String> violations = new ArrayList<>();

  /** What an order's payment has come to. */
  private static final class Account {
    private final Map<String, Long> balances = new HashMap<>();
    private final Map<String, Long> asked = new HashMap<>();
    private String currency = "";
    private long taken;

    long of(String account) {
      return balances.getOrDefault(account, 0L);
    }

    void move(Money amount, String from, String to) {
      balances.merge(from, -amount.minor(), Math::addExact);
      balances.merge(to, amount.minor(), Math::addExact);
    }
  }

  /** What is broken in a shop that has come to rest; nothing, when all is well. */
  public static List<String> violations(EventStore store) {
    var auditor = new PaymentInvariants();
    for (Recorded recorded : Facts.of(store, "payments")) {
      auditor.hear((PaymentEvent) recorded.event());
    }
    auditor.settle();
    auditor.settleOrders(store);
    return auditor.violations();
  }

  void hear(PaymentEvent event) {
    var account = accounts.computeIfAbsent(event.order(), _ -> new Account());
    switch (event) {
      case PaymentRequested e -> expect(keys.add(e.attempt().key()), "a key twice", e);
      case KeyRenewed e -> expect(keys.add(e.next()), "a key twice", e);
      case SurplusReturnRequested e -> {
        expect(keys.add(e.key()), "a key twice", e);
        goingBack.add(e.charge());
        account.move(e.amount(), SURPLUS, PROVIDER);
      }
      case SurplusReturned e -> {
        expect(surplus.add(e.charge()), "given back twice", e);
        noMore(account, e.charge(), e.amount());
      }
      case SurplusReturnFailed e -> {
        surplus.remove(e.charge());
        noMore(account, e.charge(), e.amount());
      }
      case PaymentCreated e -> {
        expect(account.taken == 0, "paid twice", e);
        account.taken = e.amount().minor();
        account.currency = e.amount().currency();
        account.move(e.amount(), ORDERS, PROVIDER);
      }
      case RefundRequested e -> {
        expect(account.asked.put(e.refund(), e.amount().minor()) == null, "asked twice", e);
        expect(fits(account, e.amount()), "another currency", e);
        account.move(e.amount(), REFUNDING, ORDERS);
        expect(account.of(ORDERS) <= 0, "more goes back than came", e);
      }
      case RefundCreated e -> {
        ended(account, e.refund(), e.amount(), e);
        account.move(e.amount(), PROVIDER, REFUNDING);
        done.add(e.order().value() + " " + e.refund());
        expect(account.of(PROVIDER) >= 0, "more went back than came", e);
      }
      case RefundFailed e -> {
        ended(account, e.refund(), e.amount(), e);
        account.move(e.amount(), ORDERS, REFUNDING);
      }
      case RefundReversed e -> {
        ended(account, e.refund(), e.amount(), e);
        expect(done.remove(e.order().value() + " " + e.refund()), "comes back, and never went", e);
        account.move(e.amount(), ORDERS, PROVIDER);
      }
      case DisputeClosed e -> {
        if (!e.won()) {
          account.move(e.amount(), PROVIDER, DISPUTES);
        }
      }
      case PaymentOpened _,
          RefundPending _,
          PaymentDisputed _,
          PaymentLost _,
          ChargeLost _,
          PaymentChallenged _,
          PaymentAuthorized _,
          CaptureRequested _,
          PaymentFailed _,
          CancelRequested _,
          PaymentCancelled _,
          NoticeHeard _,
          NoticeTaken _,
          PaymentQuestioned _ -> {}
    }
  }

  /** When nothing is under way. */
  void settle() {
    accounts.forEach((order, account) -> {
      var sum = account.balances.values().stream().mapToLong(Long::longValue).sum();
      if (sum != 0) {
        violations.add("the books of %s add up to %d".formatted(order, sum));
      }
      if (account.of(REFUNDING) != 0) {
        violations.add("%d of %s are on their way back".formatted(account.of(REFUNDING), order));
      }
      if (account.of(SURPLUS) != 0) {
        violations.add("%d of %s were paid twice".formatted(-account.of(SURPLUS), order));
      }
    });
  }

  /** What stays of its money with the provider, and what the order says of it. */
  private void settleOrders(EventStore store) {
    var cancelled = new HashSet<OrderId>();
    var billed = new HashMap<OrderId, Long>();
    for (var recorded : Facts.of(store, "orders")) {
      switch (recorded.event()) {
        case OrderCancelled e -> cancelled.add(e.order());
        case OrderPaid e -> billed.merge(e.order(), e.amount().minor(), Math::addExact);
        case OrderRefundOwed e when !billed.containsKey(e.order()) ->
            billed.put(e.order(), e.amount().minor());
        case OrderRefunded e -> billed.merge(e.order(), -e.amount().minor(), Math::addExact);
        case OrderRefundReversed e -> billed.merge(e.order(), e.amount().minor(), Math::addExact);
        case OrderPaymentLost e -> billed.merge(e.order(), -e.amount().minor(), Math::addExact);
        case OrderCompleted e when !accounts.containsKey(e.order()) ->
            violations.add("%s is complete without a payment".formatted(e.order()));
        default -> {}
      }
    }
    accounts.forEach((order, account) -> {
      if (cancelled.contains(order) && account.of(PROVIDER) != 0) {
        violations.add("%s is over and keeps %d".formatted(order, account.of(PROVIDER)));
      }
      if (account.of(PROVIDER) != billed.getOrDefault(order, 0L)) {
        violations.add(
            "%s has %d on its bill, and its payment %d"
                .formatted(order, billed.getOrDefault(order, 0L), account.of(PROVIDER)));
      }
    });
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  private void ended(Account account, String refund, Money amount, PaymentEvent event) {
    var asked = account.asked.get(refund);
    expect(asked != null && asked == amount.minor(), "ends what was not asked for", event);
  }

  /** It has gone back, or does not: then people see to it, and it is in nobody's account. */
  private void noMore(Account account, String charge, Money amount) {
    if (goingBack.remove(charge)) {
      account.move(amount, PROVIDER, SURPLUS);
    }
  }

  private static boolean fits(Account account, Money amount) {
    return amount.currency().equals(account.currency);
  }

  private void expect(boolean promised, String otherwise, PaymentEvent event) {
    if (!promised) {
      violations.add(otherwise + ": " + event);
    }
  }
}
