package boutique.backends.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.kernel.store.Commit;
import boutique.kernel.store.Facts;
import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.StreamId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What RocksDB is given to keep")
class RocksFormatTest {
  private static final int RUNS = 500;

  @Test
  @DisplayName("a commit is the same after having been bytes, whatever its texts and times")
  void commits() {
    for (var seed = 0; seed < RUNS; seed++) {
      var commit = commit(new Random(seed));

      var bytes = CommitFormat.encode(commit);
      CommitFormat.number(bytes, Long.MAX_VALUE - seed);

      assertThat(CommitFormat.decode(commit.key(), bytes)).as("seed %s", seed).isEqualTo(commit);
      assertThat(CommitFormat.number(bytes)).isEqualTo(Long.MAX_VALUE - seed);
    }
  }

  @Test
  @DisplayName("a commit in a format of the future is refused, not misread")
  void future() {
    var commit = Facts.commit(new StreamId("orders", "a"), 1, 1);
    var bytes = CommitFormat.encode(commit);
    bytes[0] = 2;

    assertThatThrownBy(() -> CommitFormat.decode(commit.key(), bytes))
        .hasMessage("a commit has format 2, and this program knows only 1");
  }

  @Test
  @DisplayName("the outbox knows what is relayed, in whatever order it was")
  void outbox() {
    for (var seed = 0; seed < RUNS; seed++) {
      var random = new Random(seed);
      var first = random.nextInt(3);
      var outbox = new Outbox(first);
      var relayed = new TreeSet<Long>();
      for (var number = 0L; number < first; number++) {
        relayed.add(number);
      }

      for (var step = 0; step < 60; step++) {
        var number = (long) random.nextInt(30);
        outbox.relayed(number);
        relayed.add(number);

        for (var from = 0L; from < 32; from++) {
          assertThat(outbox.pendingFrom(from)).as("seed %s", seed).isEqualTo(gap(relayed, from));
        }
        assertThat(outbox.mark()).isEqualTo(gap(relayed, 0));
      }
    }
  }

  private static long gap(Set<Long> relayed, long from) {
    var number = from;
    while (relayed.contains(number)) {
      number++;
    }
    return number;
  }

  private static Commit commit(Random random) {
    var stream = new StreamId("orders", "o-" + random.nextInt(1_000));
    var first = 1 + random.nextLong(1_000_000);
    var events = new ArrayList<Recorded>();
    for (var i = 0; i <= random.nextInt(5); i++) {
      var causation = random.nextBoolean() ? text(random) : null;
      events.add(
          new Recorded(
              stream,
              first + i,
              text(random),
              Instant.ofEpochSecond(random.nextLong(-1L << 33, 1L << 33), random.nextInt(1 << 29)),
              new Context(text(random), causation, text(random)),
              Buffer.buffer(text(random))));
    }
    return new Commit(stream, first, events);
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (var length = random.nextInt(40); length > 0; length--) {
      var point = random.nextInt(0x10FFFF + 1);
      text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 'x' : point);
    }
    return text.toString();
  }
}
