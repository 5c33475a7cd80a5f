package boutique.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A room's topic")
class TopicsTest {

  @Test
  @DisplayName("is named by the room")
  void is_named_by_the_room() {
    assertThat(Topics.of("orders")).isEqualTo("boutique.orders");
    assertThat(Topics.room("boutique.orders")).isEqualTo("orders");
    assertThat(Topics.room("somebody.else")).isEmpty();
  }

  @Test
  @DisplayName("gives its partitions numbers that no other room's have")
  void numbers_are_unique() {
    var rooms =
        List.of(
            "users",
            "catalog",
            "inventory",
            "carts",
            "discounts",
            "orders",
            "payments",
            "discrepancies",
            "notifications");
    var numbers = new HashSet<Integer>();
    for (var room : rooms) {
      for (var partition = 0; partition < Topics.MOST_PARTITIONS; partition++) {
        numbers.add(Topics.number(room, partition));
      }
    }

    assertThat(numbers).hasSize(rooms.size() * Topics.MOST_PARTITIONS).allMatch(n -> n >= 0);
  }

  @Test
  @DisplayName("gives its partitions the same numbers for ever, for positions are kept under them")
  void numbers_are_frozen() {
    assertThat(Topics.number("users", 0)).isEqualTo(2_107_322_368);
    assertThat(Topics.number("catalog", 1)).isEqualTo(1_807_458_305);
    assertThat(Topics.number("inventory", 2)).isEqualTo(653_352_962);
    assertThat(Topics.number("orders", 3)).isEqualTo(1_538_250_755);
  }

  @Test
  @DisplayName("has no more partitions than there are numbers")
  void has_a_limit() {
    assertThatThrownBy(() -> Topics.number("orders", Topics.MOST_PARTITIONS))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
