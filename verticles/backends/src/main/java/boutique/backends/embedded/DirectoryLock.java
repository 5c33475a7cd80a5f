package boutique.backends.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * One process at a time in a directory. The operating system takes the lock back when the process
 * dies, however it dies.
 */
final class DirectoryLock implements AutoCloseable {
  /**
   * The directories of this process. Needed because closing a second channel on a locked file, as a
   * refused attempt would, lets go of the first one's lock as well.
   */
  private static final Set<Path> OURS = new HashSet<>();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static DirectoryLock take(Path wanted) throws DataUnusable {
    synchronized (OURS) {
      var directory = prepare(wanted);
      if (OURS.contains(directory)) {
        throw new DataUnusable(wanted + " is used by this process already");
      }
      var lock = new DirectoryLock(directory, open(directory));
      OURS.add(directory);
      return lock;
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (OURS) {
      channel.close();
      OURS.remove(directory);
    }
  }

  private static Path prepare(Path wanted) throws DataUnusable {
    try {
      Files.createDirectories(wanted, ownersOnly(wanted));
      return wanted.toRealPath();
    } catch (IOException failure) {
      throw new DataUnusable(wanted + " cannot be made a directory for data", failure);
    }
  }

  /** Who people are is in here, and the keys that vouch for them. */
  private static FileAttribute<?>[] ownersOnly(Path wanted) {
    return wanted.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static FileChannel open(Path directory) throws DataUnusable {
    FileChannel channel;
    try {
      channel = FileChannel.open(directory.resolve("in-use"), CREATE, WRITE);
    } catch (IOException failure) {
      throw new DataUnusable(directory + " cannot be written to", failure);
    }
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
      channel.close();
    } catch (IOException failure) {
      throw new DataUnusable(directory + " cannot be locked", failure);
    }
    throw new DataUnusable(directory + " is used by another process");
  }
}
