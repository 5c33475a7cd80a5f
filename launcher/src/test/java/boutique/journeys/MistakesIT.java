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
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Whoever starts the shop with a mistake is told it in one line")
@Timeout(300)
class MistakesIT {
  private static final int MISTAKEN = 2;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--http.prot=8081         | --http.prot: there is no key http.prot; did you mean http.port?",
        "--orders.paymentwindow=1m| did you mean orders.paymentWindow?",
        "--nothing.like.it=1      | --nothing.like.it: there is no key nothing.like.it",
        "--port=eighty            | --http.port: http.port must be a port from 0 to 65535, not \"eighty\"",
        "--port=65536             | not \"65536\"",
        "--port=-1                | not \"-1\"",
        "--port=                  | not \"\"",
        "--demo=maybe             | --demo: demo must be true or false, not \"maybe\"",
        "--orders.paymentWindow=15| must be a duration such as 500ms, 15m or 2h, of at most 365d, not \"15\"",
        "--conf=/no/such/file.json| /no/such/file.json: there is no such file",
        "--port                   | --port: needs a value",
        "stray                    | stray: not understood",
      })
  @DisplayName("in a flag")
  void flag(String flag, String line) {
    assertMistake(Map.of(), List.of("run", "--data", data(), flag), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOUTIQUE_HTTP_PROT             | 8081   | BOUTIQUE_HTTP_PROT: no key has this name; did you mean BOUTIQUE_HTTP_PORT?",
        "BOUTIQUE_ORDERS_PAYMENTWINDOW  | 1m     | did you mean BOUTIQUE_ORDERS_PAYMENT_WINDOW?",
        "BOUTIQUE_UNHEARD_OF            | 1      | BOUTIQUE_UNHEARD_OF: no key has this name",
        "BOUTIQUE_HTTP_PORT             | eighty | BOUTIQUE_HTTP_PORT: http.port must be a port",
        "BOUTIQUE_ORDERS_PAYMENT_WINDOW | soon   | BOUTIQUE_ORDERS_PAYMENT_WINDOW: orders.paymentWindow must be a duration",
      })
  @DisplayName("in the environment")
  void environment(String variable, String value, String line) {
    assertMistake(Map.of(variable, value), List.of("run", "--data", data()), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"http\":{\"prot\":8081}}        | shop.json: there is no key http.prot; did you mean http.port?",
        "{\"http\":8081}                   | shop.json: there is no key http",
        "{\"http\":{\"port\":\"eighty\"}}  | shop.json: http.port must be a port",
        "{\"http\":{\"port\":[1]}}         | shop.json: http.port must be a port",
        "{\"http\":{\"port\":null}}        | shop.json: http.port must be a port",
        "{\"http\":                        | shop.json: not JSON in line 1",
        "{\"demo\":true}}                  | shop.json: not JSON",
        "[]                                | shop.json: must be a JSON object",
        "''                                | shop.json: must be a JSON object",
      })
  @DisplayName("in a file of settings")
  void file(String text, String line) throws IOException {
    var file = Files.writeString(directory.resolve("shop.json"), text);

    assertMistake(Map.of(), List.of("run", "--data", data(), "--conf", file.toString()), line);
  }

  @Test
  @DisplayName("in the command")
  void command() {
    assertMistake(Map.of(), List.of("runn"), "runn: not understood");
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
