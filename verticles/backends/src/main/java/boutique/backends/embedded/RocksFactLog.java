package boutique.backends.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import boutique.backends.Answer;
import boutique.kernel.Unavailable;
import boutique.kernel.feed.FactLog;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Recorded;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The store's own log, followed in the order in which it was written. There is one partition; the
 * position of an event is the number of its commit and its place in it.
 */
public final class RocksFactLog implements FactLog {
  private static final int PLACE_BITS = 16;

  /** As many events in one commit as have a position of their own. */
  static final int MOST_EVENTS = 1 << PLACE_BITS;

  private static final int PARTITION = 0;

  /** What waits longer goes on with nothing, at the latest after twice as long. */
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(250, TimeUnit.MILLISECONDS, Runnable::run);

  private final RocksDatabase database;

  public RocksFactLog(RocksDatabase database) {
    this.database = database;
  }

  @Override
  public Future<Following> follow(String group, Set<String> rooms) {
    var wanted = Set.copyOf(rooms);
    return database.read(() -> {
      var kept = database.get(Column.GROUPS, group.getBytes(UTF_8));
      return new Way(group, wanted, kept == null ? new Kept(Map.of()) : Kept.of(kept));
    });
  }

  /**
   * How far a group is in each room. One that asks for another room later sees that from the
   * beginning, and goes on in the others.
   *
   * <p>It is written as each position and the rooms that it is true for.
   */
  private record Kept(Map<String, Long> positions) {
    static Kept of(byte[] bytes) {
      var positions = new HashMap<String, Long>();
      for (var part : new String(bytes, UTF_8).split(";", -1)) {
        var words = part.split(" ", -1);
        for (var room : words[1].split(",", -1)) {
          positions.put(room, Long.parseLong(words[0]));
        }
      }
      return new Kept(positions);
    }

    byte[] bytes() {
      var rooms = new TreeMap<Long, Set<String>>();
      positions.forEach(
          (room, position) -> rooms.computeIfAbsent(position, _ -> new TreeSet<>()).add(room));
      return rooms.entrySet().stream()
          .map(each -> each.getKey() + " " + String.join(",", each.getValue()))
          .collect(joining(";"))
          .getBytes(UTF_8);
    }

    long in(String room) {
      return positions.getOrDefault(room, 0L);
    }

    /** When everything below a position is done in these rooms. */
    Kept done(long position, Set<String> rooms) {
      var done = new HashMap<>(positions);
      rooms.forEach(room -> done.put(room, Math.max(position, in(room))));
      return new Kept(done);
    }
  }

  private final class Way implements Following {
    private final String group;
    private final Set<String> rooms;
    private final Kept before;

    /** Nobody has heard what was not there yet when this way was gone for the first time. */
    private final long fresh = database.log().end();

    private volatile long next;
    private volatile long delivered = -1;
    private volatile boolean caughtUp;
    private volatile @Nullable Waiter waiter;
    private volatile boolean closed;
    private final AtomicBoolean reminded = new AtomicBoolean();

    Way(String group, Set<String> rooms, Kept before) {
      this.group = group;
      this.rooms = rooms;
      this.before = before;
      this.next = rooms.stream().mapToLong(before::in).min().orElse(0);
    }

    @Override
    public boolean isExact() {
      return true;
    }

    @Override
    public Future<List<Fact>> next(int limit) {
      var answer = new Answer<List<Fact>>();
      attempt(new Page(limit), answer, false);
      return answer.future();
    }

    @Override
    public Future<Void> done(Map<Integer, Long> positions) {
      var done = positions.get(PARTITION);
      if (done == null) {
        return Future.succeededFuture();
      }
      // Once all that was delivered is done, so is everything in between that nobody asked for.
      var position = done > delivered ? Math.max(done, next) : done;
      var key = group.getBytes(UTF_8);
      var kept = before.done(position, rooms).bytes();
      return database.note(kept.length, batch -> batch.note(Column.GROUPS, key, kept));
    }

    @Override
    public boolean caughtUp() {
      var waiting = waiter;
      return caughtUp && (waiting == null || !waiting.woken());
    }

    @Override
    public Future<Void> close() {
      closed = true;
      return Future.succeededFuture();
    }

    /** Answers with what is there; when there is nothing, waits for the log to go on, once. */
    private void attempt(Page page, Answer<List<Fact>> answer, boolean last) {
      if (closed) {
        answer.failed(new Unavailable(group + " follows the log no longer")).deliver();
        return;
      }
      var remembered = database.log().readRecent(next >>> PLACE_BITS, page);
      if (remembered >= 0) {
        arrived(page, remembered, answer, last);
        return;
      }
      database
          .read(() -> database.log().read(next >>> PLACE_BITS, page.fresh()))
          .onSuccess(stopped -> arrived(page, stopped, answer, last))
          .onFailure(failure -> answer.failed(failure).deliver());
    }

    private void arrived(Page page, long number, Answer<List<Fact>> answer, boolean last) {
      next = page.cut ? page.facts.getLast().position() + 1 : number << PLACE_BITS;
      caughtUp = page.facts.isEmpty() && !page.cut && number >= database.log().end();
      if (page.facts.isEmpty() && !last) {
        if (caughtUp) {
          await(page, answer);
        } else {
          attempt(page, answer, false);
        }
        return;
      }
      if (!page.facts.isEmpty()) {
        delivered = page.facts.getLast().position();
      }
      answer.found(page.facts).deliver();
    }

    private void await(Page page, Answer<List<Fact>> answer) {
      var waiting =
          new Waiter(
              rooms,
              next >>> PLACE_BITS,
              waited -> answer.atHome(() -> goOn(waited, page, answer)));
      waiter = waiting;
      remind();
      database.log().await(waiting);
    }

    /**
     * Lets whoever waits now go on after a while. There is one such alarm at a time: nearly all are
     * woken long before it, and one for each of them would cost more than the waking.
     */
    private void remind() {
      if (reminded.compareAndSet(false, true)) {
        var waiting = waiter;
        LATER.execute(() -> {
          reminded.set(false);
          if (waiting == null || waiting != waiter) {
            remind();
          } else {
            database.log().stopWaiting(waiting);
          }
        });
      }
    }

    private void goOn(Waiter waited, Page page, Answer<List<Fact>> answer) {
      next = Math.max(next, waited.seen() << PLACE_BITS);
      attempt(page, answer, true);
    }

    /** The facts of one answer. */
    private final class Page implements CommitLog.Reader {
      private final int limit;
      private final List<Fact> facts = new ArrayList<>();
      private boolean cut;

      Page(int limit) {
        this.limit = limit;
      }

      Page fresh() {
        facts.clear();
        cut = false;
        return this;
      }

      @Override
      public long next(long number) {
        return number;
      }

      @Override
      public boolean wants(String room) {
        return rooms.contains(room);
      }

      @Override
      public boolean take(long number, Commit commit) {
        var position = number << PLACE_BITS;
        var from = Math.max(next, before.in(commit.stream().room()));
        for (Recorded recorded : commit.events()) {
          if (position >= from && facts.size() < limit) {
            facts.add(new Fact(PARTITION, position, number >= fresh, recorded));
          } else if (position >= from) {
            cut = true;
          }
          position++;
        }
        return facts.size() < limit;
      }
    }
  }
}
