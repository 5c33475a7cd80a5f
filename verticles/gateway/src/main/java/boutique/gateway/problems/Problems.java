package boutique.gateway.problems;

import boutique.gateway.problems.Problem.Wrong;
import boutique.kernel.Unavailable;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.json.DecodeException;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure of a request into its problem. What nobody foresaw is logged, not shown. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  public static final String NO_STORE = "no-store";
  public static final String MEDIA_TYPE = "application/problem+json";

  private Problems() {}

  public static void answer(RoutingContext ctx) {
    var problem = isBroken(ctx) ? plain(400) : of(ctx.failure(), ctx.statusCode());
    if (problem.status() == 503) {
      LOG.warn("{} {}: {}", ctx.request().method(), ctx.request().path(), "" + ctx.failure());
    } else if (problem.status() >= 500) {
      LOG.error("{} {} failed", ctx.request().method(), ctx.request().path(), ctx.failure());
    }
    if (ctx.response().ended()) {
      return;
    }
    if (ctx.response().headWritten()) {
      ctx.response().reset();
      return;
    }
    if (problem.passes() && !ctx.response().headers().contains("Retry-After")) {
      ctx.response().putHeader("Retry-After", "1");
    }
    ctx.response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", MEDIA_TYPE)
        .putHeader("Cache-Control", NO_STORE)
        .end(problem.json().toBuffer());
  }

  /** The client hung up, or cut its body into pieces that are none, before we had read all. */
  private static boolean isBroken(RoutingContext ctx) {
    var failure = ctx.failure();
    return !ctx.request().isEnded()
        && (failure instanceof NumberFormatException
            || failure instanceof HttpClosedException
            || failure instanceof StreamResetException
            || failure instanceof Http2Exception);
  }

  private static Problem of(@Nullable Throwable failure, int status) {
    return switch (failure) {
      case null -> plain(status);
      case Problem problem -> problem;
      case SchemaValidationException invalid -> of(invalid);
      case ValidatorException invalid -> of(invalid);
      case DecodeException _ ->
          Problem.invalid(List.of(new Wrong("body", "is not well-formed JSON")));
      case HttpException http when http.getCause() != null ->
          of(http.getCause(), http.getStatusCode());
      case HttpException http -> plain(http.getStatusCode());
      case Unavailable _ ->
          Problem.of(503, "unavailable", "This is not possible right now. Please try again.");
      default -> plain(status == -1 ? 500 : status);
    };
  }

  private static Problem plain(int status) {
    return switch (status) {
      case 400 -> Problem.of(400, "request.malformed", "The request is malformed.");
      case 401 -> Problem.of(401, "auth.required", "Sign in to do this.");
      case 404 -> Problem.of(404, "route.not-found", "There is nothing here.");
      case 405 -> Problem.of(405, "method.not-allowed", "This cannot be done here.");
      case 431 -> Problem.of(431, "headers.too-large", "The headers are too large.");
      case 414 -> Problem.of(414, "request.too-long", "The address is too long.");
      case 413 -> Problem.of(413, "body.too-large", "The body is larger than is taken here.");
      case 415 -> Problem.of(415, "body.not-json", "The body must be application/json.");
      default ->
          status >= 400 && status < 500
              ? Problem.of(status, "request.refused", "The request cannot be served.")
              : Problem.of(500, "internal", "Something went wrong here. It has been recorded.");
    };
  }

  private static Problem of(ValidatorException invalid) {
    var sentence = String.valueOf(invalid.getMessage());
    var whole = Leaves.parameter(sentence);
    if (sentence.contains("path parameter")) {
      return plain(404); // an address that cannot be read leads nowhere
    }
    return switch (invalid.type()) {
      case UNSUPPORTED_VALUE_FORMAT -> plain(415);
      case MISSING_REQUIRED_PARAMETER -> Problem.invalid(List.of(new Wrong(whole, "is missing")));
      case ILLEGAL_VALUE,
          INVALID_VALUE_FORMAT,
          INVALID_VALUE,
          MISSING_OPERATION,
          MISSING_RESPONSE ->
          Problem.invalid(List.of(new Wrong(whole, "cannot be read: " + sentence)));
    };
  }

  private static Problem of(SchemaValidationException invalid) {
    var report = invalid.getOutputUnit() == null ? null : invalid.getOutputUnit().getErrors();
    var whole = Leaves.parameter(String.valueOf(invalid.getMessage()));
    var wrongs = report == null ? List.<Wrong>of() : Leaves.of(report, whole);
    return Problem.invalid(wrongs.isEmpty() ? List.of(new Wrong(whole, "is not valid")) : wrongs);
  }
}
