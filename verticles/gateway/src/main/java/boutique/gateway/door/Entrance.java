package boutique.gateway.door;

import boutique.gateway.door.FrontDoor.Certificate;
import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problems;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.CompressionConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Set;

/**
 * The server with all that HTTP itself has to be held to: how long a line and a head may be, how
 * many streams a connection has, which TLS is spoken. What cannot even be parsed is refused with a
 * problem like everything else.
 */
public final class Entrance {
  /** Any free port, the same for all instances. */
  private static final int ANY_PORT = -1;

  private static final int LONGEST_LINE = 4 << 10;
  private static final int LARGEST_HEAD = 8 << 10;
  private static final int LARGEST_FRAME = 8 << 10;
  private static final int WORTH_COMPRESSING = 1 << 10;
  private static final int COMPRESSION_LEVEL = 4;
  private static final int IDLE_SECONDS = 75;
  private static final long MOST_STREAMS = 100;

  private Entrance() {}

  public static Future<HttpServer> open(
      Vertx vertx,
      FrontDoor door,
      Handler<HttpServerRequest> routes,
      Overload overload,
      Lines lines,
      Shield shield) {
    return vertx
        .createHttpServer(options(door))
        .connectionHandler(lines::opened)
        .requestHandler(shield.before(legible(overload.before(routes))))
        .invalidRequestHandler(shield.before(Entrance::refuse))
        .listen(door.port() == 0 ? ANY_PORT : door.port());
  }

  private static HttpServerOptions options(FrontDoor door) {
    var options =
        new HttpServerOptions()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LARGEST_HEAD)
            .setMaxWebSocketFrameSize(LARGEST_FRAME)
            .setMaxWebSocketMessageSize(LARGEST_FRAME)
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setHttp2ClearTextEnabled(false)
            .setCompression(
                new CompressionConfig()
                    .setCompressionEnabled(true)
                    .setDecompressionEnabled(false)
                    .setContentSizeThreshold(WORTH_COMPRESSING)
                    .addGzip(COMPRESSION_LEVEL))
            .setIdleTimeout(IDLE_SECONDS);
    door.certificate().ifPresent(certificate -> secure(options, certificate));
    return options;
  }

  private static void secure(HttpServerOptions options, Certificate certificate) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
        .setKeyCertOptions(certificate.options())
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(MOST_STREAMS)
                .setMaxHeaderListSize(LARGEST_HEAD));
  }

  /** Over HTTP/2 nobody else looks whether an address or a header is only one line. */
  private static Handler<HttpServerRequest> legible(Handler<HttpServerRequest> serves) {
    return request -> {
      if (request.version() == HttpVersion.HTTP_2
          && (isBroken(request.uri())
              || request.headers().entries().stream()
                  .anyMatch(header -> isBroken(header.getValue())))) {
        refuse(request);
      } else {
        serves.handle(request);
      }
    };
  }

  private static boolean isBroken(String line) {
    return line.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0);
  }

  private static void refuse(HttpServerRequest request) {
    var problem =
        switch (request.decoderResult().cause()) {
          case TooLongHttpLineException _ ->
              Problem.of(414, "request.too-long", "The address is too long.");
          case TooLongHttpHeaderException _ ->
              Problem.of(431, "headers.too-large", "The headers are larger than 8 KiB.");
          case null, default -> Problem.of(400, "request.malformed", "The request is malformed.");
        };
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader("Connection", "close");
    }
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problems.MEDIA_TYPE)
        .putHeader("Cache-Control", Problems.NO_STORE)
        .end(problem.json().toBuffer())
        .onComplete(_ -> request.connection().close());
  }
}
