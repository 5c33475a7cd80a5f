package boutique.gateway;

import boutique.gateway.door.Dates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.MimeMapping;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the pages that are text, each read and compressed when it has changed. A file that
 * the system sends by itself cannot be compressed on its way; so these are kept in memory, as many
 * as there is room for.
 *
 * <p>A path leads here only if each of its names begins with a letter or a digit: so none leads
 * out, and none to what is hidden. All others are for somebody else.
 *
 * <p>Not for several threads at once.
 */
final class Texts {
  private static final Pattern PLAIN =
      Pattern.compile("(?:/[A-Za-z0-9_][A-Za-z0-9_@.-]*)+\\.(?:js|mjs|css|html|svg|json|txt|yaml)");
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String INDEX = "index.html";
  private static final long LARGEST = 1 << 20;
  private static final int MOST = 256;

  private final Vertx vertx;
  private final Path webroot;
  private final Map<String, Known> known =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  Texts(Vertx vertx, Path webroot) {
    this.vertx = vertx;
    this.webroot = webroot;
  }

  /** What a file was like when it was read. */
  private record Known(FileTime changed, long size, Text text) {
    boolean isStill(BasicFileAttributes now) {
      return changed.equals(now.lastModifiedTime()) && size == now.size();
    }
  }

  void answer(RoutingContext ctx) {
    var asked = ctx.normalizedPath();
    var path = asked.endsWith("/") ? asked + INDEX : asked;
    if (READING.contains(ctx.request().method()) && PLAIN.matcher(path).matches()) {
      answer(ctx, path);
    } else {
      ctx.next();
    }
  }

  /** A certain file. */
  void answer(RoutingContext ctx, String path) {
    var before = known.get(path);
    Future<@Nullable Known> reading =
        vertx.executeBlocking(() -> read(webroot.resolve(path.substring(1)), before), false);
    reading
        .onSuccess(now -> {
          if (now == null) {
            ctx.next();
          } else {
            known.put(path, now);
            now.text().answer(ctx);
          }
        })
        .onFailure(ctx::fail);
  }

  private static @Nullable Known read(Path file, @Nullable Known before) throws IOException {
    try {
      var now = Files.readAttributes(file, BasicFileAttributes.class);
      if (before != null && before.isStill(now)) {
        return before;
      }
      return now.isRegularFile() && now.size() <= LARGEST ? read(file, now) : null;
    } catch (FileSystemException noSuchFile) {
      return null; // or a name that no file can have
    }
  }

  private static Known read(Path file, BasicFileAttributes now) throws IOException {
    var changed = now.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
    var text = Text.of(type(file), Buffer.buffer(Files.readAllBytes(file)), Dates.of(changed));
    return new Known(now.lastModifiedTime(), now.size(), text);
  }

  private static String type(Path file) {
    var type = MimeMapping.mimeTypeForFilename(file.getFileName().toString());
    return (type == null ? "text/plain" : type) + ";charset=UTF-8";
  }
}
