package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
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
  private static final int CROWD = 400;

  @TempDir static Path open;
  private static ShopProcess plain;

  @BeforeAll
  static void start() {
    plain = ShopProcess.open(open, "--limits.enabled=true");
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
  @DisplayName("under more than it can do the shop says so, stays well, and is there again")
  void overload() throws Exception {
    var answers = many(_ -> Shopper.stranger(plain).get("/api/products"), CROWD);
    var health = Shopper.stranger(plain).get("/health");

    assertThat(health.status()).isEqualTo(200);
    for (var answer : answers) {
      assertThat(answer.status()).isIn(200, 503);
      if (answer.status() == 503) {
        answer.problem(503, "overloaded");
        assertThat(answer.header("Retry-After")).hasValue("1");
      }
    }
    assertThat(Shopper.stranger(plain).get("/api/products").status()).isEqualTo(200);
  }

  private static List<Answer> many(IntFunction<Answer> asks, int times) {
    var questions =
        IntStream.range(0, times).<Callable<Answer>>mapToObj(i -> () -> asks.apply(i)).toList();
    try (var crowd = Executors.newFixedThreadPool(32)) {
      return crowd.invokeAll(questions).stream().map(Future::resultNow).toList();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
