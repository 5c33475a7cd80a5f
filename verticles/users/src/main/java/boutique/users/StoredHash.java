package boutique.users;

import boutique.users.Derivation.Argon2id;
import boutique.users.Derivation.Pbkdf2;
import boutique.users.Derivation.Scrypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A password's hash as text that names its own parameters. Ours are Argon2id; those that people
 * bring from other shops are read as well:
 *
 * <ul>
 *   <li>{@code $argon2id$v=19$m=…,t=…,p=…$salt$hash} and {@code $scrypt$ln=…,r=…,p=…$salt$hash}
 *   <li>{@code $pbkdf2$it=…$salt$hash} as Vert.x writes it, which is SHA-512 and may leave out the
 *       rounds
 *   <li>{@code $pbkdf2-sha256$rounds$salt$hash}, also with {@code i=…}, and with sha512
 *   <li>{@code <hash in hex>.<salt>}: Node's scrypt of 64 bytes with its usual parameters
 * </ul>
 */
final class StoredHash {
  private static final int LONGEST = 512;
  private static final int SHORTEST_HASH = 16;
  private static final int LONGEST_HASH = 128;
  private static final Pattern NODE = Pattern.compile("([0-9a-f]{128})\\.(.{1,128})");
  private static final Scrypt NODES = new Scrypt(1 << 14, 8, 1);
  private static final int VERTX_ROUNDS = 10_000;
  private static final Base64.Encoder TO_TEXT = Base64.getEncoder().withoutPadding();

  private final Derivation derivation;
  private final byte[] salt;
  private final byte[] hash;

  private StoredHash(Derivation derivation, byte[] salt, byte[] hash) {
    if (salt.length == 0 || hash.length < SHORTEST_HASH || hash.length > LONGEST_HASH) {
      throw new IllegalArgumentException("no hash is like that");
    }
    this.derivation = derivation;
    this.salt = salt;
    this.hash = hash;
  }

  /** The hash behind a text; null when it is none that can be read here, or asks for too much. */
  static @Nullable StoredHash parse(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    try {
      var node = NODE.matcher(text);
      return node.matches()
          ? new StoredHash(
              NODES,
              node.group(2).getBytes(StandardCharsets.UTF_8),
              HexFormat.of().parseHex(node.group(1)))
          : parse(text.split("\\$", -1));
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  static StoredHash of(String password, Argon2id how, byte[] salt, int length) {
    return new StoredHash(how, salt.clone(), how.of(password, salt, length));
  }

  boolean matches(String password) {
    return MessageDigest.isEqual(hash, derivation.of(password, salt, hash.length));
  }

  boolean isMadeBy(Derivation how) {
    return derivation.equals(how);
  }

  /** In the usual form; only what is made here is ever written. */
  static String text(Argon2id how, StoredHash made) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            how.memoryKib(),
            how.passes(),
            how.lanes(),
            TO_TEXT.encodeToString(made.salt),
            TO_TEXT.encodeToString(made.hash));
  }

  private static @Nullable StoredHash parse(String[] parts) {
    if (parts.length < 4 || parts.length > 6 || !parts[0].isEmpty()) {
      return null;
    }
    var derivation = derivation(parts);
    return derivation == null
        ? null
        : new StoredHash(
            derivation, bytes(parts[parts.length - 2]), bytes(parts[parts.length - 1]));
  }

  private static @Nullable Derivation derivation(String[] parts) {
    if (parts.length == 4) {
      return parts[1].equals("pbkdf2") ? new Pbkdf2("SHA512", VERTX_ROUNDS) : null;
    }
    var numbers = numbers(parts[parts.length - 3]);
    if (parts.length == 6) {
      return parts[1].equals("argon2id") && parts[2].equals("v=19")
          ? new Argon2id(number(numbers, "m"), number(numbers, "t"), number(numbers, "p"))
          : null;
    }
    return switch (parts[1]) {
      case "scrypt" ->
          new Scrypt(power(number(numbers, "ln")), number(numbers, "r"), number(numbers, "p"));
      case "pbkdf2" -> new Pbkdf2("SHA512", number(numbers, "it"));
      case "pbkdf2-sha256" -> new Pbkdf2("SHA256", number(numbers, "i"));
      case "pbkdf2-sha512" -> new Pbkdf2("SHA512", number(numbers, "i"));
      default -> null;
    };
  }

  /** Such as {@code m=19456,t=2,p=1}; a number without a name is that of the rounds. */
  private static Map<String, Integer> numbers(String text) {
    var numbers = new HashMap<String, Integer>();
    for (var part : text.split(",", -1)) {
      var equals = part.indexOf('=');
      numbers.put(
          equals < 0 ? "i" : part.substring(0, equals),
          Integer.parseInt(part.substring(equals + 1)));
    }
    return numbers;
  }

  private static int number(Map<String, Integer> numbers, String name) {
    return numbers.getOrDefault(name, 0); // which no derivation takes
  }

  private static int power(int of) {
    return of > 0 && of < Integer.SIZE - 1 ? 1 << of : 0;
  }

  /** Base64 in any of the alphabets that are in use for hashes. */
  private static byte[] bytes(String base64) {
    var plain = base64.replace('.', '+').replace('-', '+').replace('_', '/');
    return Base64.getDecoder().decode(plain.replace("=", ""));
  }
}
