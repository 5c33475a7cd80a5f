package boutique.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Frames of a WebSocket, most of them such as no client sends: random, but the same for a seed. */
record Frames(Random random) {
  private static final List<String> TEXTS =
      List.of(
          "{\"type\":\"register\",\"address\":\"orders.me\"}",
          "{\"type\":\"register\",\"address\":\"orders.me\",\"headers\":null}",
          "{\"type\":\"register\",\"address\":\"stock\",\"headers\":{\"a\":null}}",
          "{\"type\":\"register\",\"address\":\"stock\",\"headers\":[1]}",
          "{\"type\":\"register\",\"address\":{\"$ne\":null}}",
          "{\"type\":\"send\",\"address\":\"live\",\"replyAddress\":\"__vertx.reply.1\",\"body\":{}}",
          "{\"type\":\"publish\",\"address\":\"revoked\",\"body\":{\"type\":\"revoked\"}}",
          "{\"type\":\"unregister\",\"address\":\"nothing\"}",
          "{\"type\":\"ping\"}",
          "{\"type\":null,\"address\":7}",
          "{\"type\":[[[[[[]]]]]]}",
          "[\"{\\\"type\\\":\\\"ping\\\"}\"]",
          "[\"a\",\"b\"]",
          "[\"a]",
          "[\"\\ud800\"]",
          "\"\\u0000\"",
          "[null]",
          "[\"]\"]",
          "[\"\\x\"]",
          "",
          "null",
          "1e9999",
          "\u0000\uFFFF\uD83D\uDE00");

  byte[] next() {
    return switch (random.nextInt(12)) {
      case 0 -> frame(0x81, mutated(), true);
      case 1 -> frame(0x82, bytes(random.nextInt(300)), true);
      case 2 -> frame(0x81, bytes(random.nextInt(300)), true); // hardly ever UTF-8
      case 3 -> frame(0x81, ("{\"a\":" + "[".repeat(random.nextInt(4_000))).getBytes(UTF_8), true);
      case 4 -> frame(0x01, mutated(), true); // the end never comes, or something else does
      case 5 -> frame(0x80, mutated(), true); // goes on with what has not begun
      case 6 -> frame(0x88, closing(), true);
      case 7 -> frame(0x89, bytes(random.nextInt(200)), true); // a ping may have 125
      case 8 -> frame(0x80 | random.nextInt(16) | random.nextInt(8) << 4, mutated(), true);
      case 9 -> frame(0x81, mutated(), false); // clients must mask
      case 10 -> huge();
      default -> frame(0x81, text().getBytes(UTF_8), true);
    };
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  /** A text with some of its bytes changed, left out or doubled. */
  private byte[] mutated() {
    var bytes = new ByteArrayOutputStream();
    for (var b : text().getBytes(UTF_8)) {
      switch (random.nextInt(20)) {
        case 0 -> bytes.write(random.nextInt(256));
        case 1 -> {}
        case 2 -> {
          bytes.write(b);
          bytes.write(b);
        }
        default -> bytes.write(b);
      }
    }
    return bytes.toByteArray();
  }

  private byte[] closing() {
    var codes = new int[] {0, 999, 1000, 1001, 1004, 1005, 1006, 1015, 2999, 3000, 4999, 65535};
    var code = codes[random.nextInt(codes.length)];
    var reason = bytes(random.nextInt(130));
    return random.nextInt(4) == 0
        ? new byte[random.nextInt(2)]
        : ByteBuffer.allocate(2 + reason.length).putShort((short) code).put(reason).array();
  }

  /** Promises more than anybody may send, and brings a part of it. */
  private byte[] huge() {
    return ByteBuffer.allocate(14 + 64)
        .put((byte) 0x82)
        .put((byte) 0xFF)
        .putLong(random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(1 << 20) + (8L << 10))
        .putInt(0)
        .put(bytes(64))
        .array();
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static byte[] frame(int head, byte[] content, boolean masked) {
    var mask = masked ? 0x80 : 0;
    var frame = ByteBuffer.allocate(content.length + 14).put((byte) head);
    if (content.length < 126) {
      frame.put((byte) (mask | content.length));
    } else {
      frame.put((byte) (mask | 126)).putShort((short) content.length);
    }
    if (masked) {
      frame.putInt(0); // masked with nothing
    }
    frame.put(content);
    return Arrays.copyOf(frame.array(), frame.position());
  }
}
