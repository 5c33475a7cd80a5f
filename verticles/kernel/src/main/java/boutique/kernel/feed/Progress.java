package boutique.kernel.feed;

import boutique.kernel.feed.FactLog.Fact;
import boutique.kernel.feed.FactLog.Following;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How far a group is: per partition the lowest fact that is not handled yet, per stream the version
 * up to which it is. The marks are saved before the positions, so that what is read again after a
 * crash is known again. Where the log is exact, only what is ahead of the position needs a mark.
 */
final class Progress {
  private static final int MOST_REMEMBERED = 20_000;
  private static final int MOST_UNSAVED = 1_024;

  private final String collection;
  private final Views views;
  private final Map<Integer, Partition> partitions = new HashMap<>();

  /** In the order in which they came: to move them with each use would cost more than it saves. */
  private final Map<StreamId, Long> marks = new LinkedHashMap<>();

  private final Map<StreamId, Mark> unsaved = new HashMap<>();
  private boolean exact;
  private int underWay;

  /** How far a stream is, and where in the log that was; nowhere yet while it is being handled. */
  private record Mark(long version, int partition, long position) {
    private static final long NOWHERE = Long.MAX_VALUE;
  }

  Progress(String group, Views views) {
    this.collection = collection(group);
    this.views = views;
  }

  static String collection(String group) {
    return "marks." + group;
  }

  int underWay() {
    return underWay;
  }

  /** Before the first fact. */
  void follow(Following following) {
    exact = following.isExact();
  }

  void begin(Fact fact) {
    underWay++;
    partition(fact.partition()).open.add(fact.position());
  }

  void end(Fact fact) {
    underWay--;
    var partition = partition(fact.partition());
    partition.open.remove(fact.position());
    partition.highest = Math.max(partition.highest, fact.position());
    var recorded = fact.recorded();
    unsaved.computeIfPresent(
        recorded.stream(),
        (_, mark) ->
            mark.version == recorded.version()
                ? new Mark(mark.version, fact.partition(), fact.position())
                : mark);
  }

  /**
   * The version up to which a stream is handled of which this fact comes next. What is remembered
   * of it counts more than what an exact log says of itself.
   */
  Future<Long> before(Fact fact) {
    var recorded = fact.recorded();
    var before = exact ? recorded.version() - 1 : 0;
    var mark = marks.get(recorded.stream());
    if (mark != null) {
      return Future.succeededFuture(mark);
    }
    var isNew = fact.fresh() && recorded.version() == before + 1; // nothing beyond can be saved
    return isNew
        ? Future.succeededFuture(before)
        : mark(recorded.stream()).map(saved -> Math.max(before, saved));
  }

  /** The version up to which a stream is known to be handled. */
  Future<Long> mark(StreamId stream) {
    var mark = marks.get(stream);
    return mark != null
        ? Future.succeededFuture(mark)
        : views
            .get(collection, stream.toString())
            .map(saved -> saved == null ? 0L : saved.getLong("version"));
  }

  /** Whether it is known to be saved that a stream is handled up to this version. */
  boolean keeps(StreamId stream, long version) {
    var mark = marks.get(stream);
    return mark != null && mark >= version && !unsaved.containsKey(stream);
  }

  void handled(StreamId stream, long version) {
    marks.merge(stream, version, Math::max);
    unsaved.put(stream, new Mark(version, 0, Mark.NOWHERE));
    var eldest = marks.keySet().iterator();
    while (marks.size() > MOST_REMEMBERED && eldest.hasNext()) {
      if (!unsaved.containsKey(eldest.next())) {
        eldest.remove();
      }
    }
  }

  /** Whether nothing is left to save, and nothing under way that will have to be. */
  boolean isSaved() {
    return underWay == 0 && positions().isEmpty();
  }

  Future<Void> save(Following following) {
    return saveMarks().compose(_ -> savePositions(following));
  }

  /** Also while a lane waits and no position moves: what is unsaved must not pile up. */
  private Future<Void> saveMarks() {
    var saved = new HashMap<StreamId, Mark>();
    unsaved.forEach((stream, mark) -> {
      if (!exact || isFarAhead(mark)) {
        saved.put(stream, mark);
      }
    });
    if (saved.isEmpty()) {
      return Future.succeededFuture();
    }
    var changes = new ArrayList<Change>(saved.size());
    saved.forEach((stream, mark) -> changes.add(mark(stream, mark.version)));
    return views.note(changes).onSuccess(_ -> saved.forEach(this::isSaved));
  }

  /** Whether the position does not come by itself to where a stream is, or not soon enough. */
  private boolean isFarAhead(Mark mark) {
    var partition = partition(mark.partition);
    return mark.position >= partition.next()
        && (partition.next() <= partition.told || unsaved.size() > MOST_UNSAVED);
  }

  private void isSaved(StreamId stream, Mark saved) {
    unsaved.computeIfPresent(stream, (_, mark) -> mark.version == saved.version ? null : mark);
  }

  private Change mark(StreamId stream, long version) {
    return new Change.Put(collection, stream.toString(), new JsonObject().put("version", version));
  }

  private Future<Void> savePositions(Following following) {
    var positions = positions();
    return positions.isEmpty()
        ? Future.succeededFuture()
        : following.done(positions).onSuccess(_ -> positions.forEach(this::told));
  }

  /** Below these everything is handled; only partitions that have moved. */
  private Map<Integer, Long> positions() {
    var moved = new HashMap<Integer, Long>();
    partitions.forEach((number, partition) -> {
      if (partition.next() > partition.told) {
        moved.put(number, partition.next());
      }
    });
    return moved;
  }

  private void told(int number, long position) {
    partition(number).told = position;
    if (exact) {
      unsaved.values().removeIf(mark -> mark.partition == number && mark.position < position);
    }
  }

  private Partition partition(int number) {
    return partitions.computeIfAbsent(number, _ -> new Partition());
  }

  private static final class Partition {
    private final TreeSet<Long> open = new TreeSet<>();
    private long highest = -1;
    private long told = -1;

    private long next() {
      return open.isEmpty() ? highest + 1 : open.first();
    }
  }
}
