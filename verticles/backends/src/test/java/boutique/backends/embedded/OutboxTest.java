package boutique.backends.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The outbox")
class OutboxTest {
  private static final long LATER = Duration.ofSeconds(4).toNanos();

  @Test
  @DisplayName("takes for settled what was relayed a while ago, and nothing newer")
  void settles() {
    var outbox = new Outbox(0);
    outbox.relayed(0);
    outbox.relayed(1);

    assertThat(outbox.settled(0)).isZero();
    outbox.relayed(2);
    assertThat(outbox.settled(LATER)).isEqualTo(2);
    assertThat(outbox.settled(2 * LATER)).isEqualTo(3);
  }

  @Test
  @DisplayName("is marked up to the first commit that is still pending")
  void marks() {
    var outbox = new Outbox(0);
    outbox.relayed(1);
    outbox.relayed(2);
    assertThat(outbox.mark()).isZero();

    outbox.relayed(0);

    assertThat(outbox.mark()).isEqualTo(3);
    assertThat(outbox.pendingFrom(0)).isEqualTo(3);
  }
}
