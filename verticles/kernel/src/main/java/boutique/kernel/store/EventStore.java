package boutique.kernel.store;

import boutique.language.StreamId;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every fact, for ever. The key of a commit is its stream and first version: inserting it is
 * the lock, and the commit is its own outbox.
 *
 * <p>Needs nothing of a database but an atomic insert of one document under an ordered primary key.
 */
public interface EventStore {

  /**
   * Writes a commit after the versions that the caller has read. Completed when it is durable;
   * fails with {@link VersionConflict} when that version is written already. After any other
   * failure the outcome is unknown and the stream is to be read again.
   */
  Future<Void> append(Commit commit);

  /** The stream's commits in order, from the one that holds {@code fromVersion}. */
  Future<List<Commit>> read(StreamId stream, long fromVersion, int limit);

  /**
   * Commits of a room by key, after {@code afterKey}: each stream in order, for rebuilds, audits.
   */
  Future<List<Commit>> scan(String room, @Nullable String afterKey, int limit);

  /** Commits that Kafka may not have yet, oldest first, in order per stream. */
  Future<List<Commit>> pending(int limit);

  /** Says that Kafka has these. Forgetting it in a crash costs a duplicate, never a gap. */
  Future<Void> relayed(List<Commit> commits);

  /** Calls back, on any thread, whenever this process has appended something. */
  void onAppend(Runnable appended);

  /** Finishes what was accepted, then lets go. */
  Future<Void> close();
}
