package boutique.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.gateway.sessions.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The shop's own keys")
class KeysTest {
  @TempDir Path data;

  @Test
  @DisplayName("are made at the first start, and stay the same from start to start")
  void kept() throws IOException {
    Keys.in(data, null, null);
    var session = Files.readAllBytes(file("session.key"));

    Keys.in(data, null, null);

    assertThat(session).hasSize(32).isNotEqualTo(Files.readAllBytes(file("email.key")));
    assertThat(file("session.key")).hasBinaryContent(session);
    assertThat(file("session.previous.key")).doesNotExist();
  }

  @Test
  @DisplayName("are never shown")
  void neverShown() {
    assertThat(Keys.in(data, null, new Secret("former".getBytes(UTF_8))))
        .hasToString(
            "Keys[session=SigningKeys[current=(secret), previous=(secret)], email=(secret)]");
  }

  @Test
  @DisplayName("are for their owner's eyes only")
  void ownersOnly() throws IOException {
    Keys.in(data, null, null);
    Keys.rotate(data);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("keys"))))
        .isEqualTo("rwx------");
    try (var files = Files.list(data.resolve("keys"))) {
      assertThat(files)
          .hasSize(3)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  @DisplayName("are replaced when asked to, and the one before is kept to verify with")
  void rotated() throws IOException {
    Keys.in(data, null, null);
    var first = Files.readAllBytes(file("session.key"));
    var email = Files.readAllBytes(file("email.key"));

    Keys.rotate(data);

    assertThat(file("session.previous.key")).hasBinaryContent(first);
    assertThat(Files.readAllBytes(file("session.key"))).hasSize(32).isNotEqualTo(first);
    assertThat(file("email.key")).hasBinaryContent(email);
    assertThat(Keys.in(data, null, null).session().previous()).isNotNull();
  }

  @Test
  @DisplayName("are not needed where one is configured")
  void configured() {
    var configured = new Secret("a secret that nobody but we know".getBytes(UTF_8));

    var keys = Keys.in(data, configured, null);

    assertThat(keys.session().current()).isSameAs(configured);
    assertThat(keys.session().previous()).isNull();
    assertThat(file("session.key")).doesNotExist();
  }

  @Test
  @DisplayName("that are damaged are told of, and not replaced")
  void damaged() throws IOException {
    Files.createDirectories(data.resolve("keys"));
    Files.writeString(file("session.key"), "short");

    assertThatThrownBy(() -> Keys.in(data, null, null))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("session.key is damaged");
    assertThat(file("session.key")).hasContent("short");
  }

  private Path file(String name) {
    return data.resolve("keys").resolve(name);
  }
}
