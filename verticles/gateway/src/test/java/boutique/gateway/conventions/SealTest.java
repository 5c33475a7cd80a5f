package boutique.gateway.conventions;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.gateway.sessions.Secret;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An answer under its seal")
class SealTest {
  private static final String ANSWER = "{\"name\":\"Zoë\"}";
  private static final Seal SEAL = seal("shop", "anna", "key", "{}");

  @Test
  @DisplayName("is read by who makes the same request under the same key")
  void opened() {
    assertThat(seal("shop", "anna", "key", " { } ").open(SEAL.close(ANSWER))).isEqualTo(ANSWER);
    assertThat(SEAL.open(SEAL.close(""))).isEmpty();
  }

  @Test
  @DisplayName("is read by nobody else, whatever one thing they do not know")
  void closed() {
    var closed = SEAL.close(ANSWER);

    for (var other :
        List.of(
            seal("another shop", "anna", "key", "{}"),
            seal("shop", "ben", "key", "{}"),
            seal("shop", "anna", "other key", "{}"),
            seal("shop", "anna", "key", "{\"a\":1}"))) {
      assertThat(other.open(closed)).isNull();
    }
    assertThat(new String(Base64.getDecoder().decode(closed), ISO_8859_1)).doesNotContain("name");
  }

  @Test
  @DisplayName("looks like nothing that was kept before, though it says the same")
  void fresh() {
    assertThat(SEAL.close(ANSWER)).isNotEqualTo(SEAL.close(ANSWER));
  }

  @Test
  @DisplayName("is no answer any more when a single bit of it is another")
  void changed() {
    var closed = Base64.getDecoder().decode(SEAL.close(ANSWER));
    for (var bit = 0; bit < closed.length * 8; bit++) {
      closed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(SEAL.open(Base64.getEncoder().encodeToString(closed))).as("bit %d", bit).isNull();
      closed[bit / 8] ^= (byte) (1 << bit % 8);
    }
    for (var nothing : List.of("", "AAAA", "no base64!", ANSWER)) {
      assertThat(SEAL.open(nothing)).isNull();
    }
    assertThat(SEAL.open(Base64.getEncoder().encodeToString(closed))).isEqualTo(ANSWER);
  }

  private static Seal seal(String secret, String who, String key, String body) {
    return Fingerprint.of(
            new Secret(secret.getBytes(UTF_8)), who, key, "PUT", "/", Buffer.buffer(body))
        .seal();
  }
}
