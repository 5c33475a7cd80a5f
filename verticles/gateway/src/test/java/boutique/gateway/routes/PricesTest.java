package boutique.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.gateway.problems.Problem;
import boutique.language.Money;
import io.vertx.core.buffer.Buffer;
import java.util.Currency;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A price")
class PricesTest {

  @ParameterizedTest
  @CsvSource({"999, 99900", "19.99, 1999", "0.01, 1", "1e2, 10000", "1.50, 150", "0.1, 10"})
  @DisplayName("is what the client wrote, to the cent")
  void exact(String written, long cents) {
    assertThat(of(written, "EUR")).isEqualTo(new Money(cents, "EUR"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.001", "19.990000000000000000001", "0.10000000000000000001", "1e999999999"})
  @DisplayName("that is no number of cents is refused, and never rounded")
  void inexact(String written) {
    assertThatThrownBy(() -> of(written, "EUR"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JPY", "KWD", "XXX", "XTS", "ABC", "DEM", "XAU"})
  @DisplayName("is in a currency that somebody pays with, and that has cents")
  void currencies(String currency) {
    assertThatThrownBy(() -> of("1", currency)).isInstanceOf(Problem.class);
  }

  @Test
  @DisplayName("is in no currency that the payment provider counts otherwise")
  void countedAlike() {
    assertThat(Currency.getInstance("MGA").getDefaultFractionDigits()).isEqualTo(2);

    assertThatThrownBy(() -> of("5000", "MGA"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  private static Money of(String written, String currency) {
    return Prices.of(Buffer.buffer("{\"price\":" + written + "}"), "price", currency);
  }
}
