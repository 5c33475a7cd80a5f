package boutique.gateway.routes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.gateway.sessions.Secret;
import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's way of signing its messages: {@code t=1700000000,v1=…}, the bytes of the message and the
 * time under a secret that both sides know. While a secret is being replaced, both are good. A
 * message that is too old or from the future is none, so that nobody can keep one for later.
 */
final class WebhookSignature {
  private static final String HMAC = "HmacSHA256";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final int MOST_PARTS = 16;

  private WebhookSignature() {}

  static boolean isGood(@Nullable String header, Buffer body, List<Secret> secrets, Instant now) {
    if (header == null) {
      return false;
    }
    var time = "";
    var signatures = new ArrayList<byte[]>();
    for (var part : header.split(",", MOST_PARTS)) {
      if (part.startsWith("t=")) {
        time = part.substring(2);
      } else if (part.startsWith("v1=")) {
        signatures.add(part.substring(3).getBytes(US_ASCII));
      }
    }
    var signed = time;
    return isRecent(time, now)
        && secrets.stream()
            .map(secret -> sign(secret, signed, body))
            .anyMatch(expected ->
                signatures.stream().anyMatch(one -> MessageDigest.isEqual(one, expected)));
  }

  private static boolean isRecent(String time, Instant now) {
    return time.matches("\\d{1,12}")
        && Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now)
                .abs()
                .compareTo(TOLERANCE)
            <= 0;
  }

  private static byte[] sign(Secret secret, String time, Buffer body) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.bytes(), HMAC));
      mac.update((time + ".").getBytes(UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes())).getBytes(US_ASCII);
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
