package boutique.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** The least that a Vert.x HTTP server can be: what every start has to pay. */
public final class EmptyServer {
  private EmptyServer() {}

  public static void main(String[] arguments) {
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .createHttpServer()
        .requestHandler(request -> request.response().end())
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1");
  }
}
