package boutique.gateway.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.language.Expected;
import boutique.language.StreamId;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client says that it knows. A resource's tag begins with its version; behind a dot may
 * stand what else its answer depends on, which counts for reading but not for changing it.
 */
public final class Etags {
  private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
  private static final Pattern VERSION = Pattern.compile("(\\d{1,18})(\\..*)?");
  private static final String ANY = "*";
  private static final long NEVER = -1;
  private static final int TAG_BYTES = 12;

  private Etags() {}

  public static String of(long version) {
    return "\"" + version + "\"";
  }

  public static String of(long version, long beside) {
    return "\"" + version + "." + beside + "\"";
  }

  /** Of what is told of a resource together with much else: by all that is told. */
  public static String of(long version, JsonObject told) {
    return "\"" + version + "." + Integer.toHexString(told.encode().hashCode()) + "\"";
  }

  /** Of what has no version, or many: by all that is told. */
  public static String of(String told) {
    return "\"" + name(told.getBytes(UTF_8)) + "\"";
  }

  /** The same for the same bytes, and for no others. */
  public static String name(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** Whether the client has it already. How a tag is marked makes no difference to that. */
  public static boolean isKnown(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    if (ifNoneMatch.equals(tag) || ifNoneMatch.strip().equals(ANY)) {
      return true;
    }
    var known = TAG.matcher(ifNoneMatch);
    while (known.find()) {
      if (tag.equals("\"" + known.group(2) + "\"")) {
        return true;
      }
    }
    return false;
  }

  /** What must be so when the command is decided; null when the client does not say. */
  public static @Nullable Expected expected(RoutingContext ctx, StreamId stream) {
    var headers = ctx.request().headers().getAll(HttpHeaders.IF_MATCH);
    return headers.isEmpty() ? null : expected(String.join(",", headers), stream);
  }

  /** Tags that are weak, or none that we gave out, never match. */
  public static Expected expected(String ifMatch, StreamId stream) {
    var versions = new ArrayList<Long>();
    if (!ifMatch.strip().equals(ANY)) {
      versions.add(NEVER);
      TAG.matcher(ifMatch)
          .results()
          .filter(tag -> tag.group(1) == null)
          .map(tag -> VERSION.matcher(tag.group(2)))
          .filter(version -> version.matches())
          .forEach(version -> versions.add(Long.valueOf(version.group(1))));
    }
    return new Expected(stream, versions);
  }
}
