package boutique.discounts;

import boutique.kernel.Rules;
import boutique.language.Money;
import boutique.language.discounts.DiscountCommand;
import boutique.language.discounts.DiscountCommand.ChangeVoucher;
import boutique.language.discounts.DiscountCommand.CreateVoucher;
import boutique.language.discounts.DiscountCommand.DeleteVoucher;
import boutique.language.discounts.DiscountCommand.RedeemVoucher;
import boutique.language.discounts.DiscountCommand.ReleaseVoucher;
import boutique.language.discounts.DiscountEvent;
import boutique.language.discounts.DiscountEvent.DiscountApplied;
import boutique.language.discounts.DiscountEvent.DiscountChanged;
import boutique.language.discounts.DiscountEvent.DiscountCreated;
import boutique.language.discounts.DiscountEvent.DiscountDeleted;
import boutique.language.discounts.DiscountEvent.DiscountReleased;
import boutique.language.discounts.Terms;
import boutique.language.discounts.VoucherCode;
import boutique.language.orders.OrderId;
import boutique.language.pricing.Reduction.Fixed;
import boutique.language.pricing.Reduction.Percentage;
import boutique.language.pricing.Scope.WholeOrder;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A voucher")
class VoucherDeciderTest {
  private static final VoucherCode SPRING = new VoucherCode("spring-10");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LAST = NOON.plusSeconds(3600).minusMillis(1);
  private static final Terms TERMS = terms(2L, 1L);
  private static final UserId ANNA = new UserId("anna");
  private static final UserId BEN = new UserId("ben");
  private static final UserId CLEO = new UserId("cleo");

  private final Rules<DiscountCommand, Voucher, DiscountEvent> rules =
      Rules.of(new VoucherDecider());
  private final Rules<DiscountCommand, Voucher, DiscountEvent> offered =
      rules.given(List.of(created(TERMS)));

  @Test
  @DisplayName("is made with its terms")
  void made() {
    rules.when(new CreateVoucher(SPRING, TERMS, NOON)).then(created(TERMS));
  }

  @Test
  @DisplayName("is made once, and its code never stands for other terms")
  void madeOnce() {
    offered.when(new CreateVoucher(SPRING, TERMS, NOON)).thenNothing();
    offered.when(new CreateVoucher(SPRING, terms(null, null), NOON)).thenRefused("voucher.exists");
    offered
        .given(List.of(new DiscountDeleted(SPRING, NOON)))
        .when(new CreateVoucher(SPRING, TERMS, NOON))
        .thenRefused("voucher.exists");
  }

  @Test
  @DisplayName("is used by an order")
  void used() {
    offered.when(redeem(1, ANNA, NOON)).then(applied(1, ANNA, 1));
  }

  @Test
  @DisplayName("is used once by an order, however often it is asked, even when it is over")
  void usedOnce() {
    var taken = offered.given(List.of(applied(1, ANNA, 1)));

    taken.when(redeem(1, ANNA, NOON)).thenNothing();
    taken
        .given(List.of(new DiscountDeleted(SPRING, NOON)))
        .when(redeem(1, ANNA, NOON))
        .thenNothing();
  }

  @Test
  @DisplayName("is used by no more orders than its limit says")
  void limited() {
    offered
        .given(List.of(applied(1, ANNA, 1), applied(2, BEN, 2)))
        .when(redeem(3, CLEO, NOON))
        .thenRefused("voucher.invalid");
  }

  @Test
  @DisplayName("is used by no more orders of one user than its limit says")
  void limitedPerUser() {
    var taken = offered.given(List.of(applied(1, ANNA, 1)));

    taken.when(redeem(2, ANNA, NOON)).thenRefused("voucher.used");
    taken.when(redeem(2, BEN, NOON)).then(applied(2, BEN, 2));
  }

  @Test
  @DisplayName("can be used again when an order has given it back")
  void givenBack() {
    var back = offered.given(List.of(applied(1, ANNA, 1), released(1, ANNA, 0)));

    back.when(redeem(2, ANNA, NOON)).then(applied(2, ANNA, 1));
    back.when(redeem(1, ANNA, NOON)).then(applied(1, ANNA, 1));
  }

  @Test
  @DisplayName("is given back once, and only by whom has it")
  void givenBackOnce() {
    var taken = offered.given(List.of(applied(1, ANNA, 1)));

    taken.when(release(1)).then(released(1, ANNA, 0));
    taken.when(release(2)).thenNothing();
    taken.given(List.of(released(1, ANNA, 0))).when(release(1)).thenNothing();
    rules.when(release(1)).thenNothing();
  }

  @Test
  @DisplayName("is good from its first instant until before its last")
  void window() {
    var hour = rules.given(List.of(created(within(NOON, NOON.plusSeconds(3600)))));

    hour.when(redeemHour(NOON.minusMillis(1))).thenRefused("voucher.invalid");
    hour.when(redeemHour(NOON)).then(applied(1, ANNA, 1));
    hour.when(redeemHour(LAST)).then(new DiscountApplied(SPRING, order(1), ANNA, 1, LAST));
    hour.when(redeemHour(NOON.plusSeconds(3600))).thenRefused("voucher.invalid");
  }

  @Test
  @DisplayName("is refused in one way, be it unknown, deleted, over or used up")
  void oneAnswer() {
    rules.when(redeem(1, ANNA, NOON)).thenRefused("voucher.invalid");
    offered
        .given(List.of(new DiscountDeleted(SPRING, NOON)))
        .when(redeem(1, ANNA, NOON))
        .thenRefused("voucher.invalid");
  }

  @Test
  @DisplayName("is not used for a price that it does not give any more")
  void changedMeanwhile() {
    offered
        .given(List.of(new DiscountChanged(SPRING, within(null, null), NOON)))
        .when(redeem(1, ANNA, NOON))
        .thenRefused("voucher.changed");
  }

  @Test
  @DisplayName("gets other terms, and keeps what was used")
  void changed() {
    var once = terms(1L, 1L);
    var taken = offered.given(List.of(applied(1, ANNA, 1)));

    taken.when(new ChangeVoucher(SPRING, once, NOON)).then(new DiscountChanged(SPRING, once, NOON));
    taken.when(new ChangeVoucher(SPRING, TERMS, NOON)).thenNothing();
    taken
        .given(List.of(new DiscountChanged(SPRING, once, NOON)))
        .when(redeem(2, BEN, NOON))
        .thenRefused("voucher.invalid");
    rules.when(new ChangeVoucher(SPRING, TERMS, NOON)).thenRefused("voucher.not-found");
  }

  @Test
  @DisplayName("is deleted once, and what it was used for can still be given back")
  void deleted() {
    var deleted = new DiscountDeleted(SPRING, NOON);
    var taken = offered.given(List.of(applied(1, ANNA, 1)));

    taken.when(new DeleteVoucher(SPRING, NOON)).then(deleted);
    taken.given(List.of(deleted)).when(new DeleteVoucher(SPRING, NOON)).thenNothing();
    taken.given(List.of(deleted)).when(release(1)).then(released(1, ANNA, 0));
    rules.when(new DeleteVoucher(SPRING, NOON)).thenRefused("voucher.not-found");
  }

  private static DiscountCreated created(Terms terms) {
    return new DiscountCreated(SPRING, terms, NOON);
  }

  private static DiscountApplied applied(int order, UserId user, long used) {
    return new DiscountApplied(SPRING, order(order), user, used, NOON);
  }

  private static DiscountReleased released(int order, UserId user, long used) {
    return new DiscountReleased(SPRING, order(order), user, used, NOON);
  }

  private static RedeemVoucher redeem(int order, UserId user, Instant at) {
    return new RedeemVoucher(SPRING, TERMS.rule(SPRING), order(order), user, at);
  }

  private static RedeemVoucher redeemHour(Instant at) {
    return new RedeemVoucher(SPRING, within(null, null).rule(SPRING), order(1), ANNA, at);
  }

  private static ReleaseVoucher release(int order) {
    return new ReleaseVoucher(SPRING, order(order), NOON);
  }

  private static OrderId order(int number) {
    return new OrderId("order-" + number);
  }

  private static Terms terms(@Nullable Long limit, @Nullable Long perUser) {
    return new Terms(
        new Percentage(1000), new WholeOrder(), null, null, 1, null, null, limit, perUser);
  }

  private static Terms within(@Nullable Instant from, @Nullable Instant until) {
    var five = new Fixed(new Money(500, "USD"));
    return new Terms(five, new WholeOrder(), null, null, 1, from, until, null, null);
  }
}
