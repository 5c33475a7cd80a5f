package boutique.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Vert.x server without a shop: it gives one answer by heart, on as many event loops as the
 * shop's gateway has.
 */
public final class BareServer extends VerticleBase {
  private final int port;
  private final int status;
  private final Map<String, String> headers;
  private final Buffer body;

  private BareServer(Recording recording, int port) {
    this.port = port;
    this.status = recording.status();
    this.headers = recording.headers();
    this.body = Buffer.buffer(recording.body(), ISO_8859_1.name());
    headers.keySet().removeIf(name -> name.equalsIgnoreCase("Content-Length"));
  }

  /** With the file of the answer, and the port. */
  public static void main(String[] arguments) throws Exception {
    var recording = new Recording("", Files.readString(Path.of(arguments[0]), ISO_8859_1));
    var port = Integer.parseInt(arguments[1]);
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .deployVerticle(
            () -> new BareServer(recording, port),
            new DeploymentOptions().setInstances(Callers.LOOPS));
  }

  @Override
  public Future<?> start() {
    return vertx.createHttpServer().requestHandler(this::answer).listen(port, "127.0.0.1");
  }

  private void answer(HttpServerRequest request) {
    if (request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
      request.response().end(); // only whether we are ready
      return;
    }
    var response = request.response().setStatusCode(status);
    headers.forEach(response::putHeader);
    response.end(body);
  }
}
