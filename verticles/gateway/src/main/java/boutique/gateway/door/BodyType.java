package boutique.gateway.door;

import boutique.gateway.problems.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a body is said to be: a type and a subtype, in whatever case, with whatever parameters, and
 * nothing else. A body of another type than the contract names is refused before it is read.
 */
public final class BodyType {
  private static final String TYPE = "boutique.bodyType";
  private static final Pattern FORM =
      Pattern.compile("[\\w!#$%&'*+.^`|~-]++/[\\w!#$%&'*+.^`|~-]++");

  private BodyType() {}

  /**
   * In small letters; empty when nothing is said, or nothing that is a type. Several on the way of
   * a request want to know: it is read for the first of them.
   */
  static String of(RoutingContext ctx) {
    var known = ctx.<@Nullable String>get(TYPE);
    if (known != null) {
      return known;
    }
    var said = ctx.request().headers().getAll(HttpHeaders.CONTENT_TYPE);
    var type = said.size() == 1 ? of(said.getFirst()) : "";
    ctx.put(TYPE, type);
    return type;
  }

  /** Parameters count for nothing here; but a second type behind a comma is no parameter. */
  static String of(@Nullable String header) {
    if (header == null) {
      return "";
    }
    var parts = header.split(";", 2);
    var type = parts[0].strip();
    var list = parts.length > 1 && parts[1].indexOf(',') >= 0 && parts[1].indexOf('"') < 0;
    return list || !FORM.matcher(type).matches() ? "" : type.toLowerCase(Locale.ROOT);
  }

  /** Before a body is read. */
  public static void check(RouterBuilder routes) {
    for (var route : routes.getRoutes()) {
      var body = route.getOperation().getRequestBody();
      if (body != null) {
        var types = Set.copyOf(body.getContent().keySet());
        route.addHandler(ctx -> check(ctx, types));
      }
    }
  }

  private static void check(RoutingContext ctx, Set<String> types) {
    if (Lines.hasBody(ctx.request()) && !types.contains(of(ctx))) {
      ctx.fail(
          Problem.of(415, "body.not-json", "The body must be " + String.join(" or ", types) + "."));
    } else {
      ctx.next();
    }
  }
}
