package boutique.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** A process of its own, with the options of the shop's JVM. */
  static Server like(Place place, Server shop, Recording recording) throws Exception {
    var answer = place.fresh("answer");
    Files.writeString(answer, recording.answer(), ISO_8859_1);
    var command = new ArrayList<>(shop.java());
    command.removeIf(word -> word.startsWith("-XX:AOTCache"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.addAll(List.of(BareServer.class.getName(), answer.toString()));
    var server = Server.of(place, command);
    server.untilReady("/");
    return server;
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
    if (request.method().equals(HttpMethod.GET)) {
      reply(request);
    } else {
      request.body().onSuccess(_ -> reply(request));
    }
  }

  private void reply(HttpServerRequest request) {
    var response = request.response().setStatusCode(status);
    headers.forEach(response::putHeader);
    response.end(body);
  }
}
