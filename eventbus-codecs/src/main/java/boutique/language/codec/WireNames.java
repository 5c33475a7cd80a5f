package boutique.language.codec;

import boutique.language.Ask;
import boutique.language.Live;
import boutique.language.Look;
import boutique.language.Message;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.Revoked;
import boutique.language.carts.CartCommand.AddToCart;
import boutique.language.carts.CartCommand.AddVoucher;
import boutique.language.carts.CartCommand.EmptyCart;
import boutique.language.carts.CartCommand.ForgetCart;
import boutique.language.carts.CartCommand.HandOver;
import boutique.language.carts.CartCommand.LockCart;
import boutique.language.carts.CartCommand.MergeGuest;
import boutique.language.carts.CartCommand.RemoveLine;
import boutique.language.carts.CartCommand.RemoveVoucher;
import boutique.language.carts.CartCommand.SetLine;
import boutique.language.carts.CartCommand.TakeOut;
import boutique.language.carts.CartCommand.UnlockCart;
import boutique.language.carts.CartEvent.CartForgotten;
import boutique.language.carts.CartEvent.CartHandedOver;
import boutique.language.carts.CartEvent.CartLocked;
import boutique.language.carts.CartEvent.CartMerged;
import boutique.language.carts.CartEvent.CartTakenOut;
import boutique.language.carts.CartEvent.CartUnlocked;
import boutique.language.carts.CartEvent.CartUpdated;
import boutique.language.carts.CartEvent.CartVouchersChanged;
import boutique.language.carts.CartFace;
import boutique.language.catalog.CatalogCommand.CreateProduct;
import boutique.language.catalog.CatalogEvent.ProductCreated;
import boutique.language.catalog.ProductFace;
import boutique.language.discounts.DiscountCommand.ChangeVoucher;
import boutique.language.discounts.DiscountCommand.CreateVoucher;
import boutique.language.discounts.DiscountCommand.DeleteVoucher;
import boutique.language.discounts.DiscountCommand.RedeemVoucher;
import boutique.language.discounts.DiscountCommand.ReleaseVoucher;
import boutique.language.discounts.DiscountEvent.DiscountApplied;
import boutique.language.discounts.DiscountEvent.DiscountChanged;
import boutique.language.discounts.DiscountEvent.DiscountCreated;
import boutique.language.discounts.DiscountEvent.DiscountDeleted;
import boutique.language.discounts.DiscountEvent.DiscountReleased;
import boutique.language.discounts.VoucherFace;
import boutique.language.inventory.AuditFace;
import boutique.language.inventory.InventoryCommand.AdjustStock;
import boutique.language.inventory.InventoryCommand.AllocateStock;
import boutique.language.inventory.InventoryCommand.AuditStock;
import boutique.language.inventory.InventoryCommand.CloseSale;
import boutique.language.inventory.InventoryCommand.HoldStock;
import boutique.language.inventory.InventoryCommand.JoinLine;
import boutique.language.inventory.InventoryCommand.LapseHold;
import boutique.language.inventory.InventoryCommand.LapseReservation;
import boutique.language.inventory.InventoryCommand.LeaveLine;
import boutique.language.inventory.InventoryCommand.OpenSale;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.InventoryCommand.ReceiveStock;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.inventory.InventoryCommand.SetPolicy;
import boutique.language.inventory.InventoryCommand.SetThreshold;
import boutique.language.inventory.InventoryCommand.ShipStock;
import boutique.language.inventory.InventoryCommand.WriteOffStock;
import boutique.language.inventory.InventoryEvent.HoldEnded;
import boutique.language.inventory.InventoryEvent.LineLeft;
import boutique.language.inventory.InventoryEvent.PolicySet;
import boutique.language.inventory.InventoryEvent.SaleClosed;
import boutique.language.inventory.InventoryEvent.SaleOpened;
import boutique.language.inventory.InventoryEvent.ShopperAdmitted;
import boutique.language.inventory.InventoryEvent.StockAdjusted;
import boutique.language.inventory.InventoryEvent.StockAllocated;
import boutique.language.inventory.InventoryEvent.StockHeld;
import boutique.language.inventory.InventoryEvent.StockLapsed;
import boutique.language.inventory.InventoryEvent.StockLow;
import boutique.language.inventory.InventoryEvent.StockOpened;
import boutique.language.inventory.InventoryEvent.StockReceived;
import boutique.language.inventory.InventoryEvent.StockRecovered;
import boutique.language.inventory.InventoryEvent.StockReleased;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.inventory.InventoryEvent.StockSold;
import boutique.language.inventory.InventoryEvent.StockWrittenOff;
import boutique.language.inventory.InventoryEvent.ThresholdSet;
import boutique.language.inventory.InventoryEvent.TicketTaken;
import boutique.language.inventory.StockFace;
import boutique.language.orders.OrderCommand.AbandonOrder;
import boutique.language.orders.OrderCommand.AuthorizePayment;
import boutique.language.orders.OrderCommand.BeginPayment;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderCommand.CompleteCheckout;
import boutique.language.orders.OrderCommand.CompleteOrder;
import boutique.language.orders.OrderCommand.ConfirmLock;
import boutique.language.orders.OrderCommand.ConfirmOrder;
import boutique.language.orders.OrderCommand.ConfirmVoucher;
import boutique.language.orders.OrderCommand.DeliverOrder;
import boutique.language.orders.OrderCommand.ExpireOrder;
import boutique.language.orders.OrderCommand.FailCheckout;
import boutique.language.orders.OrderCommand.FailPayment;
import boutique.language.orders.OrderCommand.NoteRefund;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderCommand.ResumeCheckout;
import boutique.language.orders.OrderCommand.ResumeSettlement;
import boutique.language.orders.OrderCommand.ReturnItems;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderCommand.ShipOrder;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderAuthorized;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderCompleted;
import boutique.language.orders.OrderEvent.OrderConfirmed;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderEvent.OrderDelivered;
import boutique.language.orders.OrderEvent.OrderPaid;
import boutique.language.orders.OrderEvent.OrderPaymentBegun;
import boutique.language.orders.OrderEvent.OrderPaymentFailed;
import boutique.language.orders.OrderEvent.OrderRefundOwed;
import boutique.language.orders.OrderEvent.OrderRefunded;
import boutique.language.orders.OrderEvent.OrderReturned;
import boutique.language.orders.OrderEvent.OrderShipped;
import boutique.language.orders.OrderFace;
import boutique.language.payments.PaymentCommand.AbandonPayment;
import boutique.language.payments.PaymentCommand.CancelPayment;
import boutique.language.payments.PaymentCommand.CapturePayment;
import boutique.language.payments.PaymentCommand.OpenPayment;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentCommand.ProvePayer;
import boutique.language.payments.PaymentCommand.RecordDeniedRefund;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentCommand.RenewKey;
import boutique.language.payments.PaymentCommand.RequestPayment;
import boutique.language.payments.PaymentCommand.ResumePayment;
import boutique.language.payments.PaymentEvent.CancelRequested;
import boutique.language.payments.PaymentEvent.CaptureRequested;
import boutique.language.payments.PaymentEvent.KeyRenewed;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentAuthorized;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentChallenged;
import boutique.language.payments.PaymentEvent.PaymentCreated;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentOpened;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.PaymentRequested;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.PaymentFace;
import boutique.language.sessions.SessionCommand.EndSession;
import boutique.language.sessions.SessionCommand.OpenSession;
import boutique.language.sessions.SessionCommand.RefreshSession;
import boutique.language.sessions.SessionEvent.SessionEnded;
import boutique.language.sessions.SessionEvent.SessionOpened;
import boutique.language.sessions.SessionEvent.SessionRefreshed;
import boutique.language.sessions.SessionFace;
import boutique.language.users.PersonFace;
import boutique.language.users.UserCommand.AddAddress;
import boutique.language.users.UserCommand.BlockUser;
import boutique.language.users.UserCommand.ChangeAddress;
import boutique.language.users.UserCommand.ChangePassword;
import boutique.language.users.UserCommand.ChangeProfile;
import boutique.language.users.UserCommand.ChangeRoles;
import boutique.language.users.UserCommand.ConfirmPasswordReset;
import boutique.language.users.UserCommand.EndAllSessions;
import boutique.language.users.UserCommand.EraseUser;
import boutique.language.users.UserCommand.Filed;
import boutique.language.users.UserCommand.ImportUser;
import boutique.language.users.UserCommand.ReadPerson;
import boutique.language.users.UserCommand.RemoveAddress;
import boutique.language.users.UserCommand.RequestPasswordReset;
import boutique.language.users.UserCommand.SignIn;
import boutique.language.users.UserCommand.SignUp;
import boutique.language.users.UserCommand.UnblockUser;
import boutique.language.users.UserCommand.UpgradePassword;
import boutique.language.users.UserEvent.PasswordChanged;
import boutique.language.users.UserEvent.PasswordReset;
import boutique.language.users.UserEvent.PasswordResetRequested;
import boutique.language.users.UserEvent.PersonChanged;
import boutique.language.users.UserEvent.RolesChanged;
import boutique.language.users.UserEvent.SessionsEnded;
import boutique.language.users.UserEvent.UserBlocked;
import boutique.language.users.UserEvent.UserCreated;
import boutique.language.users.UserEvent.UserErased;
import boutique.language.users.UserEvent.UserUnblocked;
import boutique.language.users.UserFace;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The only table of wire names. A name, once used, keeps its shape for ever: a new shape is a new
 * record under a new name ({@code order.created.v2}), and both stay here.
 */
public final class WireNames {
  private static final Map<String, Class<? extends Message>> CLASSES = new HashMap<>();
  private static final Map<Class<? extends Message>, String> NAMES = new HashMap<>();

  static {
    // users
    name("user.sign-up", SignUp.class);
    name("user.import", ImportUser.class);
    name("user.filed", Filed.class);
    name("user.sign-in", SignIn.class);
    name("user.upgrade-password", UpgradePassword.class);
    name("user.change-password", ChangePassword.class);
    name("user.request-password-reset", RequestPasswordReset.class);
    name("user.confirm-password-reset", ConfirmPasswordReset.class);
    name("user.end-all-sessions", EndAllSessions.class);
    name("user.block", BlockUser.class);
    name("user.unblock", UnblockUser.class);
    name("user.change-roles", ChangeRoles.class);
    name("user.read-person", ReadPerson.class);
    name("user.change-profile", ChangeProfile.class);
    name("user.add-address", AddAddress.class);
    name("user.change-address", ChangeAddress.class);
    name("user.remove-address", RemoveAddress.class);
    name("user.erase", EraseUser.class);
    name("user.created", UserCreated.class);
    name("user.changed", PersonChanged.class);
    name("user.password-changed", PasswordChanged.class);
    name("user.password-reset-requested", PasswordResetRequested.class);
    name("user.password-reset", PasswordReset.class);
    name("user.sessions-ended", SessionsEnded.class);
    name("user.blocked", UserBlocked.class);
    name("user.unblocked", UserUnblocked.class);
    name("user.roles-changed", RolesChanged.class);
    name("user.erased", UserErased.class);
    name("user.face", UserFace.class);
    name("user.person", PersonFace.class);
    // sessions
    name("session.open", OpenSession.class);
    name("session.refresh", RefreshSession.class);
    name("session.end", EndSession.class);
    name("session.opened", SessionOpened.class);
    name("session.refreshed", SessionRefreshed.class);
    name("session.ended", SessionEnded.class);
    name("session.face", SessionFace.class);
    // catalog
    name("product.create", CreateProduct.class);
    name("product.created", ProductCreated.class);
    name("product.face", ProductFace.class);
    // inventory
    name("inventory.open", OpenStock.class);
    name("inventory.receive", ReceiveStock.class);
    name("inventory.reserve", ReserveStock.class);
    name("inventory.release", ReleaseStock.class);
    name("inventory.allocate", AllocateStock.class);
    name("inventory.ship", ShipStock.class);
    name("inventory.adjust", AdjustStock.class);
    name("inventory.write-off", WriteOffStock.class);
    name("inventory.set-threshold", SetThreshold.class);
    name("inventory.set-policy", SetPolicy.class);
    name("inventory.hold", HoldStock.class);
    name("inventory.lapse", LapseReservation.class);
    name("inventory.lapse-hold", LapseHold.class);
    name("inventory.open-sale", OpenSale.class);
    name("inventory.close-sale", CloseSale.class);
    name("inventory.join-line", JoinLine.class);
    name("inventory.leave-line", LeaveLine.class);
    name("inventory.audit", AuditStock.class);
    name("inventory.opened", StockOpened.class);
    name("inventory.received", StockReceived.class);
    name("inventory.reserved", StockReserved.class);
    name("inventory.released", StockReleased.class);
    name("inventory.lapsed", StockLapsed.class);
    name("inventory.allocated", StockAllocated.class);
    name("inventory.sold", StockSold.class);
    name("inventory.adjusted", StockAdjusted.class);
    name("inventory.written-off", StockWrittenOff.class);
    name("inventory.threshold-set", ThresholdSet.class);
    name("inventory.policy-set", PolicySet.class);
    name("inventory.low", StockLow.class);
    name("inventory.recovered", StockRecovered.class);
    name("inventory.held", StockHeld.class);
    name("inventory.let-go", HoldEnded.class);
    name("inventory.sale-opened", SaleOpened.class);
    name("inventory.sale-closed", SaleClosed.class);
    name("inventory.ticket-taken", TicketTaken.class);
    name("inventory.admitted", ShopperAdmitted.class);
    name("inventory.line-left", LineLeft.class);
    name("inventory.face", StockFace.class);
    name("inventory.audited", AuditFace.class);
    // carts
    name("cart.add", AddToCart.class);
    name("cart.set-line", SetLine.class);
    name("cart.remove-line", RemoveLine.class);
    name("cart.empty", EmptyCart.class);
    name("cart.add-voucher", AddVoucher.class);
    name("cart.remove-voucher", RemoveVoucher.class);
    name("cart.lock", LockCart.class);
    name("cart.unlock", UnlockCart.class);
    name("cart.take-out", TakeOut.class);
    name("cart.hand-over", HandOver.class);
    name("cart.merge-guest", MergeGuest.class);
    name("cart.forget", ForgetCart.class);
    name("cart.updated", CartUpdated.class);
    name("cart.vouchers-changed", CartVouchersChanged.class);
    name("cart.merged", CartMerged.class);
    name("cart.handed-over", CartHandedOver.class);
    name("cart.locked", CartLocked.class);
    name("cart.unlocked", CartUnlocked.class);
    name("cart.taken-out", CartTakenOut.class);
    name("cart.forgotten", CartForgotten.class);
    name("cart.face", CartFace.class);
    // discounts
    name("discount.create", CreateVoucher.class);
    name("discount.change", ChangeVoucher.class);
    name("discount.delete", DeleteVoucher.class);
    name("discount.redeem", RedeemVoucher.class);
    name("discount.release", ReleaseVoucher.class);
    name("discount.created", DiscountCreated.class);
    name("discount.changed", DiscountChanged.class);
    name("discount.deleted", DiscountDeleted.class);
    name("discount.applied", DiscountApplied.class);
    name("discount.released", DiscountReleased.class);
    name("discount.face", VoucherFace.class);
    // orders
    name("order.place", PlaceOrder.class);
    name("order.resume-checkout", ResumeCheckout.class);
    name("order.confirm-voucher", ConfirmVoucher.class);
    name("order.confirm-lock", ConfirmLock.class);
    name("order.complete-checkout", CompleteCheckout.class);
    name("order.fail-checkout", FailCheckout.class);
    name("order.cancel", CancelOrder.class);
    name("order.expire", ExpireOrder.class);
    name("order.begin-payment", BeginPayment.class);
    name("order.fail-payment", FailPayment.class);
    name("order.settle-payment", SettlePayment.class);
    name("order.resume-settlement", ResumeSettlement.class);
    name("order.complete", CompleteOrder.class);
    name("order.abandon", AbandonOrder.class);
    name("order.note-refund", NoteRefund.class);
    name("order.authorize-payment", AuthorizePayment.class);
    name("order.confirm", ConfirmOrder.class);
    name("order.ship", ShipOrder.class);
    name("order.deliver", DeliverOrder.class);
    name("order.return", ReturnItems.class);
    name("checkout.started", CheckoutStarted.class);
    name("checkout.failed", CheckoutFailed.class);
    name("order.created", OrderCreated.class);
    name("order.cancelled", OrderCancelled.class);
    name("order.payment-begun", OrderPaymentBegun.class);
    name("order.authorized", OrderAuthorized.class);
    name("order.payment-failed", OrderPaymentFailed.class);
    name("order.paid", OrderPaid.class);
    name("order.completed", OrderCompleted.class);
    name("order.refund-owed", OrderRefundOwed.class);
    name("order.refunded", OrderRefunded.class);
    name("order.confirmed", OrderConfirmed.class);
    name("order.shipped", OrderShipped.class);
    name("order.delivered", OrderDelivered.class);
    name("order.returned", OrderReturned.class);
    name("order.face", OrderFace.class);
    // payments
    name("payment.open", OpenPayment.class);
    name("payment.pay", PayOrder.class);
    name("payment.prove", ProvePayer.class);
    name("payment.request", RequestPayment.class);
    name("payment.capture", CapturePayment.class);
    name("payment.cancel", CancelPayment.class);
    name("payment.abandon", AbandonPayment.class);
    name("payment.refund", RefundPayment.class);
    name("payment.refund-part", RefundPart.class);
    name("payment.resume", ResumePayment.class);
    name("payment.record-outcome", RecordOutcome.class);
    name("payment.record-refund", RecordRefund.class);
    name("payment.record-denied-refund", RecordDeniedRefund.class);
    name("payment.renew-key", RenewKey.class);
    name("payment.opened", PaymentOpened.class);
    name("payment.requested", PaymentRequested.class);
    name("payment.challenged", PaymentChallenged.class);
    name("payment.authorized", PaymentAuthorized.class);
    name("payment.capture-requested", CaptureRequested.class);
    name("payment.created", PaymentCreated.class);
    name("payment.failed", PaymentFailed.class);
    name("payment.cancel-requested", CancelRequested.class);
    name("payment.cancelled", PaymentCancelled.class);
    name("payment.refund-requested", RefundRequested.class);
    name("payment.refunded", RefundCreated.class);
    name("payment.refund-failed", RefundFailed.class);
    name("payment.key-renewed", KeyRenewed.class);
    name("payment.notice-taken", NoticeTaken.class);
    name("payment.questioned", PaymentQuestioned.class);
    name("payment.face", PaymentFace.class);
    // every room
    name("ask", Ask.class);
    name("look", Look.class);
    name("live", Live.class);
    name("revoked", Revoked.class);
    name("done", Done.class);
    name("refused", Refused.class);
  }

  private WireNames() {}

  public static String of(Message message) {
    return of(message.getClass());
  }

  public static String of(Class<? extends Message> type) {
    var name = NAMES.get(type);
    if (name == null) {
      throw new IllegalArgumentException(type.getName() + " has no wire name");
    }
    return name;
  }

  /** The class behind a name; refuses a name that nobody has given. */
  public static Class<? extends Message> named(String name) {
    var type = CLASSES.get(name);
    if (type == null) {
      throw new IllegalArgumentException("nothing is named " + name);
    }
    return type;
  }

  public static Collection<Class<? extends Message>> all() {
    return Map.copyOf(CLASSES).values();
  }

  private static void name(String name, Class<? extends Message> type) {
    if (CLASSES.put(name, type) != null || NAMES.put(type, name) != null) {
      throw new IllegalStateException(name + " or " + type.getName() + " is named twice");
    }
  }
}
