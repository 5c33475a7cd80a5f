package boutique.kernel.store;

import boutique.language.Context;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.catalog.CatalogEvent.ProductCreated;
import boutique.language.catalog.ProductId;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** True facts for the suites, each telling its stream and version apart from every other. */
public final class Facts {
  /** Longer than anything takes on a busy machine; what takes longer hangs. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

  private Facts() {}

  /** A commit of so many events. */
  public static Commit commit(StreamId stream, long firstVersion, int events) {
    var recorded = new ArrayList<Recorded>();
    for (var version = firstVersion; version < firstVersion + events; version++) {
      recorded.add(fact(stream, version));
    }
    return new Commit(stream, firstVersion, recorded);
  }

  /** One event with its envelope: some are caused by an event, some by a person. */
  public static Recorded fact(StreamId stream, long version) {
    var at = NOON.plusNanos(version);
    var event =
        new ProductCreated(
            new ProductId(stream.key()),
            new UserId("seller-" + version),
            "Crème brûlée 🍮 № " + version,
            new Money(1999 + version, "EUR"),
            version,
            at);
    var context =
        version % 2 == 0
            ? new Context("request-" + version, stream + "@" + (version - 1), stream.room())
            : new Context("request-" + version, null, "user-" + version);
    return Recorded.of(stream, version, event, at, context);
  }

  /** A name that no other test has. */
  public static String unique(String name) {
    return name + "-" + UUID.randomUUID();
  }

  /** What the future brings; fails when it fails or takes too long. */
  public static <T> T get(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new AssertionError("failed: " + failed.getCause(), failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("nothing came within " + PATIENCE, late);
    } catch (InterruptedException stopped) {
      throw new AssertionError("interrupted", stopped);
    }
  }

  /** Why the future fails; itself a failure when it succeeds or takes too long. */
  public static Throwable failure(Future<?> future) {
    return get(
        future.transform(done ->
            done.failed()
                ? Future.succeededFuture(done.cause())
                : Future.failedFuture("succeeded, and should not have")));
  }

  /** Commits of one stream, each of one event. */
  public static List<Commit> commits(StreamId stream, long firstVersion, int count) {
    var commits = new ArrayList<Commit>();
    for (var version = firstVersion; version < firstVersion + count; version++) {
      commits.add(commit(stream, version, 1));
    }
    return commits;
  }
}
