package boutique.kernel.room;

import boutique.language.StreamId;
import java.util.BitSet;
import java.util.Collection;

/**
 * How the streams of a room are spread: into a fixed number of shards by their key, and the shards
 * over whoever has a seat in the room by rendezvous hashing, so that a seat that comes or goes
 * moves no shard but its own.
 */
public final class Shards {
  public static final int COUNT = 64;

  private Shards() {}

  public static int of(StreamId stream) {
    return Math.floorMod(mix(stream.key().hashCode()), COUNT);
  }

  /** Where commands for a stream are sent. */
  public static String address(StreamId stream) {
    return address(stream.room(), of(stream));
  }

  public static String address(String room, int shard) {
    return room + "." + shard;
  }

  /** The shards that fall to one seat among all. */
  public static BitSet ownedBy(String seat, Collection<String> seats) {
    var owned = new BitSet(COUNT);
    for (var shard = 0; shard < COUNT; shard++) {
      if (wins(seat, seats, shard)) {
        owned.set(shard);
      }
    }
    return owned;
  }

  private static boolean wins(String seat, Collection<String> seats, int shard) {
    var mine = weight(seat, shard);
    for (var other : seats) {
      var theirs = weight(other, shard);
      if (theirs > mine || (theirs == mine && other.compareTo(seat) > 0)) {
        return false;
      }
    }
    return true;
  }

  private static int weight(String seat, int shard) {
    return mix(seat.hashCode() ^ mix(shard + 1));
  }

  /** Spreads the bits of a hash (the finaliser of MurmurHash3). */
  private static int mix(int hash) {
    var h = hash;
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
