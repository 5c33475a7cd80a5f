package boutique.users;

import boutique.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id hashes of passwords, in the usual text form that names its own parameters. Worked out on
 * few threads of its own behind a bounded queue: it costs 19 MiB and tens of milliseconds each
 * time.
 */
final class Passwords {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 64;
  private static final String HEAD =
      "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$";

  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger waiting = new AtomicInteger();
  private final WorkerExecutor workers;
  private final String nobodys;

  Passwords(Vertx vertx) {
    workers = vertx.createSharedWorkerExecutor("passwords", THREADS);
    nobodys = HEAD + encode(new byte[SALT_BYTES]) + "$" + encode(new byte[HASH_BYTES]);
  }

  Future<String> hash(String password) {
    return work(() -> {
      var salt = new byte[SALT_BYTES];
      random.nextBytes(salt);
      return HEAD + encode(salt) + "$" + encode(argon2id(password, salt));
    });
  }

  Future<Boolean> matches(String password, String hash) {
    return work(() -> {
      var parts = hash.substring(HEAD.length()).split("\\$", 2);
      var salt = Base64.getDecoder().decode(parts[0]);
      return MessageDigest.isEqual(Base64.getDecoder().decode(parts[1]), argon2id(password, salt));
    });
  }

  /** Takes as long as a real comparison, so that time does not tell whether an account exists. */
  Future<Boolean> matchesNobody(String password) {
    return matches(password, nobodys).map(false);
  }

  private <T> Future<T> work(Callable<T> hashing) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(new Unavailable("too many people sign in at once"));
    }
    return workers
        .executeBlocking(hashing, false)
        .map(Objects::requireNonNull)
        .onComplete(_ -> waiting.decrementAndGet());
  }

  private static byte[] argon2id(String password, byte[] salt) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(PASSES)
            .withParallelism(LANES)
            .withSalt(salt)
            .build());
    var hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
