package boutique.backends.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.kernel.Unavailable;
import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.language.StreamId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** The facts of a single node. */
public final class RocksEventStore implements EventStore {
  /** Under which key the number is kept below which Kafka has every commit. */
  static final byte[] RELAYED = "relayed".getBytes(UTF_8);

  /** Under which key the Kafka is kept that {@link #RELAYED} is about. */
  private static final byte[] RELAYED_TO = "relayed.to".getBytes(UTF_8);

  private final RocksDatabase database;
  private volatile boolean closed;

  public RocksEventStore(RocksDatabase database) {
    this.database = database;
  }

  @Override
  public Future<Void> append(Commit commit) {
    if (commit.events().size() > RocksFactLog.MOST_EVENTS) {
      return Future.failedFuture(
          new IllegalArgumentException(
              "a commit of more than " + RocksFactLog.MOST_EVENTS + " events: " + commit.key()));
    }
    if (closed) {
      return refused();
    }
    var key = commit.key().getBytes(UTF_8);
    var bytes = CommitFormat.encode(commit);
    return database.write(bytes.length, batch -> batch.append(commit, key, bytes));
  }

  @Override
  public Future<List<Commit>> read(StreamId stream, long fromVersion, int limit) {
    var from = Commit.key(stream, fromVersion).getBytes(UTF_8);
    var prefix = (stream + "@").getBytes(UTF_8);
    if (closed) {
      return refused();
    }
    return isNew(fromVersion, from)
        .compose(isNew ->
            isNew
                ? Future.succeededFuture(List.of())
                : database.read(
                    () -> commits(holder(from, prefix, fromVersion), prefix, limit, false)));
  }

  /** Whether a stream that is read from its beginning is not there yet, as so many are not. */
  private Future<Boolean> isNew(long fromVersion, byte[] from) {
    return fromVersion == 1
        ? database.find(reach -> !database.has(Column.COMMITS, from, reach))
        : Future.succeededFuture(false);
  }

  @Override
  public Future<List<Commit>> scan(String room, @Nullable String afterKey, int limit) {
    var prefix = (room + "/").getBytes(UTF_8);
    // The next key that could exist is the same with a zero behind it.
    var from = afterKey == null ? prefix : (afterKey + "\0").getBytes(UTF_8);
    return closed ? refused() : database.read(() -> commits(from, prefix, limit, true));
  }

  @Override
  public Future<List<Commit>> pending(int limit) {
    if (closed) {
      return refused();
    }
    var remembered = new Pending(limit);
    return database.log().readRecent(database.outbox().mark(), remembered) >= 0
        ? Future.succeededFuture(remembered.commits)
        : database.read(() -> {
          var stored = new Pending(limit);
          database.log().read(database.outbox().mark(), stored);
          return stored.commits;
        });
  }

  @Override
  public Future<Void> relayed(List<Commit> commits) {
    if (closed) {
      return refused();
    }
    return database
        .<@Nullable Void>read(() -> {
          mark(commits);
          return null;
        })
        .compose(_ -> database.note(Long.BYTES, this::note));
  }

  /**
   * Says which Kafka the facts are brought to from now on, before the first of them is. To one that
   * is not the last one, such as after its directory was lost, everything is brought again.
   */
  public Future<Void> relayTo(String cluster) {
    if (closed) {
      return refused();
    }
    var name = cluster.getBytes(UTF_8);
    return database
        .<byte @Nullable []>read(() -> database.get(Column.MARKS, RELAYED_TO))
        .compose(before -> Arrays.equals(before, name) ? Future.succeededFuture() : turnTo(name));
  }

  private Future<Void> turnTo(byte[] cluster) {
    database.outbox().forget();
    return database.write(
        cluster.length,
        batch -> {
          batch.put(Column.MARKS, RELAYED, Numbers.bytes(0));
          batch.put(Column.MARKS, RELAYED_TO, cluster);
        });
  }

  @Override
  public void onAppend(Runnable appended) {
    database.log().onAppend(appended);
  }

  /** The database stays open for others; whoever opened it closes it. */
  @Override
  public Future<Void> close() {
    closed = true;
    return database.write(0, _ -> {}).otherwiseEmpty(); // when this is answered, all before it are
  }

  /** The key of the commit that holds a version, which need not be its first. */
  private byte[] holder(byte[] from, byte[] prefix, long version) throws RocksDBException {
    if (version == 1) {
      return from;
    }
    try (var entries = database.entries(Column.COMMITS, false)) {
      entries.seekForPrev(from);
      entries.status();
      if (!entries.isValid() || !Keys.startsWith(entries.key(), prefix)) {
        return from;
      }
      var key = entries.key();
      var commit = CommitFormat.decode(new String(key, UTF_8), entries.value());
      return commit.lastVersion() >= version ? key : from;
    }
  }

  private List<Commit> commits(byte[] from, byte[] prefix, int limit, boolean sweeping)
      throws RocksDBException {
    var commits = new ArrayList<Commit>();
    try (var entries = database.entries(Column.COMMITS, sweeping)) {
      for (entries.seek(from); commits.size() < limit && entries.isValid(); entries.next()) {
        var key = entries.key();
        if (!Keys.startsWith(key, prefix)) {
          break;
        }
        commits.add(CommitFormat.decode(new String(key, UTF_8), entries.value()));
      }
      entries.status();
    }
    return commits;
  }

  private void mark(List<Commit> commits) throws RocksDBException {
    for (var commit : commits) {
      var head = database.head(Column.COMMITS, commit.key().getBytes(UTF_8), CommitFormat.HEAD);
      if (head == null) {
        throw new IllegalArgumentException(commit.key() + " was relayed but never appended");
      }
      database.outbox().relayed(CommitFormat.number(head));
    }
  }

  private void note(Batch batch) throws RocksDBException {
    batch.note(Column.MARKS, RELAYED, Numbers.bytes(database.outbox().settled(System.nanoTime())));
  }

  private static <T> Future<T> refused() {
    return Future.failedFuture(new Unavailable("the event store is closed"));
  }

  /** Reads the log past what is relayed. */
  private final class Pending implements CommitLog.Reader {
    private final int limit;
    private final List<Commit> commits = new ArrayList<>();

    Pending(int limit) {
      this.limit = limit;
    }

    @Override
    public long next(long number) {
      return database.outbox().pendingFrom(number);
    }

    @Override
    public boolean wants(String room) {
      return true;
    }

    @Override
    public boolean take(long number, Commit commit) {
      commits.add(commit);
      return commits.size() < limit;
    }
  }
}
