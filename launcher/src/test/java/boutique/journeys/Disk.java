package boutique.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What somebody finds who gets hold of a disk, and looks for no more than plain text. */
public final class Disk {
  private Disk() {}

  /** The files that hold it in capital or small letters; those that vanish meanwhile do not. */
  public static List<Path> filesWith(Path directory, String what) {
    var bytes = new String(what.toLowerCase(Locale.ROOT).getBytes(UTF_8), ISO_8859_1);
    var found = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
              try {
                var content = Files.readString(file, ISO_8859_1).toLowerCase(Locale.ROOT);
                if (content.contains(bytes)) {
                  found.add(file);
                }
              } catch (NoSuchFileException gone) {
                return FileVisitResult.CONTINUE;
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
              if (why instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw why;
            }
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return found;
  }
}
