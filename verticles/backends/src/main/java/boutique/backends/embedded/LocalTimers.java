package boutique.backends.embedded;

import boutique.kernel.timers.Timers;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/** Times in memory, for all who share this object. */
public final class LocalTimers implements Timers {
  private static final Comparator<Timer> EARLIEST =
      Comparator.comparing(Timer::at).thenComparing(Timer::name);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Instant> times = new HashMap<>();
  private final TreeSet<Timer> order = new TreeSet<>(EARLIEST);

  private record Timer(Instant at, String name) {}

  @Override
  public Future<Void> set(Map<String, Instant> more) {
    lock.lock();
    try {
      more.forEach(this::put);
    } finally {
      lock.unlock();
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Due> due(Instant now, int most) {
    lock.lock();
    try {
      var names = new ArrayList<String>();
      while (names.size() < most && !order.isEmpty() && !order.first().at().isAfter(now)) {
        names.add(order.first().name());
        put(order.first().name(), now.plus(LEASE));
      }
      return Future.succeededFuture(new Due(names, order.isEmpty() ? null : order.first().at()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Future<Void> forget(Collection<String> names) {
    lock.lock();
    try {
      names.forEach(this::remove);
    } finally {
      lock.unlock();
    }
    return Future.succeededFuture();
  }

  private void put(String name, Instant at) {
    remove(name);
    times.put(name, at);
    order.add(new Timer(at, name));
  }

  private void remove(String name) {
    var before = times.remove(name);
    if (before != null) {
      order.remove(new Timer(before, name));
    }
  }
}
