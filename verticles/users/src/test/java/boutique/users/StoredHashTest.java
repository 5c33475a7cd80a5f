package boutique.users;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.users.Derivation.Argon2id;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hashes were made by the programs that they come from: Node, Vert.x, Python. */
@DisplayName("The hash of a password")
class StoredHashTest {
  private static final String PASSWORD = "correct h\u00f6rse \u2603";
  private static final Argon2id OURS = new Argon2id(19 << 10, 2, 1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9288e0886387a9c6a7f52ddc63725e0d006c2426e89c9919bc54977cd7f06f9f"
            + "bbf68d3b7e292a8d677aea0096bb3fc7409c97298578eb044be1c40959131704.0123456789abcdef",
        "$scrypt$ln=14,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$R1+XXqJcjNUYkw1spjPmW0inznk8MKhMfc1/3KuYtaM",
        "$pbkdf2$AAECAwQFBgcICQoLDA0ODw$kYn9OuJtFBsOU1d0oHuNreq6EVFvG0BcOltyCN9B"
            + "zPAc/jLGTshuM83KcE8yllQ07nIykumSuja8rHEnJBNUyA",
        "$pbkdf2$it=12000$AAECAwQFBgcICQoLDA0ODw$PklRnvdG8rk1JPATEPRE8+qct3sPwm+KHEgUujSJ"
            + "oJ4cr7Cnsx9nkF4Hhn267967aGl7i8z/s3sMDWdegzUURw",
        "$pbkdf2-sha256$29000$AAECAwQFBgcICQoLDA0ODw$AcQOQXtZQDf9R8lu.sEdw0.jlSnoLQfACpT9eKlJVuU",
        "$pbkdf2-sha256$i=1000,l=32$AAECAwQFBgcICQoLDA0ODw$"
            + "WQOztBUerH5c5WrLBvcDnzDQrb3p9Y6Xr0NbdO9tLI8",
        "$pbkdf2-sha512$1000$AAECAwQFBgcICQoLDA0ODw$+HEsKceNjZRYFtw5wXrPLFuaBBRQhIdayrf5zh+/"
            + "mmoFBfSyNyQEa93lwrlgZ2vs73g8Gb3DBR1BC/Z0ypVWQQ",
      })
  @DisplayName("of another shop knows the password and no other, and could be better")
  void imported(String text) {
    var hash = Objects.requireNonNull(StoredHash.parse(text));

    assertThat(hash.matches(PASSWORD)).isTrue();
    assertThat(hash.matches(PASSWORD + " ")).isFalse();
    assertThat(hash.isMadeBy(OURS)).isFalse();
  }

  @Test
  @DisplayName("of ours is Argon2id with the parameters of today, and reads itself again")
  void ours() {
    var text = StoredHash.text(OURS, StoredHash.of(PASSWORD, OURS, new byte[16], 32));
    var hash = Objects.requireNonNull(StoredHash.parse(text));

    assertThat(text).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hash.matches(PASSWORD)).isTrue();
    assertThat(hash.matches("another one")).isFalse();
    assertThat(hash.isMadeBy(OURS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=4194304,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
        "$argon2id$v=19$m=19456,t=2000000000,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
        "$argon2id$v=19$m=19456,t=2,p=9999$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
        "$scrypt$ln=30,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
        "$scrypt$ln=14,r=2147483647,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
        "$pbkdf2-sha256$2000000000$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
        "$pbkdf2-sha256$0$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
        "$pbkdf2-sha256$-5$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
        "$pbkdf2-sha256$1000$$AAECAwQFBgcICQoLDA0ODw",
        "$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$",
        "$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$AAEC",
        "$pbkdf2-sha256$1000$###$AAECAwQFBgcICQoLDA0ODw",
        "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
        "$argon2id$v=19$$$",
        "$$$$$",
        "plain text",
        "",
      })
  @DisplayName("that asks for too much, or is none, matches nothing instead of working for ever")
  void unreadable(String text) {
    assertThat(StoredHash.parse(text)).isNull();
    assertThat(Passwords.readable(text)).isFalse();
    assertThat(Passwords.upToDate(text)).isFalse();
  }

  @Test
  @DisplayName("is not read when it is endless")
  void endless() {
    assertThat(StoredHash.parse("$pbkdf2-sha256$1000$AAAA$" + "A".repeat(1_000_000))).isNull();
  }
}
