package boutique.discounts;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.discounts.DiscountCommand.ReleaseVoucher;
import boutique.language.discounts.VoucherCode;
import boutique.language.orders.OrderEvent.OrderCalledOff;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The vouchers of an order")
class HearingTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  @DisplayName("that is called off can be used again, each of them")
  void calledOff() {
    var order = new OrderId("order");
    var codes = List.of(new VoucherCode("SPRING-10"), new VoucherCode("TEN-OFF"));
    assertThat(
            DiscountRoom.reactions(
                new OrderCalledOff(order, new UserId("anna"), List.of(), codes, NOON, NOON)))
        .isEqualTo(codes.stream().map(code -> new ReleaseVoucher(code, order, NOON)).toList());
  }
}
