package boutique.users;

import java.time.Duration;

/** Rings once, after a while. */
@FunctionalInterface
public interface Alarm {
  void ring(Duration in, Runnable then);
}
