package boutique.launcher;

import boutique.kernel.store.Commit;
import boutique.launcher.Fated.Fate;
import boutique.launcher.FaultyProvider.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A crowd that pays in a process which dies in the middle of it: at a commit, before it, after it
 * or after the answer, or when the provider has done what we asked and we have not heard of it.
 */
public final class DoomedPayments {
  private static final int FAULTS_IN_TEN = 4;
  private static final List<Fate> DEATHS =
      List.of(Fate.DEAD_BEFORE, Fate.DEAD_AFTER, Fate.DEAD_ANSWERED);
  private static final List<Fault> FAULTS =
      List.of(
          Fault.ANSWER_LOST,
          Fault.NEVER_ARRIVES,
          Fault.ANSWERS_BEFORE_DOING_IT,
          Fault.FAILS_FOR_EVER,
          Fault.FAILS_FOR_EVER_AFTER_DOING_IT);

  private DoomedPayments() {}

  /** Where the store is, how many orders there are, the seed, and after what it dies. */
  public static void main(String[] arguments) throws Exception {
    var random = new Random(Long.parseLong(arguments[2]));
    var left = new AtomicInteger(Integer.parseInt(arguments[3]));
    var atTheProvider = random.nextBoolean();
    var death = DEATHS.get(random.nextInt(DEATHS.size()));
    var faults = new Random(random.nextLong());
    try (var shop =
        Payments.whole(
            Path.of(arguments[0]),
            () -> atTheProvider && left.decrementAndGet() == 0 ? Fault.WE_DIE : fault(faults),
            commit -> fate(commit, atTheProvider, left, death))) {
      new PayingCrowd(shop, random).pays(PayingCrowd.orders(Integer.parseInt(arguments[1])));
    }
  }

  private static Fate fate(Commit commit, boolean atTheProvider, AtomicInteger left, Fate death) {
    var dies =
        !atTheProvider && commit.stream().room().equals("payments") && left.decrementAndGet() == 0;
    return dies ? death : Fate.KEPT;
  }

  /** Four questions in ten come to grief. */
  static Fault fault(Random random) {
    synchronized (random) {
      return random.nextInt(10) >= FAULTS_IN_TEN
          ? Fault.NONE
          : FAULTS.get(random.nextInt(FAULTS.size()));
    }
  }
}
