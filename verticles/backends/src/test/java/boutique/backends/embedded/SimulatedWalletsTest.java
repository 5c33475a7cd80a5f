package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Wallets;
import boutique.kernel.payment.WalletsConformance;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Page;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Simulated wallets")
class SimulatedWalletsTest extends WalletsConformance {
  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private RocksDatabase database;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
  }

  @AfterEach
  void close() {
    get(database.close());
    get(vertx.close());
  }

  @Override
  protected Wallets wallets() {
    return new SimulatedWallets(new RocksViews(database));
  }

  @Override
  protected PaymentProvider provider() {
    return new SimulatedProvider(
        vertx, new RocksViews(database), InstantSource.system(), Duration.ZERO, () -> false);
  }

  @Test
  @DisplayName("forget all cards of somebody, even where there are more than there may be")
  void forgetsAll() {
    var views = new RocksViews(database);
    for (var n = 0; n < 50; n++) {
      var card = new JsonObject().put("method", "tok_visa");
      get(views.write(List.of(new Put("simulated.wallets", "anna/pm_" + n, card))));
    }

    get(wallets().forget("anna"));

    assertThat(get(wallets().of("anna"))).isEmpty();
    assertThat(get(views.scan("simulated.wallets", Page.first("anna/", 100)))).isEmpty();
  }
}
