package boutique.gateway.door;

import boutique.kernel.limits.Rate;
import java.util.Map;
import java.util.Objects;

/**
 * How much of a kind of request an address and a user may ask for.
 *
 * <p>A bucket is large enough for whatever a person or their script does at once, and fills fast
 * enough to go on for ever at the pace of a person; where guessing pays, slower. Many people may
 * share an address, so it has more.
 */
record Allowance(Rate perAddress, Rate perUser) {
  /** All that a provider has to tell comes from a few addresses, and much of it at once. */
  private static final Rate PROVIDER = Rate.of(20_000, 1);

  private static final Map<Traffic, Allowance> TABLE =
      Map.of(
          Traffic.BROWSING, new Allowance(Rate.of(2_000, 4), Rate.of(1_000, 8)),
          Traffic.WRITING, new Allowance(Rate.of(400, 25), Rate.of(200, 50)),
          Traffic.RESET, new Allowance(Rate.of(30, 5_000), Rate.of(10, 20_000)),
          Traffic.SIGN_UP, new Allowance(Rate.of(100, 5_000), Rate.of(20, 5_000)),
          Traffic.SIGN_IN, new Allowance(Rate.of(100, 1_000), Rate.of(60, 2_000)),
          Traffic.VOUCHER, new Allowance(Rate.of(100, 500), Rate.of(30, 2_000)),
          Traffic.MESSAGE, new Allowance(PROVIDER, PROVIDER),
          Traffic.CHECKOUT, new Allowance(Rate.of(300, 50), Rate.of(100, 500)));

  static Allowance of(Traffic kind) {
    return Objects.requireNonNull(TABLE.get(kind));
  }
}
