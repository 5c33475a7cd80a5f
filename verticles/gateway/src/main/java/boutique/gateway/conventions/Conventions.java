package boutique.gateway.conventions;

import boutique.gateway.conventions.KeptAnswers.Known;
import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import boutique.gateway.sessions.Client;
import boutique.gateway.sessions.Secret;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.kernel.views.Shown;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every route does beside its work: answer a repeated request as before, say again nothing
 * that the client has already, and, when asked to, answer only when the read models show what has
 * happened.
 */
public final class Conventions {
  private static final String ENTERED = "boutique.conventions";
  private static final String KNOWN = "boutique.key";
  private static final String KEY = "Idempotency-Key";
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final String PREFER = "Prefer";
  private static final Pattern PROJECTED =
      Pattern.compile("(^|[,;])\\s*wait\\s*=\\s*\"?projected\"?\\s*($|[,;])");
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Idempotency idempotency;
  private final Secret secret;
  private final Aftermath aftermath;

  public Conventions(Idempotency idempotency, Secret secret, Bus bus, Shown shown) {
    this.idempotency = idempotency;
    this.secret = secret;
    this.aftermath = new Aftermath(bus, shown);
  }

  public void enter(RoutingContext ctx) {
    ctx.put(ENTERED, this);
    ctx.next();
  }

  public static Conventions of(RoutingContext ctx) {
    return Objects.requireNonNull(ctx.<@Nullable Conventions>get(ENTERED));
  }

  /** What is known of the request's key; null when it has none. */
  public static @Nullable Known key(RoutingContext ctx) {
    return ctx.get(KNOWN);
  }

  /**
   * Answers one request.
   *
   * @param keeping for whom its answer is kept, when the request has a key
   */
  public Future<Sent> answer(RoutingContext ctx, Keeping keeping, Operation operation) {
    if (SAFE.contains(ctx.request().method())) {
      var known = ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH);
      return work(ctx, operation).map(sent -> sent.unlessHad(known));
    }
    var prefers = ctx.request().getHeader(PREFER);
    var answered = once(ctx, keeping, operation);
    return prefers != null && PROJECTED.matcher(prefers).find()
        ? answered.compose(sent -> projected(ctx, sent))
        : answered;
  }

  private Future<Sent> once(RoutingContext ctx, Keeping keeping, Operation operation) {
    var key = ctx.request().getHeader(KEY);
    if (key == null) {
      return work(ctx, operation);
    }
    if (!VISIBLE.matcher(key).matches()) {
      throw Problem.invalid(List.of(new Wrong(KEY, "must be 1 to 255 visible ASCII characters")));
    }
    var session = Sessions.of(ctx);
    return session == null || keeping != Keeping.OWN
        ? asNobody(ctx, key, keeping, operation)
        : idempotency.once(
            ctx.vertx(),
            print(ctx, session.user().value(), key),
            known -> work(ctx, known, operation));
  }

  /**
   * What is made by a request comes from its key and from all of it, whoever asks. Whoever can be
   * known again has the key for this one request as well: under the name with which they come, and
   * under the one that they get. What is kept for them is theirs, and what is common is
   * everybody's.
   */
  private Future<Sent> asNobody(
      RoutingContext ctx, String key, Keeping keeping, Operation operation) {
    var client = Client.of(ctx);
    var print =
        Fingerprint.ofNobody(
            secret, key, ctx.request().method().name(), ctx.request().uri(), body(ctx));
    Supplier<Future<Sent>> asked =
        () -> once(ctx, keeping == Keeping.COMMON, print, known -> work(ctx, known, operation));
    var sent =
        client == null
            ? asked.get()
            : once(ctx, keeping == Keeping.OWN, print(ctx, client, key), _ -> asked.get());
    return sent.compose(answer -> {
      var next = Client.next(ctx);
      return next == null || next.equals(client)
          ? Future.succeededFuture(answer)
          : idempotency.note(print(ctx, next, key)).map(answer);
    });
  }

  private Future<Sent> once(
      RoutingContext ctx, boolean kept, Fingerprint print, Function<Known, Future<Sent>> work) {
    return kept ? idempotency.once(ctx.vertx(), print, work) : idempotency.again(print, work);
  }

  private Fingerprint print(RoutingContext ctx, String who, String key) {
    var request = ctx.request();
    return Fingerprint.of(secret, who, key, request.method().name(), request.uri(), body(ctx));
  }

  private static Buffer body(RoutingContext ctx) {
    var body = ctx.body().buffer();
    return body == null ? Buffer.buffer() : body;
  }

  private static Future<Sent> work(RoutingContext ctx, Known known, Operation operation) {
    ctx.put(KNOWN, known);
    return work(ctx, operation);
  }

  private static Future<Sent> work(RoutingContext ctx, Operation operation) {
    Future<Answer> answered;
    try {
      answered = operation.handle(ctx);
    } catch (RuntimeException failure) {
      return Future.failedFuture(failure);
    }
    return answered.map(Sent::of);
  }

  private Future<Sent> projected(RoutingContext ctx, Sent sent) {
    return sent.changed().isEmpty()
        ? Future.succeededFuture(sent)
        : aftermath
            .of(sent.changed())
            .map(shown -> {
              if (shown) {
                ctx.response().putHeader("Preference-Applied", "wait=projected");
              }
              return sent;
            });
  }
}
