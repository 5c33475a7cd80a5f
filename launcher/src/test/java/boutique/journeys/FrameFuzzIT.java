package boutique.journeys;

import static boutique.journeys.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Larger with {@code -Dabuse.rounds=100}, another one with {@code -Dabuse.seed=…}. */
@DisplayName("Whatever comes over one line,")
@Timeout(900)
class FrameFuzzIT {
  private static final int ROUNDS = Integer.getInteger("abuse.rounds", 1);
  private static final long SEED = Long.getLong("abuse.seed", 20_261_121L);
  private static final int LINES = 40;
  private static final int FRAMES = 25;
  private static final int MOST_UNSEEN = 1_000_000;

  private static final List<String> WAYS =
      List.of("/eventbus/websocket", "/eventbus/123/abcdefgh/websocket");

  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper buyer;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data);
    buyer = Shopper.signedUp(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  @DisplayName("the others hear their news, and the shop has nothing to say about it")
  void others() {
    var random = new Random(SEED);
    var said = shop.program().out();
    var product = buyer.offers("Bell", "3", 1_000_000);
    try (var mine = BrowserSocket.of(buyer).register("orders.me");
        var stock = new BrowserSocket(shop.base()).register("stock")) {
      for (var round = 1; round <= ROUNDS; round++) {
        for (var line = 0; line < LINES; line++) {
          attack(WAYS.get(line % WAYS.size()), new Frames(random), random);
        }
        var heard = round;
        buyer.orders(product, 1).json(201);
        await().until(() -> placed(mine) == heard && !stock.news().isEmpty());
      }
      assertThat(mine.over()).isFalse();
      assertThat(stock.over()).isFalse();
    }
    assertThat(shop.program().err()).as("seed %d", SEED).isEmpty();
    assertThat(shop.program().out()).as("seed %d", SEED).isEqualTo(said);
    buyer.get("/health/ready").json(200);
  }

  /** How it begins, and what then comes again and again. */
  static Stream<Arguments> unseen() {
    var nothing = new byte[0];
    var beginning = Frames.frame(0x01, nothing, true);
    return Stream.of(
        Arguments.of("pings", nothing, Frames.frame(0x89, new byte[125], true)),
        Arguments.of("pongs", nothing, Frames.frame(0x8A, nothing, true)),
        Arguments.of("empty parts", beginning, Frames.frame(0x00, nothing, true)),
        Arguments.of("empty messages", nothing, Frames.frame(0x81, nothing, true)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unseen")
  @DisplayName("also if it is nothing that the shop itself gets to see, it is not listened to long")
  void unseen(String what, byte[] beginning, byte[] frame) {
    var said = 0;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), shop.base().getPort())) {
      socket.getOutputStream().write(handshake("/eventbus/websocket"));
      assertThat(socket.getInputStream().readNBytes(12)).asString(UTF_8).endsWith("101");
      socket.getOutputStream().write(beginning);
      while (said < MOST_UNSEEN) {
        socket.getOutputStream().write(frame);
        said++;
      }
    } catch (IOException hungUp) {
      // as it should
    }
    assertThat(said).as(what).isLessThan(MOST_UNSEEN);
  }

  /** An order that was placed is told of again when it has its number. */
  private static long placed(BrowserSocket page) {
    return page.news().stream()
        .filter(frame -> frame.at("/body/type").asText().equals("order.created"))
        .count();
  }

  /** Speaks until it has said it all, or the shop has hung up. */
  private static void attack(String path, Frames frames, Random random) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), shop.base().getPort())) {
      socket.setSoTimeout((int) Patience.LONG.toMillis());
      socket.getOutputStream().write(handshake(path));
      assertThat(socket.getInputStream().readNBytes(12)).asString(UTF_8).endsWith("101");
      for (var i = 0; i < FRAMES; i++) {
        socket.getOutputStream().write(frames.next());
      }
      if (random.nextBoolean()) {
        socket.setSoLinger(true, 0); // and is gone without a word
      }
    } catch (IOException hungUp) {
      // as it may
    }
  }

  private static byte[] handshake(String path) {
    return """
    GET %s HTTP/1.1\r
    Host: localhost:%d\r
    Cookie: %s\r
    Upgrade: websocket\r
    Connection: Upgrade\r
    Sec-WebSocket-Version: 13\r
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
    \r
    """
        .formatted(path, shop.base().getPort(), buyer.cookies())
        .getBytes(UTF_8);
  }
}
