package boutique.gateway;

import io.vertx.core.buffer.Buffer;
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
  private static final String YAML = "application/yaml";
  private static final String JSON = "application/json";
  private static final long YEAR_SECONDS = 31_536_000;

  /** Beside the pages, but for those who work on them. */
  private static final Set<String> NOT_SERVED = Set.of("/tests/*", "/package.json");

  /** Compressed as they are. */
  private static final String COMPRESSED = ".*\\.(woff2|png|jpe?g|webp|gz)";

  private final Path webroot;
  private final Contract contract;

  Pages(Path webroot, Contract contract) {
    this.webroot = webroot;
    this.contract = contract;
  }

  void documents(Router router) {
    document(router, "/openapi.yaml", YAML, contract.text());
    document(router, "/openapi.json", JSON, contract.json());
    document(router, "/asyncapi.yaml", YAML, contract.events());
    page(router, "docs");
    page(router, "console");
  }

  private void page(Router router, String folder) {
    looked(router, "/" + folder)
        .handler(Pages::askAgain)
        .handler(ctx ->
            ctx.response()
                .putHeader("Content-Type", "text/html;charset=UTF-8")
                .sendFile(webroot.resolve(folder).resolve("index.html").toString()));
  }

  /** Vendored files carry their version in their path; everything else is asked for again. */
  void mount(Router router) {
    NOT_SERVED.forEach(path -> router.route(path).handler(ctx -> ctx.fail(404)));
    router.getWithRegex(COMPRESSED).handler(Pages::asItIs);
    looked(router, "/vendor/*").handler(files("vendor").setMaxAgeSeconds(YEAR_SECONDS));
    looked(router, "/*").handler(Pages::askAgain).handler(files(""));
  }

  private static Route looked(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private static void document(Router router, String path, String type, Buffer text) {
    looked(router, path).handler(ctx -> ctx.response().putHeader("Content-Type", type).end(text));
  }

  private StaticHandler files(String folder) {
    return StaticHandler.create(FileSystemAccess.ROOT, webroot.resolve(folder).toString())
        .setIncludeHidden(false)
        .setIndexPage("index.html");
  }

  private static void askAgain(RoutingContext ctx) {
    ctx.addHeadersEndHandler(_ -> ctx.response().putHeader("Cache-Control", "no-cache"));
    ctx.next();
  }

  private static void asItIs(RoutingContext ctx) {
    ctx.response().putHeader("Content-Encoding", "identity");
    ctx.next();
  }
}
