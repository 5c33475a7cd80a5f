package boutique.ops;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operators' door: {@code /metrics}, and nothing else. It is open as soon as the shop is; what
 * there is to read is put together meanwhile, on a thread that nobody waits for. Whoever looks
 * while another does gets the same page, so that looking often costs no more.
 */
public final class ManagementVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementVerticle.class);
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final int IDLE_SECONDS = 60;
  private static final long DRAIN_SECONDS = 1;
  private static final long ANSWER_SECONDS = 2;
  private static final int ANY_PORT = -1; // 0 would be one that all instances share
  private static final int MORE_PORTS = 20;

  private final String host;
  private final int port;
  private final Metrics metrics;
  private final IntConsumer listening;
  private @Nullable WorkerExecutor worker;
  private @Nullable HttpServer server;
  private Future<Registry> registry = Future.failedFuture("it is not open yet");
  private Future<String> page = Future.failedFuture("nobody has looked yet");

  /**
   * Serves when it is deployed: at this port or, if that is taken, at the next free one.
   *
   * @param listening told which it is
   */
  public ManagementVerticle(String host, int port, Metrics metrics, IntConsumer listening) {
    this.host = host;
    this.port = port;
    this.metrics = metrics;
    this.listening = listening;
  }

  @Override
  public Future<?> start() {
    var own = vertx.createSharedWorkerExecutor("metrics", 1);
    worker = own;
    return listen(port, port == 0 ? 0 : MORE_PORTS)
        .onSuccess(opened -> {
          server = opened;
          registry = own.executeBlocking(() -> new Registry(metrics.figures()));
          registry.onFailure(failure -> LOG.error("there will be no metrics", failure));
          listening.accept(opened.actualPort());
        });
  }

  @Override
  public Future<?> stop() {
    var closed =
        server == null
            ? Future.succeededFuture()
            : server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
    return closed
        .eventually(() -> registry.onSuccess(Registry::close).otherwiseEmpty())
        .eventually(() -> worker == null ? Future.succeededFuture() : worker.close());
  }

  private Future<HttpServer> listen(int candidate, int more) {
    return vertx
        .createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
        .requestHandler(this::answer)
        .listen(candidate == 0 ? ANY_PORT : candidate, host)
        .recover(failure ->
            failure instanceof BindException && more > 0
                ? listen(candidate + 1, more - 1)
                : Future.failedFuture(failure));
  }

  private void answer(HttpServerRequest request) {
    if (!"/metrics".equals(request.path())) {
      refuse(request, 404);
    } else if (!request.method().equals(HttpMethod.GET)
        && !request.method().equals(HttpMethod.HEAD)) {
      request.response().putHeader("Allow", "GET, HEAD");
      refuse(request, 405);
    } else {
      page()
          .onSuccess(text ->
              request
                  .response()
                  .putHeader("Content-Type", TEXT)
                  .putHeader("Cache-Control", "no-store")
                  .end(text))
          .onFailure(failure -> {
            LOG.warn("the metrics cannot be told: {}", failure.toString());
            refuse(request, 503);
          });
    }
  }

  private static void refuse(HttpServerRequest request, int status) {
    request.response().setStatusCode(status).putHeader("Cache-Control", "no-store").end();
  }

  private Future<String> page() {
    if (!isUnderWay()) {
      page = registry.compose(this::read);
    }
    return page;
  }

  private boolean isUnderWay() {
    return !page.isComplete();
  }

  private Future<String> read(Registry from) {
    var looked = new ArrayList<Future<List<Figure>>>();
    for (var look : metrics.looks()) {
      looked.add(answered(look));
    }
    return Future.all(looked)
        .compose(_ -> {
          var found = looked.stream().flatMap(one -> one.result().stream()).toList();
          return worker == null
              ? Future.failedFuture("it is closed")
              : worker.executeBlocking(() -> from.page(found));
        });
  }

  /** Who says nothing in time is left out: a hole is an alarm of its own, and hides no other. */
  private static Future<List<Figure>> answered(Look look) {
    return look.look()
        .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
        .otherwise(failure -> {
          LOG.warn("some metrics are left out: {}", failure.toString());
          return List.of();
        });
  }
}
