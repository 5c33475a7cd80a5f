package boutique.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What may be tried on an account")
class TrialTest {
  private static final int FEW = 5;

  @ParameterizedTest
  @EnumSource(Trial.class)
  @DisplayName("is not used up by a few addresses, neither at once nor in the long run")
  void few(Trial trial) {
    assertThat(trial.fromAll().capacity())
        .as("at once")
        .isGreaterThan(FEW * trial.fromOneAddress().capacity());
    assertThat(trial.fromAll().each().multipliedBy(FEW))
        .as("in the long run")
        .isLessThanOrEqualTo(trial.fromOneAddress().each());
  }

  @ParameterizedTest
  @EnumSource(Trial.class)
  @DisplayName("from one address is less than what that address may do to all accounts")
  void one(Trial trial) {
    var address = Allowance.of(trial.kind()).perAddress();

    assertThat(trial.fromOneAddress().capacity()).isLessThan(address.capacity());
    assertThat(trial.fromOneAddress().each()).isGreaterThan(address.each());
  }
}
