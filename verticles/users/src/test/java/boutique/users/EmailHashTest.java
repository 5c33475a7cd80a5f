package boutique.users;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.users.EmailHash;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The hash of an e-mail address")
class EmailHashTest {
  private static final byte[] KEY = {1, 2, 3};
  private static final byte[] OTHER_KEY = {1, 2, 4};

  @Test
  @DisplayName("does not depend on case or on spaces around it")
  void folded() {
    assertThat(EmailHash.of(" Anna@Example.COM ", KEY))
        .isEqualTo(EmailHash.of("anna@example.com", KEY));
  }

  @Test
  @DisplayName("does not depend on how an accent is typed")
  void accents() {
    assertThat(EmailHash.of("ZOE\u0308@example.com", KEY))
        .isEqualTo(EmailHash.of("zo\u00eb@example.com", KEY));
  }

  @Test
  @DisplayName("tells nothing to somebody with another key")
  void keyed() {
    assertThat(EmailHash.of("anna@example.com", KEY))
        .isNotEqualTo(EmailHash.of("anna@example.com", OTHER_KEY));
  }
}
