package boutique.gateway.live;

import boutique.language.Live;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * News about the same subject, now and then: the first at once, and of those that follow soon only
 * the last, with what it must not leave out of the others. However much happens to a product in
 * demand, all who look at it are told no more often than there is time to tell so many.
 */
final class Bulletin {
  private static final long SHORTEST_PAUSE_MILLIS = 100;
  private static final int TOLD_PER_MILLI = 10;

  private final Vertx vertx;
  private final Consumer<Live> tell;
  private final IntSupplier readers;
  private final Set<Subject> told = new HashSet<>();
  private final Map<Subject, Live> waiting = new LinkedHashMap<>();
  private boolean pausing;

  Bulletin(Vertx vertx, Consumer<Live> tell, IntSupplier readers) {
    this.vertx = vertx;
    this.tell = tell;
    this.readers = readers;
  }

  private record Subject(String topic, String name) {}

  void post(Live live) {
    if (live.subject() == null) {
      tell.accept(live);
      return;
    }
    var subject = new Subject(live.topic(), live.subject());
    if (told.add(subject)) {
      tell.accept(live);
    } else {
      waiting.merge(subject, live, (before, last) -> last.after(before));
    }
    if (!pausing) {
      pause();
    }
  }

  private void pause() {
    pausing = true;
    var millis = Math.max(SHORTEST_PAUSE_MILLIS, readers.getAsInt() / TOLD_PER_MILLI);
    vertx.setTimer(millis, _ -> next());
  }

  private void next() {
    told.clear();
    told.addAll(waiting.keySet());
    var now = List.copyOf(waiting.values());
    waiting.clear();
    now.forEach(tell);
    if (told.isEmpty()) {
      pausing = false;
    } else {
      pause();
    }
  }
}
