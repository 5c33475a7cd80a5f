package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("`config`")
@Timeout(300)
class ShownConfigurationIT {
  @TempDir Path directory;

  @Test
  @DisplayName("shows every key, its value unless it is secret, and where that was said last")
  void everyKeyWithItsSource() throws IOException {
    var file =
        Files.writeString(
            directory.resolve("shop.json"), "{\"data\":\"/from/file\",\"demo\":false}");

    try (var shown =
        ShopProcess.start(
            Map.of(
                "BOUTIQUE_ORDERS_PAYMENT_WINDOW",
                "2m",
                "BOUTIQUE_HTTP_PORT",
                "1",
                "BOUTIQUE_SESSIONS_KEY",
                "a secret that nobody but the shop shall know",
                "BOUTIQUE_OPERATOR_PASSWORD",
                "a very secret one"),
            List.of("config", "--conf", file.toString(), "--port", "8123"))) {
      assertThat(shown.exitCode()).isZero();
      assertThat(shown.err()).isEmpty();
      assertThat(shown.out().stream().map(line -> line.replaceAll("\\s+", " ")))
          .containsExactlyInAnyOrder(
              "http.port 8123 --http.port",
              "http.hostCookies false " + House.root().resolve("conf/boutique.json"),
              "http.publicUrl (none) " + House.root().resolve("conf/boutique.json"),
              "http.corsOrigins (none) " + House.root().resolve("conf/boutique.json"),
              "http.trustedProxies (none) " + House.root().resolve("conf/boutique.json"),
              "http.tls.cert (none) " + House.root().resolve("conf/boutique.json"),
              "http.tls.key (none) " + House.root().resolve("conf/boutique.json"),
              "management.host 127.0.0.1 " + House.root().resolve("conf/boutique.json"),
              "management.port 8081 " + House.root().resolve("conf/boutique.json"),
              "limits.enabled true " + House.root().resolve("conf/boutique.json"),
              "sockets.perNode 20000 " + House.root().resolve("conf/boutique.json"),
              "sockets.perUser 32 " + House.root().resolve("conf/boutique.json"),
              "sockets.perAddress 512 " + House.root().resolve("conf/boutique.json"),
              "sessions.key (secret) BOUTIQUE_SESSIONS_KEY",
              "sessions.previousKey (none) " + House.root().resolve("conf/boutique.json"),
              "sessions.accessLife 15m " + House.root().resolve("conf/boutique.json"),
              "data /from/file " + file,
              "demo false " + file,
              "kafka.enabled true " + House.root().resolve("conf/boutique.json"),
              "kafka.port 9092 " + House.root().resolve("conf/boutique.json"),
              "orders.paymentWindow 2m BOUTIQUE_ORDERS_PAYMENT_WINDOW",
              "payments.provider simulated " + House.root().resolve("conf/boutique.json"),
              "payments.captureWithin 6d " + House.root().resolve("conf/boutique.json"),
              "payments.webhookSecret (none) " + House.root().resolve("conf/boutique.json"),
              "payments.stripe.key (none) " + House.root().resolve("conf/boutique.json"),
              "payments.stripe.publishableKey (none) " + House.root().resolve("conf/boutique.json"),
              "payments.stripe.url https://api.stripe.com "
                  + House.root().resolve("conf/boutique.json"),
              "payments.reconcile.every 1m " + House.root().resolve("conf/boutique.json"),
              "payments.reconcile.grace 2m " + House.root().resolve("conf/boutique.json"),
              "payments.simulated.delay 0ms " + House.root().resolve("conf/boutique.json"),
              "payments.simulated.lostAnswers 0 " + House.root().resolve("conf/boutique.json"),
              "operator.email operator@boutique.example "
                  + House.root().resolve("conf/boutique.json"),
              "operator.password (secret) BOUTIQUE_OPERATOR_PASSWORD");
    }
  }
}
