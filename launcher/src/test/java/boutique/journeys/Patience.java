package boutique.journeys;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long is waited for what must come: nothing here measures, machines may be busy. */
final class Patience {
  static final Duration LONG = Duration.ofSeconds(90);

  private Patience() {}

  static ConditionFactory await() {
    return Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(LONG);
  }
}
