package boutique.users;

import boutique.users.Derivation.Argon2id;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Makes and compares the hashes of passwords, on few threads of its own behind a bounded queue: it
 * costs 19 MiB and tens of milliseconds each time. Whose turn comes too late is told so instead:
 * nobody would hear the answer any more, and those behind would wait for nothing.
 */
final class Passwords {
  private static final Argon2id OURS = new Argon2id(19 << 10, 2, 1);
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 64;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger waiting = new AtomicInteger();
  private final WorkerExecutor workers;

  Passwords(Vertx vertx) {
    workers = vertx.createSharedWorkerExecutor("passwords", THREADS);
  }

  /** So many wait that one more had better come back later. */
  static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Full() {
      super("too many passwords wait to be compared", null, false, false);
    }
  }

  /** Whether a hash is one that can be compared with here. */
  static boolean readable(String hash) {
    return StoredHash.parse(hash) != null;
  }

  /** Whether a hash is as good as one that would be made now. */
  static boolean upToDate(String hash) {
    var stored = StoredHash.parse(hash);
    return stored != null && stored.isMadeBy(OURS);
  }

  Future<String> hash(String password) {
    return work(
        () -> {
          var salt = new byte[SALT_BYTES];
          random.nextBytes(salt);
          return StoredHash.text(OURS, StoredHash.of(password, OURS, salt, HASH_BYTES));
        },
        _ -> {});
  }

  Future<Boolean> matches(String password, String hash) {
    return matches(password, hash, _ -> {});
  }

  /**
   * The same.
   *
   * @param waited told on any thread for how many nanoseconds others had their turn
   */
  Future<Boolean> matches(String password, String hash, LongConsumer waited) {
    return work(
        () -> {
          var stored = StoredHash.parse(hash);
          return stored != null && stored.matches(password);
        },
        waited);
  }

  /** Costs as much as a real comparison, and takes a place in the queue like one. */
  Future<Boolean> matchesNobody(String password, LongConsumer waited) {
    return work(
        () -> OURS.of(password, new byte[SALT_BYTES], HASH_BYTES).length < HASH_BYTES, waited);
  }

  private <T> Future<T> work(Callable<T> hashing, LongConsumer waited) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(new Full());
    }
    var asked = System.nanoTime();
    return workers
        .executeBlocking(() -> inTurn(hashing, asked, waited), false)
        .map(Objects::requireNonNull)
        .onComplete(_ -> waiting.decrementAndGet());
  }

  private static <T> T inTurn(Callable<T> hashing, long asked, LongConsumer waited)
      throws Exception {
    var inQueue = System.nanoTime() - asked;
    if (inQueue > LONGEST_WAIT.toNanos()) {
      throw new Full();
    }
    waited.accept(inQueue);
    return hashing.call();
  }
}
