package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;

import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Wallets;
import boutique.kernel.payment.WalletsConformance;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
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
}
