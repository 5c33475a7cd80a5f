package boutique.backends.distributed;

import boutique.backends.Answer;
import boutique.kernel.Unavailable;
import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.VersionConflict;
import boutique.language.StreamId;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.BulkWriteOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facts of many nodes: one document per commit, whose primary key is the lock.
 *
 * <p>Appends keep their own time: while one insert is on its way, those that come wait, and go
 * together in the next. Alone, an append so takes one round trip; in a crowd, a small part of one.
 */
public final class MongoEventStore implements EventStore {
  private static final Logger LOG = LoggerFactory.getLogger(MongoEventStore.class);
  private static final String COMMITS = "commits";
  private static final int MOST_TOGETHER = 256;
  private static final int MOST_BYTES_TOGETHER = 16 << 20;
  private static final int MOST_WAITING = 1 << 14;
  private static final int MOST_MARKED_TOGETHER = 1_000;

  /** MongoDB's own limit for a document is 16 MiB. */
  private static final int LARGEST_COMMIT = 14 << 20;

  private final MongoClient mongo;
  private final Context context;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong appended = new AtomicLong();
  private final AtomicLong roundTrips = new AtomicLong();
  private final Promise<Void> idle = Promise.promise();
  private boolean sending;
  private boolean closed;
  private long stamp;

  private record Waiting(Commit commit, JsonObject document, int weight, Answer<Void> answer) {}

  private MongoEventStore(Vertx vertx, MongoClient mongo) {
    this.mongo = mongo;
    // Its own: on that of whoever came first, all would wait whenever that one is busy.
    this.context = ((VertxInternal) vertx).createEventLoopContext();
  }

  /** Makes sure of the index that the relay reads. The client stays the caller's. */
  public static Future<MongoEventStore> open(Vertx vertx, MongoClient mongo) {
    // Sparse, and so no larger than what is pending; a second field would make it hold everything.
    var index = new JsonObject().put(CommitDocument.PENDING, 1);
    return MongoServer.asked(
            mongo.createIndexWithOptions(
                COMMITS, index, new IndexOptions().name("pending").sparse(true)))
        .map(_ -> new MongoEventStore(vertx, mongo));
  }

  @Override
  public Future<Void> append(Commit commit) {
    var weight = CommitDocument.weight(commit);
    if (weight > LARGEST_COMMIT) {
      return Future.failedFuture(
          new IllegalArgumentException(commit.key() + " is too large for one document"));
    }
    var waiting =
        new Waiting(commit, CommitDocument.encode(commit, nextStamp()), weight, new Answer<>());
    synchronized (this) {
      if (closed) {
        return refused();
      }
      if (queue.size() >= MOST_WAITING) {
        return Future.failedFuture(new Unavailable("the store has too much to write already"));
      }
      queue.add(waiting);
      send();
    }
    return waiting.answer.future();
  }

  @Override
  public Future<List<Commit>> read(StreamId stream, long fromVersion, int limit) {
    return holder(stream, fromVersion)
        .compose(
            // Behind the last key of a stream there is what follows its '@'.
            from -> find(new JsonObject().put("$gte", from).put("$lt", stream + "A"), limit));
  }

  /** The key of the commit that holds a version, which need not be its first. */
  private Future<String> holder(StreamId stream, long version) {
    var key = Commit.key(stream, version);
    if (version == 1) {
      return Future.succeededFuture(key);
    }
    var before = new JsonObject().put("$gte", stream + "@").put("$lte", key);
    return commits(new JsonObject().put(CommitDocument.ID, before), CommitDocument.ID, true, 1)
        .map(found ->
            found.isEmpty() || found.getFirst().lastVersion() < version
                ? key
                : found.getFirst().key());
  }

  @Override
  public Future<List<Commit>> scan(String room, @Nullable String afterKey, int limit) {
    // Behind the last key of a room there is what follows its '/'.
    var range = new JsonObject().put("$lt", room + "0");
    return find(
        afterKey == null ? range.put("$gte", room + "/") : range.put("$gt", afterKey), limit);
  }

  @Override
  public Future<List<Commit>> pending(int limit) {
    return commits(
        new JsonObject().put(CommitDocument.PENDING, new JsonObject().put("$gt", 0)),
        CommitDocument.PENDING,
        false,
        limit);
  }

  @Override
  public Future<Void> relayed(List<Commit> commits) {
    if (isClosed()) {
      return refused();
    }
    var marked = Future.<Void>succeededFuture();
    for (var from = 0; from < commits.size(); from += MOST_MARKED_TOGETHER) {
      var some = commits.subList(from, Math.min(commits.size(), from + MOST_MARKED_TOGETHER));
      marked = marked.compose(_ -> mark(some));
    }
    return marked;
  }

  @Override
  public void onAppend(Runnable listener) {
    listeners.add(listener);
  }

  /** Completed when every append is answered. The client is closed by whoever opened it. */
  @Override
  public Future<Void> close() {
    synchronized (this) {
      closed = true;
      if (!sending) {
        idle.tryComplete();
      }
    }
    return idle.future();
  }

  /** How many commits this process has written. */
  public long appended() {
    return appended.get();
  }

  /** How many times this process has asked MongoDB to write or mark commits. */
  public long roundTrips() {
    return roundTrips.get();
  }

  /**
   * Never lower than any stamp that this process has given or read: whoever appends to a stream has
   * read it, so its later commits come later, whatever the clocks of the nodes say.
   */
  private synchronized long nextStamp() {
    stamp = Math.max(stamp + 1, System.currentTimeMillis() * 1_000);
    return stamp;
  }

  private synchronized void noteStamp(long seen) {
    stamp = Math.max(stamp, seen);
  }

  private synchronized void send() {
    if (!sending && !queue.isEmpty()) {
      sending = true;
      context.runOnContext(_ -> {
        var batch = take();
        insert(batch).onComplete(inserted -> sent(batch, inserted.cause()));
      });
    }
  }

  private void sent(List<Waiting> batch, @Nullable Throwable failure) {
    settle(batch, failure);
    synchronized (this) {
      sending = false;
      send();
      if (closed && !sending) {
        idle.tryComplete();
      }
    }
  }

  private synchronized List<Waiting> take() {
    var batch = new ArrayList<Waiting>();
    var bytes = 0;
    while (!queue.isEmpty()
        && batch.size() < MOST_TOGETHER
        && (batch.isEmpty() || bytes + queue.getFirst().weight <= MOST_BYTES_TOGETHER)) {
      var next = queue.removeFirst();
      bytes += next.weight;
      batch.add(next);
    }
    return batch;
  }

  private Future<?> insert(List<Waiting> batch) {
    roundTrips.incrementAndGet();
    var inserts = new ArrayList<BulkOperation>(batch.size());
    for (var waiting : batch) {
      inserts.add(BulkOperation.createInsert(waiting.document));
    }
    try {
      return mongo.bulkWriteWithOptions(COMMITS, inserts, new BulkWriteOptions(false));
    } catch (RuntimeException closedClient) {
      return Future.failedFuture(closedClient);
    }
  }

  private void settle(List<Waiting> batch, @Nullable Throwable failure) {
    if (failure != null) {
      refuse(batch, failure);
    }
    var answers = new ArrayList<Answer<Void>>(batch.size());
    var written = 0;
    for (var waiting : batch) {
      answers.add(waiting.answer);
      written += waiting.answer.isFailure() ? 0 : 1;
    }
    if (written > 0) {
      appended.addAndGet(written);
      listeners.forEach(MongoEventStore::call);
    }
    Answer.deliverAll(answers);
  }

  /** Of a batch that failed in parts only those parts fail; of any other nobody knows anything. */
  private static void refuse(List<Waiting> batch, Throwable failure) {
    if (failure instanceof MongoBulkWriteException partly
        && partly.getWriteConcernError() == null) {
      for (var error : partly.getWriteErrors()) {
        var waiting = batch.get(error.getIndex());
        var conflict = ErrorCategory.fromErrorCode(error.getCode()) == ErrorCategory.DUPLICATE_KEY;
        waiting.answer.failed(
            conflict
                ? new VersionConflict(waiting.commit.key())
                : new Unavailable("MongoDB does not do it: " + error.getMessage(), failure));
      }
    } else {
      var refusal = MongoServer.unavailable(failure);
      batch.forEach(waiting -> waiting.answer.failed(refusal));
    }
  }

  private Future<Void> mark(List<Commit> commits) {
    roundTrips.incrementAndGet();
    var keys = new JsonArray();
    commits.forEach(commit -> keys.add(commit.key()));
    return MongoServer.asked(
            mongo.updateCollectionWithOptions(
                COMMITS,
                new JsonObject().put(CommitDocument.ID, new JsonObject().put("$in", keys)),
                new JsonObject().put("$unset", new JsonObject().put(CommitDocument.PENDING, "")),
                new UpdateOptions().setMulti(true)))
        .mapEmpty();
  }

  private Future<List<Commit>> find(JsonObject keys, int limit) {
    return commits(new JsonObject().put(CommitDocument.ID, keys), CommitDocument.ID, false, limit);
  }

  private Future<List<Commit>> commits(
      JsonObject query, String order, boolean backwards, int limit) {
    if (isClosed()) {
      return refused();
    }
    if (limit <= 0) {
      return Future.succeededFuture(List.of()); // to MongoDB, zero is no limit
    }
    return MongoServer.asked(
            mongo.findWithOptions(COMMITS, query, MongoServer.page(order, backwards, limit)))
        .map(documents -> {
          var commits = new ArrayList<Commit>(documents.size());
          for (var document : documents) {
            noteStamp(document.getLong(CommitDocument.STAMP));
            commits.add(CommitDocument.decode(document));
          }
          return commits;
        });
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private static <T> Future<T> refused() {
    return Future.failedFuture(new Unavailable("the event store is closed"));
  }

  private static void call(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException listenersOwn) {
      LOG.error("whoever was told of an append has failed with it", listenersOwn);
    }
  }
}
