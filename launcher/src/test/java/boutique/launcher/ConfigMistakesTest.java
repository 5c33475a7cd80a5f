package boutique.launcher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.journeys.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A mistake in the configuration is told with its place, and what may have been meant,")
class ConfigMistakesTest {
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
        "--orders.paymentWindow=15| orders.paymentWindow must be a duration such as",
        "--sessions.key=guess      | --sessions.key: sessions.key must be empty, or a secret of at least 32 bytes, not the one given",
        "--sessions.accessLife=16m| must be a duration such as 90s or 15m, from 1s to 15m, not \"16m\"",
        "--sessions.accessLife=1ms| not \"1ms\"",
        "--payments.captureWithin=8d| must be a duration such as 12h or 6d, from 1s to 7d, for which most cards are held, not \"8d\"",
        "--payments.captureWithin=1ms| not \"1ms\"",
        "--conf=/no/such/file.json| /no/such/file.json: there is no such file",
        "--port                   | --port: needs a value",
        "stray                    | stray: not understood",
      })
  @DisplayName("in a flag")
  void flag(String flag, String line) {
    assertMistake(Map.of(), List.of(flag), line);
  }

  @Test
  @DisplayName("when no file could ever have this name")
  void nameOfNoFile() {
    assertMistake(Map.of(), List.of("--data=a\0b"), "--data: data must be a path");
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
    assertMistake(Map.of(variable, value), List.of(), line);
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
        "{\"demo\":true,\"demo\":false}    | shop.json: not JSON",
        "[]                                | shop.json: must be a JSON object",
        "''                                | shop.json: must be a JSON object",
      })
  @DisplayName("in a file of settings")
  void file(String text, String line) throws IOException {
    var file = Files.writeString(directory.resolve("shop.json"), text);

    assertMistake(Map.of(), List.of("--conf", file.toString()), line);
  }

  private static void assertMistake(
      Map<String, String> environment, List<String> flags, String line) {
    assertThatThrownBy(() -> ConfigSources.read(House.root(), environment, flags))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining(line)
        .hasMessageNotContaining("\n");
  }
}
