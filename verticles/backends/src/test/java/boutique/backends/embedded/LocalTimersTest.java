package boutique.backends.embedded;

import boutique.kernel.timers.Timers;
import boutique.kernel.timers.TimersConformance;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Timers in memory")
class LocalTimersTest extends TimersConformance {
  private final Timers timers = new LocalTimers();

  @Override
  protected Timers timers() {
    return timers;
  }

  @Override
  protected Timers elsewhere() {
    return timers;
  }
}
