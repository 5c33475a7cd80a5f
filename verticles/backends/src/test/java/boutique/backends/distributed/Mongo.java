package boutique.backends.distributed;

import static boutique.kernel.store.Facts.get;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.vertx.core.Vertx;
import io.vertx.ext.mongo.MongoClient;
import java.util.UUID;

/**
 * The MongoDB of the environment, {@code MONGO_URL}, or else a stand-in that speaks the same
 * protocol. Each test has a database of its own.
 */
final class Mongo implements AutoCloseable {
  private static final String GIVEN = System.getenv("MONGO_URL");
  private static final Stand STAND = new Stand();

  private final String database = "test-" + UUID.randomUUID();
  private final Vertx vertx = Vertx.vertx();
  private MongoClient client = connect();

  /** Started by the first who needs it, for all of them. */
  private static final class Stand {
    private String url = "";

    synchronized String url() {
      if (url.isEmpty()) {
        url = new MongoServer(new MemoryBackend()).bindAndGetConnectionString();
      }
      return url;
    }
  }

  /** Where the stand-in listens, even if there is a real one. */
  static String standIn() {
    return STAND.url();
  }

  static boolean isReal() {
    return GIVEN != null;
  }

  Vertx vertx() {
    return vertx;
  }

  MongoClient client() {
    return client;
  }

  void reconnect() {
    get(client.close());
    client = connect();
  }

  @Override
  public void close() {
    if (isReal()) {
      for (var collection : get(client.getCollections())) {
        get(client.dropCollection(collection));
      }
    }
    get(client.close());
    get(vertx.close());
  }

  private MongoClient connect() {
    return boutique.backends.distributed.MongoServer.connect(
        vertx, isReal() ? GIVEN : standIn(), database);
  }
}
