package boutique.backends.distributed;

import static boutique.kernel.store.Facts.failure;
import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Unavailable;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Facts;
import boutique.kernel.store.VersionConflict;
import boutique.language.StreamId;
import com.mongodb.ConnectionString;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("An append to MongoDB whose answer is lost")
@Timeout(120)
class MongoLostAnswerTest {
  private static final StreamId ORDER = new StreamId("orders", "0198");

  private final Vertx vertx = Vertx.vertx();
  private final Wire wire = new Wire(vertx, Mongo.standIn());
  private MongoEventStore store;

  @BeforeEach
  void open() {
    var url = "mongodb://127.0.0.1:" + wire.port();
    store = get(MongoEventStore.open(vertx, MongoServer.connect(vertx, url, Facts.unique("lost"))));
  }

  @AfterEach
  void close() {
    get(vertx.close());
  }

  @Test
  @DisplayName("fails without knowing, and the stream tells what became of it")
  void unknown() {
    get(store.append(Facts.commit(ORDER, 1, 1)));
    wire.losing = true;

    var failure = failure(store.append(Facts.commit(ORDER, 2, 1)));

    assertThat(failure).isInstanceOf(Unavailable.class);
    wire.losing = false;
    assertThat(patiently()).isEqualTo(Facts.commits(ORDER, 1, 2));
    assertThat(failure(store.append(Facts.commit(ORDER, 2, 1))))
        .isInstanceOf(VersionConflict.class);
  }

  @Test
  @DisplayName("fails together with all that went with it, and those behind it are written")
  void together() {
    get(store.append(Facts.commit(ORDER, 1, 1)));
    wire.losing = true;
    var first = store.append(Facts.commit(ORDER, 2, 1));
    var behind = new ArrayList<Future<Void>>();
    for (var commit : Facts.commits(ORDER, 3, 20)) {
      behind.add(store.append(commit));
    }

    assertThat(failure(first)).isInstanceOf(Unavailable.class);
    wire.losing = false;

    for (var append : behind) {
      var outcome = append.map(true).otherwise(false);
      assertThat(get(outcome) || append.cause() instanceof Unavailable).isTrue();
    }
    patiently();
    assertThat(get(store.append(Facts.commit(ORDER, 23, 1)).map(true))).isTrue();
  }

  /** Reads as soon as the driver has found its server again. */
  private List<Commit> patiently() {
    var deadline = System.nanoTime() + Facts.PATIENCE.toNanos();
    while (true) {
      var read = store.read(ORDER, 1, 100);
      if (get(read.map(true).otherwise(false))) {
        return read.result();
      }
      assertThat(System.nanoTime() - deadline).as("it never came back").isNegative();
    }
  }

  /** A wire to a server that brings every question and, when told so, loses the answers. */
  private static final class Wire {
    private final NetServer ears;
    private volatile boolean losing;

    Wire(Vertx vertx, String url) {
      var host = new ConnectionString(url).getHosts().getFirst().split(":");
      var server = SocketAddress.inetSocketAddress(Integer.parseInt(host[1]), host[0]);
      var client = vertx.createNetClient();
      ears =
          vertx
              .createNetServer()
              .connectHandler(asking -> {
                asking.pause();
                client
                    .connect(server)
                    .onSuccess(answering -> join(asking, answering))
                    .onFailure(_ -> asking.close());
              });
      get(ears.listen(0, "127.0.0.1"));
    }

    int port() {
      return ears.actualPort();
    }

    private void join(NetSocket asking, NetSocket answering) {
      asking.handler(answering::write).closeHandler(_ -> answering.close());
      answering
          .handler(answer -> {
            if (losing) {
              asking.close();
            } else {
              asking.write(answer);
            }
          })
          .closeHandler(_ -> asking.close());
      asking.resume();
    }
  }
}
