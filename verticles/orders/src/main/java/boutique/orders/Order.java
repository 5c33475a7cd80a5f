package boutique.orders;

import boutique.language.Reply.Refused;
import boutique.language.catalog.ProductId;
import boutique.language.discounts.VoucherCode;
import boutique.language.orders.Cancellation;
import boutique.language.orders.CartLock;
import boutique.language.orders.LineChange;
import boutique.language.orders.OrderLine;
import boutique.language.orders.OrderNumber;
import boutique.language.orders.Returned;
import boutique.language.orders.Shipment;
import boutique.language.payments.PaymentId;
import boutique.language.pricing.Quote;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order, by the stage of its life. Each stage offers the moves that lead out of it, no other.
 */
sealed interface Order {

  /** Nobody has placed it. */
  record Absent() implements Order {
    CheckingOut started(Placed placed) {
      return new CheckingOut(placed);
    }
  }

  /** Its cart is being locked, its vouchers redeemed, its stock reserved. */
  record CheckingOut(Placed placed) implements Order {
    Open created() {
      return new Open(placed, null);
    }

    Failed failed(Refused because) {
      return new Failed(placed, because);
    }
  }

  /** The checkout was refused; nothing is held. */
  record Failed(Placed placed, Refused because) implements Order {}

  /** It exists and waits for its payment. */
  record Open(Placed placed, @Nullable Paying paying) implements Order {
    Open paying(@Nullable Paying begun) {
      return new Open(placed, begun);
    }

    Paid paid(Bill bill) {
      return new Paid(placed, bill);
    }

    /**
     * For how long its money would have been held is not forgotten: who had paid did their part.
     */
    Cancelled cancelled(Cancellation because) {
      return new Cancelled(
          placed, because, null, paying != null && paying.authorized() ? paying.until() : null);
    }

    Changing changing(LineChange change) {
      return new Changing(placed, change);
    }

    /**
     * Whether its money is held. Somebody may have captured that without our having heard of it, so
     * only its payment says when it has been let go of.
     */
    boolean isHeld() {
      return paying != null && paying.authorized();
    }

    /** From when on it may expire: not while a payment is on its way, but that has its time too. */
    Instant due() {
      return paying != null && (paying.authorized() || paying.until().isAfter(placed.expiresAt()))
          ? paying.until()
          : placed.expiresAt();
    }
  }

  /** The stock of one of its lines is being changed; it cannot be paid at this moment. */
  record Changing(Placed placed, LineChange change) implements Order {
    Open changed(List<OrderLine> lines, Quote quote) {
      return new Open(placed.changed(lines, quote), null);
    }

    Open unchanged() {
      return new Open(placed, null);
    }

    Cancelled cancelled(Cancellation because) {
      return new Cancelled(placed, because, null, null);
    }
  }

  /** The money is there; the stock is being allocated. */
  record Paid(Placed placed, Bill bill) implements Order {
    Paid billed(Bill changed) {
      return new Paid(placed, changed);
    }

    Bought completed() {
      return new Bought(placed, bill);
    }

    Cancelled cancelled(Cancellation because) {
      return new Cancelled(placed, because, bill, null);
    }
  }

  /**
   * It is over, and has bought nothing. Money that has come all the same is on its bill.
   *
   * @param heldUntil until when money could have been captured that was held for it; null when none
   *     was
   */
  record Cancelled(
      Placed placed, Cancellation because, @Nullable Bill bill, @Nullable Instant heldUntil)
      implements Order {
    /** What was taken after all is held no more. */
    Cancelled billed(Bill changed) {
      return new Cancelled(placed, because, changed, null);
    }
  }

  /** The buyer owns it. */
  sealed interface Complete extends Order {
    Placed placed();

    Bill bill();

    /** The same stage, after some of the money was given back. */
    Complete billed(Bill bill);
  }

  /** Nobody in the shop has looked at it yet. */
  record Bought(Placed placed, Bill bill) implements Complete {
    Confirmed confirmed() {
      return new Confirmed(placed, bill);
    }

    @Override
    public Complete billed(Bill changed) {
      return new Bought(placed, changed);
    }

    GivenBack calledOff() {
      return new GivenBack(placed, bill, null, List.of());
    }
  }

  /** It will be packed. */
  record Confirmed(Placed placed, Bill bill) implements Complete {
    Shipped shipped(Shipment shipment) {
      return new Shipped(placed, bill, shipment);
    }

    @Override
    public Complete billed(Bill changed) {
      return new Confirmed(placed, changed);
    }

    GivenBack calledOff() {
      return new GivenBack(placed, bill, null, List.of());
    }
  }

  /** It is on its way. */
  record Shipped(Placed placed, Bill bill, Shipment shipment) implements Complete {
    Delivered delivered() {
      return new Delivered(placed, bill, shipment, List.of());
    }

    @Override
    public Complete billed(Bill changed) {
      return new Shipped(placed, changed, shipment);
    }
  }

  /** The buyer has it, but for what came back. */
  record Delivered(Placed placed, Bill bill, Shipment shipment, List<Return> returns)
      implements Complete {
    public Delivered {
      returns = List.copyOf(returns);
    }

    Delivered returned(List<Return> all) {
      return new Delivered(placed, bill, shipment, all);
    }

    GivenBack returnedWhole(List<Return> all) {
      return new GivenBack(placed, bill, shipment, all);
    }

    @Override
    public Complete billed(Bill changed) {
      return new Delivered(placed, changed, shipment, returns);
    }
  }

  /** The buyer has nothing of it: all came back, or it never left because the money went back. */
  record GivenBack(Placed placed, Bill bill, @Nullable Shipment shipment, List<Return> returns)
      implements Complete {
    public GivenBack {
      returns = List.copyOf(returns);
    }

    @Override
    public Complete billed(Bill changed) {
      return new GivenBack(placed, changed, shipment, returns);
    }
  }

  /**
   * What was ordered, by whom, and until when it may be paid.
   *
   * @param number null for the moment until it has one
   */
  record Placed(
      UserId buyer,
      @Nullable OrderNumber number,
      List<OrderLine> lines,
      Quote quote,
      CartLock lock,
      Instant placedAt,
      Instant expiresAt) {
    public Placed {
      lines = List.copyOf(lines);
    }

    Placed numbered(OrderNumber given) {
      return new Placed(buyer, given, lines, quote, lock, placedAt, expiresAt);
    }

    Placed changed(List<OrderLine> others, Quote priced) {
      return new Placed(buyer, number, others, priced, lock, placedAt, expiresAt);
    }

    List<VoucherCode> vouchers() {
      return vouchers(quote);
    }

    static List<VoucherCode> vouchers(Quote quote) {
      return quote.discounts().stream()
          .map(discount -> new VoucherCode(discount.rule().code()))
          .sorted()
          .toList();
    }
  }

  /**
   * A payment on its way.
   *
   * @param since when its last attempt was begun
   * @param until when it has to be over; when its money is held, until when that may be captured
   * @param authorized whether the money is held for us already
   */
  record Paying(PaymentId payment, Instant since, Instant until, boolean authorized) {
    boolean isOf(PaymentId other) {
      return payment.equals(other);
    }

    Paying held(Instant last) {
      return new Paying(payment, since, last, true);
    }
  }

  /** Goods that came back together. */
  record Return(String request, List<Returned> items) {
    public Return {
      items = List.copyOf(items);
    }

    static long of(List<Return> returns, ProductId product) {
      return returns.stream()
          .flatMap(one -> one.items().stream())
          .filter(item -> item.product().equals(product))
          .mapToLong(Returned::quantity)
          .sum();
    }
  }
}
