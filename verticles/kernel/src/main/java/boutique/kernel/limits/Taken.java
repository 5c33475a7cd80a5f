package boutique.kernel.limits;

import java.time.Duration;

/** Whether what was asked for could be taken. */
public sealed interface Taken {
  Taken YES = new Yes();

  record Yes() implements Taken {}

  /**
   * There were not enough.
   *
   * @param in how long it takes until there are, if nobody else takes it
   */
  record Later(Duration in) implements Taken {}
}
