package boutique.users;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How a password becomes a hash. The parameters of a stored hash come from wherever it was made, so
 * all have a limit: neither memory nor time can be had without end by storing a large number.
 */
sealed interface Derivation {
  int MOST_KIB = 128 << 10;

  byte[] of(String password, byte[] salt, int length);

  record Argon2id(int memoryKib, int passes, int lanes) implements Derivation {
    public Argon2id {
      require(lanes >= 1 && lanes <= 16 && passes >= 1 && passes <= 10);
      require(memoryKib >= 8 * lanes && memoryKib <= MOST_KIB);
    }

    @Override
    public byte[] of(String password, byte[] salt, int length) {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withMemoryAsKB(memoryKib)
              .withIterations(passes)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      var hash = new byte[length];
      generator.generateBytes(utf8(password), hash);
      return hash;
    }
  }

  /** What Node's crypto offers, with a block size of some KiB and a cost that is a power of two. */
  record Scrypt(int cost, int blockSize, int lanes) implements Derivation {
    public Scrypt {
      require(cost >= 2 && Integer.bitCount(cost) == 1);
      require(blockSize >= 1 && blockSize <= 64 && lanes >= 1 && lanes <= 16);
      require((long) cost * blockSize * lanes / 8 <= MOST_KIB);
    }

    @Override
    public byte[] of(String password, byte[] salt, int length) {
      return SCrypt.generate(utf8(password), salt, cost, blockSize, lanes, length);
    }
  }

  /** Of {@code SHA256} and the like. */
  record Pbkdf2(String sha, int rounds) implements Derivation {
    private static final int MOST_ROUNDS = 2_000_000;

    public Pbkdf2 {
      require(rounds >= 1 && rounds <= MOST_ROUNDS);
    }

    @Override
    public byte[] of(String password, byte[] salt, int length) {
      try {
        return SecretKeyFactory.getInstance("PBKDF2WithHmac" + sha)
            .generateSecret(
                new PBEKeySpec(password.toCharArray(), salt, rounds, length * Byte.SIZE))
            .getEncoded();
      } catch (GeneralSecurityException everyJvmHasIt) {
        throw new IllegalStateException(everyJvmHasIt);
      }
    }
  }

  private static byte[] utf8(String password) {
    return password.getBytes(StandardCharsets.UTF_8);
  }

  private static void require(boolean sane) {
    if (!sane) {
      throw new IllegalArgumentException("no sane parameters of a hash");
    }
  }
}
