package boutique.ops;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change.Put;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The operators' door")
@Timeout(60)
class ManagementVerticleTest {
  private static final String HERE = "127.0.0.1";
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger port = new AtomicInteger();
  private final Metrics metrics = new Metrics();
  @TempDir Path data;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  @DisplayName("tells each number as it is when somebody looks, by its name and what it is of")
  void tells() throws Exception {
    var count = new AtomicLong(2);
    metrics
        .tells(Figure.counter("boutique_tries", "Tries", count::get).of("reason", "none"))
        .tells(Figure.gauge("boutique_depth", "Depth", () -> 0.5));
    open(0);

    assertThat(page().lines())
        .contains("boutique_tries_total{reason=\"none\"} 2.0", "boutique_depth 0.5")
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
        .anyMatch(line -> line.startsWith("jvm_threads_live_threads "))
        .anyMatch(line -> line.startsWith("jvm_gc_"))
        .anyMatch(line -> line.startsWith("process_cpu_usage "));

    count.set(3);
    assertThat(page()).contains("boutique_tries_total{reason=\"none\"} 3.0");
  }

  @Test
  @DisplayName("leaves out what it cannot find out now, and tells all the rest")
  void unanswered() throws Exception {
    var fails = new AtomicInteger();
    var never = Promise.<List<Figure>>promise();
    metrics.asks(() -> Future.succeededFuture(List.of(Figure.gauge("found", "", () -> 7))));
    metrics.asks(() ->
        fails.getAndIncrement() == 0
            ? Future.succeededFuture(List.of(Figure.gauge("gone", "", () -> 1)))
            : Future.failedFuture("it is away"));
    open(0);
    assertThat(page()).contains("found 7.0", "gone 1.0");

    metrics.asks(never::future);
    assertThat(page()).contains("found 7.0").doesNotContain("gone 1.0");
  }

  @Test
  @DisplayName("shows nothing else, and takes nothing")
  void nothingElse() throws Exception {
    open(0);

    assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/api/users").statusCode()).isEqualTo(404);
    assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
    assertThat(ask("HEAD", "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("is the next one when somebody is at its port already")
  void taken() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      open(other.getLocalPort());

      assertThat(port.get()).isGreaterThan(other.getLocalPort());
      assertThat(page()).contains("jvm_");
    }
  }

  @Test
  @DisplayName("says what is not reconciled in the units that people count in")
  void reconciled() throws Exception {
    try (var opened = new Opened(RocksDatabase.open(data))) {
      var views = new RocksViews(opened.database());
      metrics.asks(new Reconciled(views));
      open(0);
      assertThat(page())
          .contains("unreconciled_amount{currency=\"USD\"} NaN", "stuck_payments NaN");

      report(views);

      assertThat(page().lines())
          .contains(
              "unreconciled_amount{currency=\"EUR\"} 19.99",
              "unreconciled_amount{currency=\"USD\"} 0.0",
              "boutique_trial_balance_amount{currency=\"USD\"} 0.0",
              "boutique_ledger_difference_amount{currency=\"USD\"} -1.5",
              "stuck_payments 2.0",
              "boutique_discrepancies 3.0",
              "boutique_reconciliation_unanswered 4.0",
              "boutique_reconciled_timestamp_seconds 1.7776295E9");
    }
  }

  @Test
  @DisplayName("counts what waits for operators")
  void backlog() throws Exception {
    try (var opened = new Opened(RocksDatabase.open(data))) {
      var views = new RocksViews(opened.database());
      metrics.asks(new Backlog(views));
      open(0);
      views
          .write(
              List.of(
                  parked("orders.reactions/payments/p1@000000000002"),
                  parked("orders.reactions/payments/p1@000000000003"),
                  parked("orders.reactions/payments/p2@000000000001"),
                  parked("stock.1/inventory/i1@000000000007"),
                  new Put("snags", "o1", new JsonObject()),
                  new Put("notices", "evt_1", new JsonObject()),
                  new Put("notices.charges", "evt_2", new JsonObject()),
                  new Put("notices.charges", "evt_3", new JsonObject()),
                  new Put("notices.ours", "evt_4", new JsonObject()),
                  new Put("notices.ours.charges", "evt_5", new JsonObject())))
          .await();

      assertThat(page().lines())
          .contains(
              "boutique_parked_events 4.0",
              "boutique_parked_streams{feed=\"orders.reactions\"} 2.0",
              "boutique_parked_streams{feed=\"stock.1\"} 1.0",
              "boutique_snagged_orders 1.0",
              "boutique_unfinished_orders 0.0",
              "boutique_waiting_notices 5.0");
    }
  }

  private static Put parked(String key) {
    return new Put("parked", key, new JsonObject());
  }

  private record Opened(RocksDatabase database) implements AutoCloseable {
    @Override
    public void close() {
      database.close().await();
    }
  }

  private static void report(Views views) {
    views
        .write(
            List.of(
                new Put(
                    "reconciliation",
                    "report",
                    new JsonObject()
                        .put("endedAt", "2026-05-01T10:00:00Z")
                        .put("comparedAt", "2026-05-01T09:58:20Z")
                        .put("unanswered", 4)
                        .put("counted", 3)
                        .put("stuckPayments", 2)
                        .put("unreconciledAmount", new JsonObject().put("EUR", 1_999))
                        .put(
                            "trialBalance",
                            new JsonObject()
                                .put("USD", new JsonObject().put("sum", 0).put("difference", -150))
                                .put("EUR", new JsonObject().put("sum", 0))))))
        .await();
  }

  private void open(int wanted) {
    vertx.deployVerticle(new ManagementVerticle(HERE, wanted, metrics, port::set)).await();
  }

  private String page() throws IOException, InterruptedException {
    var answer = ask("GET", "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    var address = URI.create("http://" + HERE + ":" + port.get() + path);
    var request = HttpRequest.newBuilder(address).method(method, BodyPublishers.noBody()).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
