package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.PaymentProviderConformance;
import boutique.language.Money;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The simulated provider")
class SimulatedProviderTest extends PaymentProviderConformance {
  private static final Charge CHARGE =
      new Charge("o.1", "o", "anna", new Money(4000, "USD"), "tok_visa", false, Instant.EPOCH);

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicBoolean losing = new AtomicBoolean();
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
  protected PaymentProvider provider() {
    return new SimulatedProvider(
        vertx, new RocksViews(database), InstantSource.system(), Duration.ofMillis(1), losing::get);
  }

  @Test
  @DisplayName("can lose its answer after it has taken the money, and says so when it is asked")
  void loses() {
    losing.set(true);
    assertThat(get(provider().charge(CHARGE))).isInstanceOf(Answer.Unknown.class);

    losing.set(false);

    assertThat(get(provider().find(CHARGE))).isInstanceOf(Answer.Taken.class);
  }

  @Test
  @DisplayName("keeps its books over a restart")
  void restart() throws IOException {
    var taken = get(provider().charge(CHARGE));

    get(database.close());
    open();

    assertThat(get(provider().charge(CHARGE))).isEqualTo(taken);
  }
}
