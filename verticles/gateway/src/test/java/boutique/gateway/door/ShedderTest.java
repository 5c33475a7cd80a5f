package boutique.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("When there is too much to do,")
class ShedderTest {
  private static final int FLOOR = 100;
  private static final int CEILING = 1_000;
  private static final long ON_TIME = 0;
  private static final long LATE = 1_000_000_000;

  private final Shedder shedder = new Shedder(FLOOR, CEILING);

  @ParameterizedTest
  @EnumSource(Traffic.class)
  @DisplayName("whoever is almost alone is served, however late the loop is")
  void floor(Traffic kind) {
    underWay(FLOOR / 2 - 1);
    ticks(50, LATE);

    assertThat(shedder.admits(kind)).isTrue();
  }

  @Test
  @DisplayName("those who look are refused before those who pay")
  void browsingFirst() {
    underWay(FLOOR / 2);
    ticks(50, LATE);

    assertThat(shedder.admits(Traffic.BROWSING)).isFalse();
    assertThat(shedder.admits(Traffic.WRITING)).isTrue();
    assertThat(shedder.admits(Traffic.CHECKOUT)).isTrue();

    underWay(FLOOR / 2 - 1);
    assertThat(shedder.admits(Traffic.WRITING)).isFalse();
    assertThat(shedder.admits(Traffic.SIGN_IN)).isFalse();
    assertThat(shedder.admits(Traffic.CHECKOUT)).isTrue();
  }

  @Test
  @DisplayName("nobody goes first over those who pay")
  void order() {
    assertThat(Traffic.values())
        .extracting(Traffic::share)
        .isSorted()
        .endsWith(Traffic.CHECKOUT.share());
    assertThat(Traffic.CHECKOUT.share()).isEqualTo(100);
  }

  @Test
  @DisplayName("even those who pay have a bound")
  void ceiling() {
    underWay(CEILING);

    assertThat(shedder.admits(Traffic.CHECKOUT)).isFalse();
  }

  @Test
  @DisplayName("it shrinks at once to less than there was when it was late")
  void shrinks() {
    underWay(400);
    ticks(1, LATE);

    assertThat(shedder.admits(Traffic.CHECKOUT)).isFalse();
  }

  @Test
  @DisplayName("it lets more in again, step by step, when the loop is on time and there is need")
  void recovers() {
    underWay(400);
    ticks(50, LATE);
    ended(301);
    assertThat(shedder.admits(Traffic.BROWSING)).isFalse();

    ticks(500, ON_TIME);

    assertThat(shedder.admits(Traffic.BROWSING)).isTrue();
  }

  @Test
  @DisplayName("what has ended makes room")
  void makesRoom() {
    underWay(CEILING);
    ended(1);

    assertThat(shedder.admits(Traffic.CHECKOUT)).isTrue();
    assertThat(shedder.underWay()).isEqualTo(CEILING - 1);
  }

  private void underWay(int more) {
    for (var i = 0; i < more; i++) {
      shedder.begun();
    }
  }

  private void ended(int some) {
    for (var i = 0; i < some; i++) {
      shedder.ended();
    }
  }

  private void ticks(int some, long nanos) {
    for (var i = 0; i < some; i++) {
      shedder.late(nanos);
    }
  }
}
