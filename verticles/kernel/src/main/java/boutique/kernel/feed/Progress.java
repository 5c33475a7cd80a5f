package boutique.kernel.feed;

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
 * crash is known again.
 */
final class Progress {
  private static final int MOST_REMEMBERED = 20_000;

  private final String collection;
  private final Views views;
  private final Map<Integer, Partition> partitions = new HashMap<>();

  /** In the order in which they came: to move them with each use would cost more than it saves. */
  private final Map<StreamId, Long> marks = new LinkedHashMap<>();

  private final Map<StreamId, Long> unsaved = new HashMap<>();
  private int underWay;

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

  void begin(int partition, long position) {
    underWay++;
    partitions.computeIfAbsent(partition, _ -> new Partition()).open.add(position);
  }

  void end(int partition, long position) {
    underWay--;
    var ended = partitions.get(partition);
    if (ended != null) {
      ended.open.remove(position);
      ended.highest = Math.max(ended.highest, position);
    }
  }

  /**
   * The version up to which a stream is handled.
   *
   * @param begins whether nothing of it can have been handled yet, unless it is remembered
   */
  Future<Long> mark(StreamId stream, boolean begins) {
    var mark = marks.get(stream);
    if (mark == null && begins) {
      return Future.succeededFuture(0L);
    }
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
    marks.put(stream, version);
    unsaved.put(stream, version);
    var eldest = marks.keySet().iterator();
    while (marks.size() > MOST_REMEMBERED && eldest.hasNext()) {
      if (!unsaved.containsKey(eldest.next())) {
        eldest.remove();
      }
    }
  }

  Future<Void> save(Following following) {
    return saveMarks().compose(_ -> savePositions(following));
  }

  /** Also while a lane waits and no position moves: what is unsaved must not pile up. */
  private Future<Void> saveMarks() {
    if (unsaved.isEmpty()) {
      return Future.succeededFuture();
    }
    var saved = Map.copyOf(unsaved);
    var changes = new ArrayList<Change>(saved.size());
    saved.forEach((stream, version) -> changes.add(mark(stream, version)));
    return views.note(changes).onSuccess(_ -> saved.forEach(unsaved::remove));
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
    var partition = partitions.get(number);
    if (partition != null) {
      partition.told = position;
    }
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
