package boutique.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.file.Path;
import java.util.Set;

/**
 * What browsers load: the pages of the shop, and the contracts with the page that explains them.
 */
final class Pages {
  private static final String VENDORED = "/vendor/";
  private static final String KEEP = "public, immutable, max-age=31536000";
  private static final String ASK_AGAIN = "no-cache";
  private static final int FIRST_REFUSAL = 400;

  /** Beside the pages, but for those who work on them. */
  private static final Set<String> NOT_SERVED = Set.of("/tests/*", "/package.json");

  /** Compressed as they are. */
  private static final String COMPRESSED = ".*\\.(woff2|png|jpe?g|webp|gz)";

  private final Path webroot;
  private final Contract contract;
  private final Texts texts;

  Pages(Vertx vertx, Path webroot, Contract contract) {
    this.webroot = webroot;
    this.contract = contract;
    this.texts = new Texts(vertx, webroot);
  }

  void documents(Router router) {
    document(router, "/openapi.yaml", contract.text());
    document(router, "/openapi.json", contract.json());
    document(router, "/asyncapi.yaml", contract.events());
    page(router, "docs");
    page(router, "console");
  }

  private void page(Router router, String folder) {
    looked(router, "/" + folder)
        .handler(Pages::age)
        .handler(ctx -> texts.answer(ctx, "/" + folder + "/index.html"));
  }

  /** Vendored files carry their version in their path; everything else is asked for again. */
  void mount(Router router) {
    NOT_SERVED.forEach(path -> router.route(path).handler(ctx -> ctx.fail(404)));
    router.getWithRegex(COMPRESSED).handler(Pages::asItIs);
    looked(router, "/*").handler(Pages::age).handler(texts::answer).handler(files());
  }

  private static Route looked(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private static void document(Router router, String path, Text text) {
    looked(router, path).handler(Pages::age).handler(text::answer);
  }

  private StaticHandler files() {
    return StaticHandler.create(FileSystemAccess.ROOT, webroot.toString())
        .setIncludeHidden(false)
        .setSendVaryHeader(false)
        .setIndexPage("index.html");
  }

  private static void age(RoutingContext ctx) {
    var kept = ctx.normalizedPath().startsWith(VENDORED);
    ctx.addHeadersEndHandler(_ -> {
      var found = ctx.response().getStatusCode() < FIRST_REFUSAL;
      ctx.response().putHeader("Cache-Control", kept && found ? KEEP : ASK_AGAIN);
    });
    ctx.next();
  }

  private static void asItIs(RoutingContext ctx) {
    ctx.response().putHeader("Content-Encoding", "identity");
    ctx.next();
  }
}
