package boutique.launcher;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import boutique.gateway.sessions.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A key that this shop has made for itself, in a file that nobody but its owner may ever read. */
record KeyFile(Path file) {
  private static final int BYTES = 32;

  /** The key, made now if there is none. */
  Secret read() {
    try {
      if (!Files.exists(file)) {
        write(random());
      }
      return key();
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  @Nullable Secret readIfThere() {
    try {
      return Files.exists(file) ? key() : null;
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  /** Makes a new key, and keeps the one before in another file until it is replaced in turn. */
  void renew(KeyFile previous) {
    read();
    try {
      previous.write(Files.readAllBytes(file));
      write(random());
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  private Secret key() throws IOException {
    var bytes = Files.readAllBytes(file);
    if (bytes.length != BYTES) {
      throw new Mistake(file + " is damaged: a key has " + BYTES + " bytes");
    }
    return new Secret(bytes);
  }

  /** Written beside its place and then moved there: a half written key is never read. */
  private void write(byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent(), ownersOnly("rwx------"));
    var draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (var channel =
        FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), ownersOnly("rw-------"))) {
      var rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(draft, file, ATOMIC_MOVE);
  }

  private FileAttribute<?>[] ownersOnly(String permissions) {
    var posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private Mistake unusable(IOException failure) {
    return new Mistake(file + " cannot be used: " + failure.getMessage());
  }

  private static byte[] random() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
