package boutique.gateway.door;

import boutique.gateway.conventions.Answer.Version;
import boutique.gateway.conventions.Coding;
import boutique.gateway.conventions.Etags;
import boutique.gateway.conventions.Sent;
import boutique.gateway.sessions.Session;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.limits.Taken;
import boutique.kernel.room.Shelf;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was answered to a session and is still so, to the version of each stream that the answer was
 * read from: it is said again before any route is looked for. Who asks and how often they may is
 * held against the same rules as ever; what this does not know for certain goes the whole way.
 *
 * <p>Not for several threads at once.
 */
public final class Recall {
  private static final String RECALL = "boutique.recall";
  private static final String WHERE = "/api/";
  private static final int MOST = 512;
  private static final int LONGEST = 4 << 10;

  private final Sessions sessions;
  private final Limiter limiter;
  private final Lines lines;
  private final Shelf shelf;
  private final Map<Question, Known> known =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Known> eldest) {
          return size() > MOST;
        }
      };

  public Recall(Sessions sessions, Limiter limiter, Lines lines, Shelf shelf) {
    this.sessions = sessions;
    this.limiter = limiter;
    this.lines = lines;
    this.shelf = shelf;
  }

  /** Who asks for what; nobody is a session like any other. */
  private record Question(String uri, @Nullable Session session) {}

  /** An answer; its body is missing when nobody has needed it yet. */
  private record Known(
      String tag, CharSequence header, @Nullable Buffer body, List<Version> about) {}

  /** In front of the routes. */
  public Handler<HttpServerRequest> before(Handler<HttpServerRequest> routes) {
    return request -> {
      if (!isPlain(request)) {
        routes.handle(request);
        return;
      }
      var session = sessions.of(request);
      var answer = find(request, session);
      if (answer == null) {
        routes.handle(request);
      } else {
        answerIfAllowed(request, session, answer, routes);
      }
    };
  }

  /** Lets the routes say what may be said again. */
  public void listen(RoutingContext ctx) {
    ctx.put(RECALL, this);
    ctx.next();
  }

  /** Remembers what was sent, if it stays true as long as what it is about. */
  public static void keep(RoutingContext ctx, Sent sent) {
    var recall = Objects.requireNonNull(ctx.<@Nullable Recall>get(RECALL));
    var tag = sent.tag();
    var body = sent.body();
    if (tag != null
        && !sent.about().isEmpty()
        && isPlain(ctx.request())
        && (body == null || body.length() < LONGEST)) {
      recall.known.put(
          new Question(ctx.request().uri(), Sessions.of(ctx)),
          new Known(
              tag,
              HttpHeaders.createOptimized(tag),
              body == null ? null : Buffer.buffer(body),
              sent.about()));
    }
  }

  /** Who is held against more rules than these goes the whole way. */
  private static boolean isPlain(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET)
        && request.uri().startsWith(WHERE)
        && !request.headers().contains(HttpHeaders.ORIGIN)
        && !Lines.hasBody(request);
  }

  private @Nullable Known find(HttpServerRequest request, @Nullable Session session) {
    var found = known.get(new Question(request.uri(), session));
    return found != null && isStillSo(found) && (found.body() != null || isHad(request, found))
        ? found
        : null;
  }

  private boolean isStillSo(Known answer) {
    for (var version : answer.about()) {
      var now = shelf.look(version.stream());
      if (now == null || now.version() != version.version()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHad(HttpServerRequest request, Known answer) {
    return Etags.isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH), answer.tag());
  }

  private void answerIfAllowed(
      HttpServerRequest request,
      @Nullable Session session,
      Known answer,
      Handler<HttpServerRequest> routes) {
    var taken = limiter.take(request, session);
    if (taken.isComplete()) {
      answer(request, answer, taken, routes);
      return;
    }
    request.pause();
    taken.onComplete(decided -> {
      request.resume();
      answer(request, answer, decided, routes);
    });
  }

  private void answer(
      HttpServerRequest request,
      Known answer,
      AsyncResult<Taken> taken,
      Handler<HttpServerRequest> routes) {
    if (taken.failed() || !(taken.result() instanceof Taken.Yes)) {
      routes.handle(request); // where it is told why
      return;
    }
    lines.answered(request);
    var response =
        request
            .response()
            .putHeader(HttpHeaders.CACHE_CONTROL, Sent.ASK_AGAIN)
            .putHeader(HttpHeaders.ETAG, answer.header());
    var body = answer.body();
    if (body == null || isHad(request, answer)) {
      response.setStatusCode(304).end();
    } else {
      Coding.choose(request);
      response.putHeader(HttpHeaders.CONTENT_TYPE, Sent.JSON).end(body);
    }
  }
}
