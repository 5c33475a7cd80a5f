package boutique.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What Kafka is told of a partition")
class LaneTest {
  private final Lane lane = new Lane();

  @BeforeEach
  void read() {
    lane.read(10);
    lane.read(11);
    lane.read(12);
  }

  @Test
  @DisplayName("is nothing while nothing is done")
  void nothing_yet() {
    lane.handOut(10);

    assertThat(lane.hasMoved()).isFalse();
  }

  @Test
  @DisplayName("is how far it is done, not how far it is read or handed out")
  void only_what_is_done() {
    lane.handOut(10);
    lane.handOut(11);

    lane.done(11);

    assertThat(lane.hasMoved()).isTrue();
    assertThat(lane.position()).isEqualTo(11);
  }

  @Test
  @DisplayName("never goes back")
  void never_back() {
    lane.handOut(10);
    lane.handOut(11);
    lane.done(12);
    lane.committed(12);

    lane.done(11);

    assertThat(lane.hasMoved()).isFalse();
    assertThat(lane.position()).isEqualTo(12);
  }

  @Test
  @DisplayName("counts what was skipped behind the last fact, once that fact is done")
  void skipped_at_the_end() {
    lane.skip(13);
    lane.handOut(10);
    lane.handOut(11);
    lane.handOut(12);
    lane.done(12);
    assertThat(lane.position()).isEqualTo(12);

    lane.done(13);

    assertThat(lane.position()).isEqualTo(14);
  }

  @Test
  @DisplayName("counts what was skipped where there is no fact at all")
  void only_skipped() {
    var strange = new Lane();

    strange.skip(0);

    assertThat(strange.hasMoved()).isTrue();
    assertThat(strange.position()).isEqualTo(1);
  }

  @Test
  @DisplayName("is nothing that was done before the partition went to another and came back")
  void stale_news() {
    var again = new Lane();

    again.done(7);

    assertThat(again.hasMoved()).isFalse();
  }
}
