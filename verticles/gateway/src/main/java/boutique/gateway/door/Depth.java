package boutique.gateway.door;

import boutique.gateway.problems.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Refuses JSON that is nested deeper than anything of ours before anybody follows it down. */
public final class Depth {
  private static final int DEEPEST = 32;

  private Depth() {}

  public static void check(RoutingContext ctx) {
    var body = ctx.body().buffer();
    if (body != null && isTooDeep(body)) {
      ctx.fail(
          Problem.of(
              400, "body.too-deep", "The body is nested deeper than " + DEEPEST + " levels."));
    } else {
      ctx.next();
    }
  }

  /**
   * Whether the JSON is right is for others to say: brackets in strings do not count, that is all.
   */
  static boolean isTooDeep(Buffer json) {
    var depth = 0;
    var inString = false;
    for (var i = 0; i < json.length(); i++) {
      switch (json.getByte(i)) {
        case '"' -> inString = !inString;
        case '\\' -> i += inString ? 1 : 0;
        case '[', '{' -> depth += inString ? 0 : 1;
        case ']', '}' -> depth -= inString ? 0 : 1;
        default -> {} // part of something
      }
      if (depth > DEEPEST) {
        return true;
      }
    }
    return false;
  }
}
