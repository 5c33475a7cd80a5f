package boutique.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.gateway.problems.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Why nothing was paid")
class PaymentRefusalsTest {

  @ParameterizedTest
  @CsvSource({
    "amount_too_small, payment.amount-too-small, 422",
    "amount_too_large, payment.amount-too-large, 422",
    "resource_missing, payment.method-unknown, 422",
    "order.not-payable, order.not-payable, 409",
    "insufficient_funds, payment.declined, 402",
    ", payment.declined, 402"
  })
  @DisplayName("is told as it is: another card is advised only where it can help")
  void told(@Nullable String failure, String code, int status) {
    var refused = PaymentsApi.refusal(failure);

    assertThat(refused.code()).isEqualTo(code);
    assertThat(Problem.refused(refused).status()).isEqualTo(status);
    assertThat(refused.detail().contains("try another card"))
        .isEqualTo(code.equals("payment.declined"));
  }
}
