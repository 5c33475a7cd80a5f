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
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client says that it knows. A resource's tag begins with its version; behind a dot may
 * stand what else its answer depends on, which counts for reading but not for changing it: unless
 * that is what is to be changed, and then all of the tag counts.
 */
public final class Etags {
  private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
  private static final Pattern VERSION = Pattern.compile("(\\d{1,18})(\\..*)?");
  private static final Pattern BOTH = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");
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
    var ifMatch = ifMatch(ctx);
    return ifMatch == null ? null : expected(ifMatch, stream);
  }

  /**
   * The same when a stream is to be changed that stands behind the dot.
   *
   * @param version of the resource, which must be the one that the client has seen
   */
  public static @Nullable Expected expectedBeside(
      RoutingContext ctx, long version, StreamId beside) {
    var ifMatch = ifMatch(ctx);
    return ifMatch == null ? null : expectedBeside(ifMatch, version, beside);
  }

  /** Tags that are weak, or none that we gave out, never match. */
  public static Expected expected(String ifMatch, StreamId stream) {
    return expected(ifMatch, stream, VERSION, version -> version.group(1));
  }

  static Expected expectedBeside(String ifMatch, long version, StreamId beside) {
    var here = Long.toString(version);
    return expected(
        ifMatch, beside, BOTH, both -> both.group(1).equals(here) ? both.group(2) : null);
  }

  private static @Nullable String ifMatch(RoutingContext ctx) {
    var headers = ctx.request().headers().getAll(HttpHeaders.IF_MATCH);
    return headers.isEmpty() ? null : String.join(",", headers);
  }

  private static Expected expected(
      String ifMatch,
      StreamId stream,
      Pattern form,
      Function<MatchResult, @Nullable String> version) {
    var versions = new ArrayList<Long>();
    if (!ifMatch.strip().equals(ANY)) {
      versions.add(NEVER);
      TAG.matcher(ifMatch)
          .results()
          .filter(tag -> tag.group(1) == null)
          .map(tag -> form.matcher(tag.group(2)))
          .filter(Matcher::matches)
          .map(version)
          .filter(Objects::nonNull)
          .forEach(named -> versions.add(Long.valueOf(named)));
    }
    return new Expected(stream, versions);
  }
}
