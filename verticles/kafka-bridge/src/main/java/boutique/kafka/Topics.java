package boutique.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/** One topic per room, kept for ever. */
final class Topics {
  /** As large as a message of ours may be on the bus, and a little for its headers. */
  static final int LARGEST_RECORD = (4 << 20) + (64 << 10);

  private static final int PARTITION_BITS = 11;
  static final int MOST_PARTITIONS = 1 << PARTITION_BITS;

  private static final String PREFIX = "boutique.";
  private static final Map<String, String> FOR_EVER =
      Map.of(
          "cleanup.policy", "delete",
          "retention.ms", "-1",
          "retention.bytes", "-1",
          // The time of an event is in its envelope. What a producer's clock says must not make the
          // broker refuse a record, as it does when that is an hour ahead.
          "message.timestamp.type", "LogAppendTime",
          "max.message.bytes", Integer.toString(LARGEST_RECORD));

  private Topics() {}

  static String of(String room) {
    return PREFIX + room;
  }

  /** The room whose topic this is; a name that is not of ours is no room's. */
  static String room(String topic) {
    return topic.startsWith(PREFIX) ? topic.substring(PREFIX.length()) : "";
  }

  /**
   * One number for a partition of a room's topic. It is a part of positions that are kept for ever,
   * so it depends on nothing but these two: not on which other rooms are followed.
   */
  static int number(String room, int partition) {
    if (partition >= MOST_PARTITIONS) {
      throw new IllegalArgumentException(of(room) + " has too many partitions");
    }
    return mark(room) << PARTITION_BITS | partition;
  }

  /** Twenty bits of a room's name. */
  static int mark(String room) {
    return (room.hashCode() * 0x9E3779B9) >>> (PARTITION_BITS + 1);
  }

  /** For the moment that it takes to create topics. */
  static Admin admin(KafkaAccess access) {
    var limit = Math.toIntExact(access.deadline().toMillis());
    return Admin.create(
        access.settings(Map.of("default.api.timeout.ms", limit, "request.timeout.ms", limit / 2)));
  }

  /** Makes sure that the topics of these rooms exist. */
  static CompletableFuture<Void> create(Admin admin, Collection<String> rooms, int partitions) {
    var topics =
        rooms.stream()
            .map(room -> new NewTopic(of(room), Optional.of(partitions), Optional.empty()))
            .map(topic -> topic.configs(FOR_EVER))
            .toList();
    var created = admin.createTopics(topics).values().values().stream().map(Topics::settled);
    return CompletableFuture.allOf(created.toArray(CompletableFuture[]::new));
  }

  /** Where we may not create topics, somebody else has done it, or will hear of it when we send. */
  private static CompletableFuture<Void> settled(KafkaFuture<Void> created) {
    return created
        .toCompletionStage()
        .exceptionallyCompose(failure ->
            isFine(failure)
                ? CompletableFuture.completedStage(null)
                : CompletableFuture.failedStage(failure))
        .toCompletableFuture();
  }

  private static boolean isFine(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof TopicExistsException || cause instanceof AuthorizationException;
  }
}
