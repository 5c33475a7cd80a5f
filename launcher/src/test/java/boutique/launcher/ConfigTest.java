package boutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.journeys.House;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The configuration")
class ConfigTest {
  @TempDir Path directory;

  @Test
  @DisplayName("is what conf/boutique.json says, as long as nobody says anything else")
  void defaults() {
    var config = read(Map.of());

    assertThat(config.httpPort()).isEqualTo(8080);
    assertThat(config.kafkaPort()).isEqualTo(9092);
    assertThat(config.kafkaEnabled()).isTrue();
    assertThat(config.demo()).isTrue();
    assertThat(config.data()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(config.paymentWindow()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.captureWithin()).isEqualTo(Duration.ofDays(6));
    assertThat(config.accessLife()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.hostCookies()).isFalse();
    assertThat(config.sessionKey()).isNull();
    assertThat(config.previousSessionKey()).isNull();
  }

  @Test
  @DisplayName("has a default for every key, and no key that nobody knows")
  void everyKeyHasItsDefault() throws IOException {
    var written = new ObjectMapper().readTree(House.root().resolve("conf/boutique.json").toFile());

    assertThat(names("", written)).containsExactlyInAnyOrderElementsOf(known());
  }

  @Test
  @DisplayName("is by files, then by the environment, then by flags, the later over the earlier")
  void laterWins() throws IOException {
    var file =
        Files.writeString(
            directory.resolve("shop.json"),
            "{\"http\":{\"port\":1},\"kafka\":{\"port\":1},\"orders\":{\"paymentWindow\":\"1s\"}}");
    var environment = Map.of("BOUTIQUE_KAFKA_PORT", "2", "BOUTIQUE_ORDERS_PAYMENT_WINDOW", "2s");

    var config =
        read(environment, "--orders.paymentWindow=3s", "--conf", file.toString(), "--no-demo");

    assertThat(config.httpPort()).isEqualTo(1);
    assertThat(config.kafkaPort()).isEqualTo(2);
    assertThat(config.paymentWindow()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.demo()).isFalse();
    assertThat(config.kafkaEnabled()).isTrue();
  }

  @Test
  @DisplayName("names a key a.bC in the environment BOUTIQUE_A_B_C, each its own")
  void environmentNames() {
    assertThat(Config.KEYS)
        .extracting(Key::environment)
        .doesNotHaveDuplicates()
        .contains(
            "BOUTIQUE_HTTP_PORT",
            "BOUTIQUE_DATA",
            "BOUTIQUE_KAFKA_ENABLED",
            "BOUTIQUE_ORDERS_PAYMENT_WINDOW");
  }

  @ParameterizedTest
  @CsvSource({
    "--port 1,              http.port",
    "--port=1,              http.port",
    "--http.port=1,         http.port",
    "--kafka-port 1,        kafka.port",
    "--data elsewhere,      data",
    "--data=elsewhere,      data",
    "--demo,                demo",
    "--no-demo,             demo",
    "--no-kafka,            kafka.enabled",
    "--orders.paymentWindow=1h, orders.paymentWindow",
  })
  @DisplayName("knows the flags that ./boutique help tells of, short and long")
  void flags(String flags, String key) {
    var config = read(Map.of(), flags.split(" "));

    assertThat(config.describe().lines())
        .filteredOn(line -> line.startsWith(key + " "))
        .singleElement()
        .asString()
        .contains("--" + key);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "0s, 0",
    "90s, 90000",
    "15m, 900000",
    "2h, 7200000",
    "365d, 31536000000"
  })
  @DisplayName("reads durations with their unit")
  void durations(String text, long millis) {
    var config = read(Map.of(), "--orders.paymentWindow=" + text);

    assertThat(config.paymentWindow()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "15",
        "m",
        "-1m",
        "1.5m",
        "15M",
        "15 m",
        " 15m",
        "15m ",
        "PT15M",
        "1h30m",
        "9999999999s",
        "1w",
        "366d",
        "999999999d",
        "\u0661m"
      })
  @DisplayName("takes no duration that leaves a doubt")
  void noDurations(String text) {
    assertThatThrownBy(() -> read(Map.of(), "--orders.paymentWindow=" + text))
        .isInstanceOf(Mistake.class)
        .hasMessageStartingWith("--orders.paymentWindow: orders.paymentWindow must be a duration")
        .hasMessageEndingWith("not \"%s\"", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "65535"})
  @DisplayName("takes every port that there is")
  void ports(String port) {
    assertThat(read(Map.of(), "--port", port).httpPort()).isEqualTo(Integer.parseInt(port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "99999", "080800", "1e3", "0x50", "+80", "", "\u0661"})
  @DisplayName("takes no other")
  void noPorts(String port) {
    assertThatThrownBy(() -> read(Map.of(), "--port=" + port)).isInstanceOf(Mistake.class);
  }

  @Test
  @DisplayName("shows with each key its value and its source")
  void describes() {
    var described = read(Map.of("BOUTIQUE_DEMO", "false"), "--port=1").describe();

    assertThat(described.lines().map(line -> line.split("\\s+")[0]))
        .containsExactlyInAnyOrderElementsOf(known());
    assertThat(described.lines().map(line -> Arrays.asList(line.split("\\s+"))))
        .contains(List.of("http.port", "1", "--http.port"))
        .contains(List.of("demo", "false", "BOUTIQUE_DEMO"))
        .contains(
            List.of("kafka.port", "9092", House.root().resolve("conf/boutique.json").toString()));
  }

  private static Config read(Map<String, String> environment, String... flags) {
    return ConfigSources.read(House.root(), environment, List.of(flags));
  }

  private static List<String> known() {
    return Config.KEYS.stream().map(Key::name).toList();
  }

  /** The keys of a file, dotted. */
  private static List<String> names(String prefix, JsonNode node) {
    var names = new ArrayList<String>();
    for (var field : node.properties()) {
      if (field.getValue().isObject()) {
        names.addAll(names(prefix + field.getKey() + ".", field.getValue()));
      } else {
        names.add(prefix + field.getKey());
      }
    }
    return names;
  }
}
