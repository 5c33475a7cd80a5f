package boutique.launcher;

import boutique.gateway.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** The secrets of this shop: made at the first start, kept in the data directory ever after. */
record Keys(Secret session, Secret email) {
  private static final int BYTES = 32;

  static Keys in(Path data) {
    var folder = data.resolve("keys");
    return new Keys(key(folder.resolve("session.key")), key(folder.resolve("email.key")));
  }

  private static Secret key(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      var bytes = Files.readAllBytes(file);
      if (bytes.length != BYTES) {
        throw new Mistake(file + " is damaged: a key has " + BYTES + " bytes");
      }
      return new Secret(bytes);
    } catch (IOException failure) {
      throw new Mistake(file + " cannot be used: " + failure.getMessage());
    }
  }

  /** Written beside its place and then moved there: a half written key is never read. */
  private static void make(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    var draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, bytes);
    if (Files.getFileStore(draft).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
