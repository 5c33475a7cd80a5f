package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Whoever starts the shop with a mistake is told it in one line")
@Timeout(300)
class MistakesIT {
  private static final int MISTAKEN = 2;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"--http.prot=8081", "--http.port=eighty", "--port", "stray"})
  @DisplayName("in a flag")
  void flag(String flag) {
    assertMistake(Map.of(), List.of("run", "--data", data(), flag), flag.split("=")[0]);
  }

  @Test
  @DisplayName("in the environment")
  void environment() {
    assertMistake(
        Map.of("BOUTIQUE_HTTP_PROT", "8081"),
        List.of("run", "--data", data()),
        "BOUTIQUE_HTTP_PROT");
  }

  @Test
  @DisplayName("in a file of settings")
  void file() throws IOException {
    var file = Files.writeString(directory.resolve("shop.json"), "{\"http\":").toString();

    assertMistake(Map.of(), List.of("run", "--data", data(), "--conf", file), file);
  }

  @Test
  @DisplayName("in the command")
  void command() {
    assertMistake(Map.of(), List.of("runn"), "runn: not understood");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_a_secret_of_the_account_at_stripe"})
  @DisplayName(
      "and whoever lets Stripe tell nothing, which can be meant, is told that when it opens")
  void nothingHeard(String secret) {
    try (var stripe = new TinyStripe();
        var shop =
            ShopProcess.open(
                directory.resolve("data"),
                "--payments.provider=stripe",
                "--payments.stripe.key=sk_test_1",
                "--payments.stripe.url=" + stripe.base(),
                "--payments.webhookSecret=" + secret)) {
      assertThat(shop.program().err().stream().filter(line -> line.contains("webhookSecret")))
          .hasSize(secret.isEmpty() ? 1 : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  @DisplayName("about a key that is not the certificate's, whatever kind both are of")
  void foreignKey(String kind) throws IOException {
    var ours = SelfSigned.in(directory, "ours", kind);
    var theirs = SelfSigned.in(directory, "theirs", kind);

    assertTlsMistake(
        new SelfSigned(ours.certificate(), theirs.key()),
        "http.tls.key: " + theirs.key() + " is not the key of " + ours.certificate());
    ShopProcess.open(directory.resolve("data"), ours.flags()).close();
  }

  @Test
  @DisplayName("about a certificate without its key, and about files that are of no use")
  void noKey() throws IOException {
    var ours = SelfSigned.in(directory, "ours", "EC");
    var newer = SelfSigned.in(directory, "newer", "Ed25519");
    var prose = Files.writeString(directory.resolve("prose.pem"), "Dear reader,");
    var nowhere = directory.resolve("nowhere.pem");

    assertMistake(
        Map.of(),
        List.of("run", "--data", data(), "--http.tls.cert=" + ours.certificate()),
        "http.tls.cert and http.tls.key: one is of no use without the other");
    assertTlsMistake(
        new SelfSigned(ours.certificate(), nowhere),
        "http.tls.key must be a file that can be read, or nothing, not \"" + nowhere);
    assertTlsMistake(
        new SelfSigned(ours.certificate(), prose),
        "http.tls: %s and %s cannot be used".formatted(ours.certificate(), prose));
    assertTlsMistake(
        newer, "http.tls: %s and %s cannot be used".formatted(newer.certificate(), newer.key()));
    assertTlsMistake(
        new SelfSigned(prose, ours.key()),
        "http.tls: %s and %s cannot be used".formatted(prose, ours.key()));
  }

  @Test
  @DisplayName("about a port that is in use")
  void port() throws IOException {
    try (var other = Ports.taken()) {
      var port = other.getLocalPort();
      assertMistake(
          Map.of(),
          List.of("run", "--data", data(), "--port", "" + port, "--no-kafka"),
          "port " + port + " is in use");
      assertMistake(
          Map.of(),
          List.of("run", "--data", data(), "--port", "" + port, "--kafka-port", "" + Ports.free()),
          "port " + port + " is in use");
    }
  }

  @Test
  @DisplayName("about a directory that another shop uses, which does not mind")
  void directoryInUse() {
    try (var shop = ShopProcess.open(directory.resolve("data"))) {
      assertMistake(
          Map.of(), arguments(), directory.resolve("data") + " is used by another process");
      Shopper.signedUp(shop).offers("Mug", "1", 1);
    }
    ShopProcess.open(directory.resolve("data")).close();
  }

  @Test
  @DisplayName("about a directory that cannot be one")
  void directoryUnderFile() throws IOException {
    Files.writeString(directory.resolve("data"), "a file");
    assertMistake(Map.of(), arguments(), directory.resolve("data") + " cannot be made a directory");

    assertMistake(
        Map.of(),
        List.of("run", "--data", directory.resolve("data").resolve("below").toString()),
        directory.resolve("data").resolve("below") + " cannot be made a directory");
  }

  @Test
  @DisplayName("about a key that is damaged, and the key is left as it is")
  void damagedKey() throws IOException {
    ShopProcess.open(directory.resolve("data")).close();
    var key = directory.resolve("data/keys/session.key");
    Files.writeString(key, "short");

    assertMistake(Map.of(), arguments(), key + " is damaged");

    assertThat(key).hasContent("short");
  }

  @Test
  @DisplayName("about keys that cannot be read")
  void unreadableKey() throws IOException {
    Files.createDirectories(directory.resolve("data/keys/email.key"));

    assertMistake(
        Map.of(), arguments(), directory.resolve("data/keys/email.key") + " cannot be used");
  }

  @Test
  @DisplayName("about data that is damaged")
  void damagedData() throws IOException {
    ShopProcess.open(directory.resolve("data")).program().terminate();
    Files.writeString(directory.resolve("data/rocksdb/CURRENT"), "nonsense\n");

    assertMistake(Map.of(), arguments(), directory.resolve("data").toString());
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private List<String> arguments() {
    return List.of("run", "--data", data(), "--port", "" + Ports.free(), "--no-kafka");
  }

  private void assertTlsMistake(SelfSigned given, String line) {
    var arguments = new ArrayList<>(arguments());
    arguments.addAll(List.of(given.flags()));
    assertMistake(Map.of(), arguments, line);
  }

  /** Nothing is started, one line says why, and it names what is to be mended. */
  private static void assertMistake(
      Map<String, String> environment, List<String> arguments, String line) {
    try (var shop = ShopProcess.start(environment, new ArrayList<>(arguments))) {
      assertThat(shop.exitCode()).as("%s %s", shop.out(), shop.err()).isEqualTo(MISTAKEN);
      assertThat(shop.err()).hasSize(1).first().asString().startsWith("boutique: ").contains(line);
      assertThat(shop.out()).isEmpty();
    }
  }
}
