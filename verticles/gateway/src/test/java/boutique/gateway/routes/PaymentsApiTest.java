package boutique.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.Money;
import boutique.language.payments.Refund;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whoever gives money back")
class PaymentsApiTest {
  private static final Refund ASKED = Refund.asked("r1", "o.2", new Money(700, "USD"));

  @Test
  @DisplayName("is told so if the provider refuses, and of no failure as long as it may be done")
  void refused() {
    for (var good : List.of(ASKED, ASKED.pending("re_1"), ASKED.done("re_1"))) {
      assertThat(PaymentsApi.refused(List.of(good), "r1")).isEmpty();
    }
    var failed = ASKED.failed("charge_disputed");
    for (var bad : List.of(failed, failed.replaced())) {
      assertThat(PaymentsApi.refused(List.of(bad), "r1"))
          .hasValueSatisfying(because -> {
            assertThat(because.code()).isEqualTo("payment.refund-refused");
            assertThat(because.facts()).isEqualTo(Map.of("reason", "charge_disputed"));
          });
    }
    assertThat(PaymentsApi.refused(List.of(failed), "another")).isEmpty();
  }
}
