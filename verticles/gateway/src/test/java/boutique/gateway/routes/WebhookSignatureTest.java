package boutique.gateway.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.gateway.sessions.Secret;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A message of the payment provider's")
class WebhookSignatureTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final Buffer BODY = Buffer.buffer("{\"id\":\"evt_1\"}");
  private static final Secret NEW = new Secret("whsec_0123456789".getBytes(UTF_8));
  private static final Secret OLD = new Secret("whsec_9876543210".getBytes(UTF_8));

  /** HMAC-SHA256 of {@code 1700000000.{"id":"evt_1"}} under the new secret, by openssl. */
  private static final String SIGNED =
      "2fec00e092924397533a441c5f5e840ea4c446fb846177802a25de63bbbdd1fe";

  @Test
  @DisplayName("is good when it is signed with a secret that we know, whichever that is")
  void good() {
    assertThat(isGood("t=1700000000,v1=" + SIGNED, NOW, NEW)).isTrue();
    assertThat(isGood("t=1700000000,v1=" + SIGNED, NOW, OLD, NEW)).isTrue();
    assertThat(isGood("t=1700000000,v0=ff,v1=00,v1=" + SIGNED, NOW, NEW)).isTrue();
  }

  @Test
  @DisplayName("is not good under another secret, or under none")
  void forged() {
    assertThat(isGood("t=1700000000,v1=" + SIGNED, NOW, OLD)).isFalse();
    assertThat(isGood("t=1700000000,v1=" + SIGNED, NOW)).isFalse();
    assertThat(isGood("t=1700000001,v1=" + SIGNED, NOW, NEW)).isFalse();
    assertThat(
            WebhookSignature.isGood(
                "t=1700000000,v1=" + SIGNED, Buffer.buffer("{}"), List.of(NEW), NOW))
        .isFalse();
  }

  @Test
  @DisplayName("is good for five minutes, in both directions, and no longer")
  void old() {
    assertThat(isGood("t=1700000000,v1=" + SIGNED, NOW.plusSeconds(300), NEW)).isTrue();
    assertThat(isGood("t=1700000000,v1=" + SIGNED, NOW.plusSeconds(301), NEW)).isFalse();
    assertThat(isGood("t=1700000000,v1=" + SIGNED, NOW.minusSeconds(301), NEW)).isFalse();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "t=", "v1=", "t=1700000000", "t=x,v1=y", "t=99999999999999,v1=00"})
  @DisplayName("is not good without a signature that can be read")
  void unreadable(@Nullable String header) {
    assertThat(isGood(header, NOW, NEW)).isFalse();
  }

  private static boolean isGood(@Nullable String header, Instant now, Secret... secrets) {
    return WebhookSignature.isGood(header, BODY, List.of(secrets), now);
  }
}
