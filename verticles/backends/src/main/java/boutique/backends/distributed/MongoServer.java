package boutique.backends.distributed;

import boutique.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import org.jspecify.annotations.Nullable;

/** How MongoDB is reached, and what is made of it when it is not. */
public final class MongoServer {
  private static final int DEADLINE_MILLIS = 10_000;
  private static final int CONNECT_MILLIS = 3_000;

  private MongoServer() {}

  /**
   * A client for which written means: on the disks of a majority; and read: what a majority has, so
   * that it can never be taken back. The URL says where, and may say more.
   */
  public static MongoClient connect(Vertx vertx, String url, String database) {
    return MongoClient.create(
        vertx,
        new JsonObject()
            .put("connection_string", url)
            .put("db_name", database)
            .put("w", "majority")
            .put("journal", true)
            .put("readConcernLevel", "majority")
            .put("readPreference", "primary")
            .put("connectTimeoutMS", CONNECT_MILLIS)
            .put("serverSelectionTimeoutMS", CONNECT_MILLIS)
            .put("waitQueueTimeoutMS", DEADLINE_MILLIS)
            .put("socketTimeoutMS", DEADLINE_MILLIS));
  }

  /** A failure that says nothing about what was asked. */
  static Unavailable unavailable(Throwable failure) {
    return new Unavailable("MongoDB does not do it: " + failure.getMessage(), failure);
  }

  static <T extends @Nullable Object> Future<T> asked(Future<T> answer) {
    return answer.recover(failure -> Future.failedFuture(unavailable(failure)));
  }

  /** In the order of a field, so many. */
  static FindOptions page(String field, boolean backwards, int limit) {
    return new FindOptions()
        .setSort(new JsonObject().put(field, backwards ? -1 : 1))
        .setLimit(limit)
        .setBatchSize(limit);
  }
}
