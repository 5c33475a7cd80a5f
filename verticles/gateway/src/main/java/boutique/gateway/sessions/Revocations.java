package boutique.gateway.sessions;

import boutique.language.Revoked;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The tokens that are refused although they have not expired: those of sessions that are over, and
 * those of an account's earlier epochs. Kept as long as such a token can live.
 *
 * <p>If there are too many to keep, every token that was signed before is refused instead. That
 * harms nobody: who has a session gets a new token for it.
 */
public final class Revocations {
  private static final int MOST = 200_000;
  private static final long SLACK_SECONDS = 60;

  private final long life;
  private final InstantSource clock;
  private final int most;
  private final ConcurrentMap<String, Long> sessions = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Epoch> users = new ConcurrentHashMap<>();
  private final List<Consumer<Revoked>> listeners = new CopyOnWriteArrayList<>();
  private volatile long expiringBy;

  /**
   * Of no token yet.
   *
   * @param life how long a token can live
   */
  public Revocations(Duration life, InstantSource clock) {
    this(life, clock, MOST);
  }

  public Revocations(Duration life, InstantSource clock, int most) {
    this.life = life.toSeconds();
    this.clock = clock;
    this.most = most;
  }

  /** An account's sessions of a lower epoch are over; that is known until then. */
  private record Epoch(long lowest, long until) {}

  boolean contains(Session session) {
    var epoch = users.get(session.user().value());
    return sessions.containsKey(session.sid().value())
        || (epoch != null && session.epoch() < epoch.lowest())
        || session.expiresAtSeconds() <= expiringBy;
  }

  /** From now on. Told to the listeners at once, each time that it is more than was known. */
  public void add(Revoked revoked) {
    if (sessions.size() + users.size() >= most) {
      refuseAll();
    }
    if (revoked.session() == null ? addUser(revoked) : addSession(revoked.session())) {
      listeners.forEach(listener -> listener.accept(revoked));
    }
  }

  public void onAdded(Consumer<Revoked> listener) {
    listeners.add(listener);
  }

  public void remove(Consumer<Revoked> listener) {
    listeners.remove(listener);
  }

  /** Forgets those of tokens that have expired. */
  public void forgetOld() {
    var now = now();
    sessions.values().removeIf(until -> until < now);
    users.values().removeIf(epoch -> epoch.until() < now);
  }

  int size() {
    return sessions.size() + users.size();
  }

  private boolean addSession(String session) {
    return sessions.putIfAbsent(session, until()) == null;
  }

  private boolean addUser(Revoked revoked) {
    var next = new Epoch(revoked.epoch(), until());
    var before = users.get(revoked.user());
    users.merge(revoked.user(), next, (was, is) -> was.lowest() < is.lowest() ? is : was);
    return before == null || before.lowest() < next.lowest();
  }

  private void refuseAll() {
    forgetOld();
    if (size() >= most) {
      expiringBy = now() + life;
      sessions.clear();
      users.clear();
    }
  }

  /** With some slack, since the clocks of nodes are not the same. */
  private long until() {
    return now() + life + SLACK_SECONDS;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
