package boutique.journeys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("However many come, and however they behave:")
@Timeout(600)
class CrowdedIT {
  private static final int CROWD = 1_000;
  private static final int BUYERS = 8;
  private static final int PAGE = 100;
  private static final int MOST_LINES = 6_000;

  @TempDir static Path open;
  private static ShopProcess plain;

  @BeforeAll
  static void start() {
    plain = ShopProcess.open(open);
  }

  @AfterAll
  static void stop() {
    plain.close();
  }

  @Test
  @DisplayName("who drips a request byte by byte is cut off, and hinders nobody meanwhile")
  void drips() throws Exception {
    var heads = new ArrayList<Drip>();
    for (var i = 0; i < 200; i++) {
      heads.add(new Drip(plain.base(), "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
      heads.add(
          new Drip(
              plain.base(),
              "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 60000\r\n\r\n{\"items\":["));
    }

    try {
      for (var round = 0; heads.stream().anyMatch(Drip::open); round++) {
        assertThat(round).as("rounds until all are cut off").isLessThan(60);
        heads.forEach(Drip::drop);
        assertThat(Shopper.stranger(plain).get("/api/products").status()).isEqualTo(200);
        Thread.sleep(1_000); // this is how slow they are
      }
    } finally {
      heads.forEach(Drip::close);
    }
  }

  @Test
  @DisplayName("who opens line after line gets no more of them, and the others still do")
  void manyLines() throws Exception {
    var lines = new ArrayList<Socket>();
    var port = plain.base().getPort();
    try (var neighbour =
        new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.ofLiteral("127.0.0.2"), 0)) {
      do {
        assertThat(lines).as("lines of one address").hasSizeLessThan(MOST_LINES);
        lines.add(new Socket(InetAddress.getLoopbackAddress(), port));
      } while (lines.size() % PAGE != 0 || isOpen(lines.getLast()));

      assertThat(isOpen(neighbour)).isTrue();
    } finally {
      for (var line : lines) {
        line.close();
      }
    }
    assertThat(Shopper.stranger(plain).get("/api/products").status()).isEqualTo(200);
  }

  /** Whoever is answered has been let in. */
  private static boolean isOpen(Socket line) {
    try {
      line.setSoTimeout((int) Patience.LONG.toMillis());
      line.getOutputStream()
          .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      return line.getInputStream().readNBytes(12).length == 12;
    } catch (IOException hungUp) {
      return false;
    }
  }

  @Test
  @DisplayName(
      "under more than it can do the shop turns away who only looks, and takes every order")
  void overload() throws Exception {
    var seller = Shopper.signedUp(plain);
    var wares =
        IntStream.range(0, PAGE).mapToObj(i -> seller.offers("Vase " + i, "9", 99)).toList();
    var buyers = IntStream.range(0, BUYERS).mapToObj(_ -> Shopper.signedUp(plain)).toList();
    var refused = new ConcurrentLinkedQueue<Answer>();
    var enough = new AtomicBoolean();
    try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      var looking =
          IntStream.range(0, CROWD)
              .mapToObj(_ -> crowd.submit(() -> look(refused, enough)))
              .toList();
      try {
        Patience.await().until(() -> refused.size() > CROWD || anyFailed(looking));
        var buying =
            buyers.stream().map(one -> crowd.submit(() -> buys(one, wares.getFirst()))).toList();
        for (var bought : buying) {
          assertThat(bought.get()).allSatisfy(answer -> answer.json(201));
        }
        assertThat(Shopper.stranger(plain).get("/health").status()).isEqualTo(200);
      } finally {
        enough.set(true);
      }
      for (var one : looking) {
        one.get();
      }
    }

    assertThat(refused)
        .allSatisfy(answer -> {
          answer.problem(503, "overloaded");
          assertThat(answer.header("Retry-After")).hasValue("1");
        });
    assertThat(Shopper.stranger(plain).get("/api/products").status()).isEqualTo(200);
  }

  /** At as much as there is to see, again and again. */
  private static void look(Queue<Answer> refused, AtomicBoolean enough) {
    var visitor = Shopper.stranger(plain);
    while (!enough.get()) {
      var page = visitor.to("/api/products?limit=" + PAGE).header("Accept-Encoding", "gzip");
      var answer = visitor.send(page.GET());
      if (answer.status() != 200) {
        refused.add(answer);
      }
    }
  }

  private static List<Answer> buys(Shopper buyer, String product) {
    return IntStream.range(0, 3).mapToObj(_ -> buyer.orders(product, 1)).toList();
  }

  private static boolean anyFailed(List<? extends Future<?>> tasks) {
    return tasks.stream().anyMatch(task -> task.state() == Future.State.FAILED);
  }
}
