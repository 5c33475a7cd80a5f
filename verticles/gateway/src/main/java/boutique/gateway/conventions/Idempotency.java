package boutique.gateway.conventions;

import boutique.gateway.conventions.KeptAnswers.Claim;
import boutique.gateway.conventions.KeptAnswers.Known;
import boutique.gateway.problems.Problem;
import boutique.kernel.store.Views;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a request once for its key, whoever repeats it, wherever and whenever. The key is taken
 * before the first effect and the answer kept after the last. Who dies in between leaves a request
 * that is done again: harmless, because what it makes has ids that come from the key, and commands
 * recognise themselves.
 *
 * <p>Shared by all gateways of a process, so that a repeat waits here for the first to end.
 */
public final class Idempotency {
  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Longer than any request takes: whoever took a key before and is silent has died. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final KeptAnswers kept;
  private final InstantSource clock;
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  public Idempotency(Views views, InstantSource clock) {
    this.kept = new KeptAnswers(views, clock);
    this.clock = clock;
  }

  private record Running(String request, Promise<Sent> answer) {}

  /** Drops the answers that are over. */
  public Future<Void> sweep() {
    return kept.sweep();
  }

  static Problem inProgress() {
    return Problem.of(
        409, "idempotency.in-progress", "The first request with this key is still at work.");
  }

  /** Done once, and every repeat is answered as the first was. */
  Future<Sent> once(Vertx vertx, Fingerprint print, Function<Known, Future<Sent>> work) {
    var mine = new Running(print.request(), Promise.promise());
    var first = running.putIfAbsent(print.name(), mine);
    if (first != null) {
      return first.request().equals(print.request())
          ? waitFor(first, vertx)
          : Future.failedFuture(mismatch());
    }
    return kept.claim(print, true)
        .compose(claim -> answer(vertx, print, claim, work))
        .onComplete(answer -> {
          running.remove(print.name(), mine);
          mine.answer().handle(answer);
        });
  }

  /** Done again each time, for its answer cannot be kept; but only the same again. */
  Future<Sent> again(Fingerprint print, Function<Known, Future<Sent>> work) {
    return kept.claim(print, false)
        .compose(claim ->
            claim.mine().request().equals(print.request())
                ? work.apply(claim.mine())
                : Future.failedFuture(mismatch()));
  }

  /** Takes a key for what is done already; a failure to is no reason to say that it is not. */
  Future<Void> note(Fingerprint print) {
    return kept.claim(print, false)
        .<Void>mapEmpty()
        .recover(failure -> {
          LOG.warn("a key is not noted: {}", failure.getMessage());
          return Future.succeededFuture();
        });
  }

  private Future<Sent> answer(
      Vertx vertx, Fingerprint print, Claim claim, Function<Known, Future<Sent>> work) {
    var known = claim.mine();
    if (!known.request().equals(print.request())) {
      return Future.failedFuture(mismatch());
    }
    if (known.sealed() != null) {
      return opened(print, known.sealed());
    }
    if (!claim.first() && isAtWork(vertx, known)) {
      return Future.failedFuture(inProgress());
    }
    return work.apply(known)
        .recover(Idempotency::lasting)
        .compose(sent -> keep(print, known, sent), failure -> release(known, failure));
  }

  /** Alone, there is nobody else who could be. */
  private boolean isAtWork(Vertx vertx, Known known) {
    return vertx.isClustered()
        && known.by() != null
        && !kept.isOurs(known)
        && clock.instant().isBefore(known.since().plus(LEASE));
  }

  private static Future<Sent> lasting(Throwable failure) {
    return failure instanceof Problem problem && Sent.isLasting(problem)
        ? Future.succeededFuture(Sent.of(problem))
        : Future.failedFuture(failure);
  }

  /** What somebody else has written there is no answer of ours, and nothing to do it again for. */
  private static Future<Sent> opened(Fingerprint print, String sealed) {
    var answer = print.seal().open(sealed);
    return answer == null
        ? Future.failedFuture(new IllegalStateException("a kept answer is not as it was kept"))
        : Future.succeededFuture(Sent.of(new JsonObject(answer)));
  }

  /** It is done, kept or not: a repeat would do it again, with the same result. */
  private Future<Sent> keep(Fingerprint print, Known known, Sent sent) {
    return kept.keep(known, print.seal().close(sent.kept().encode()))
        .recover(failure -> {
          LOG.warn("an answer is not kept: {}", failure.getMessage());
          return Future.succeededFuture();
        })
        .map(sent);
  }

  private Future<Sent> release(Known known, Throwable failure) {
    return kept.release(known).otherwiseEmpty().compose(_ -> Future.failedFuture(failure));
  }

  /** The first may run on another thread; whoever waits goes on where they are. */
  private static Future<Sent> waitFor(Running first, Vertx vertx) {
    var here = vertx.getOrCreateContext();
    var answer = Promise.<Sent>promise();
    first.answer().future().onComplete(ended -> here.runOnContext(_ -> answer.handle(ended)));
    return answer
        .future()
        .timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .recover(failure ->
            Future.failedFuture(failure instanceof TimeoutException ? inProgress() : failure));
  }

  private static Problem mismatch() {
    return Problem.of(
        422, "idempotency.mismatch", "This idempotency key was used for another request already.");
  }
}
