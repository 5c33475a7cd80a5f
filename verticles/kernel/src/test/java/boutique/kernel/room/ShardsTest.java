package boutique.kernel.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Label("Shards")
class ShardsTest {

  @Property(tries = 50)
  @Label("every shard falls to exactly one seat")
  void oneOwner(@ForAll @IntRange(min = 1, max = 12) int count) {
    var seats = seats(count);

    var owned = new int[Shards.COUNT];
    for (var seat : seats) {
      Shards.ownedBy(seat, seats).stream().forEach(shard -> owned[shard]++);
    }

    assertThat(owned).containsOnly(1);
  }

  @Property(tries = 50)
  @Label("a seat that leaves moves no shard but its own")
  void onlyItsOwn(@ForAll @IntRange(min = 2, max = 12) int count) {
    var seats = seats(count);
    var left = seats.subList(1, count);

    for (var seat : left) {
      var before = Shards.ownedBy(seat, seats);
      var after = Shards.ownedBy(seat, left);
      assertThat(contains(after, before)).isTrue();
    }
  }

  @Property(tries = 50)
  @Label("no seat of four has more than half of the shards")
  void spread() {
    var seats = seats(4);

    assertThat(seats)
        .allSatisfy(seat ->
            assertThat(Shards.ownedBy(seat, seats).cardinality()).isLessThan(Shards.COUNT / 2));
  }

  private static boolean contains(BitSet all, BitSet some) {
    var missing = (BitSet) some.clone();
    missing.andNot(all);
    return missing.isEmpty();
  }

  private static List<String> seats(int count) {
    return new ArrayList<>(
        Stream.generate(UUID::randomUUID).map(UUID::toString).limit(count).toList());
  }
}
