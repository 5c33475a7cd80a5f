package boutique.discounts;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Decision.Accepted;
import boutique.kernel.Decision.Declined;
import boutique.language.codec.Json;
import boutique.language.discounts.DiscountCommand;
import boutique.language.discounts.DiscountCommand.CreateVoucher;
import boutique.language.discounts.DiscountCommand.DeleteVoucher;
import boutique.language.discounts.DiscountCommand.RedeemVoucher;
import boutique.language.discounts.DiscountCommand.ReleaseVoucher;
import boutique.language.discounts.DiscountEvent;
import boutique.language.discounts.DiscountEvent.DiscountApplied;
import boutique.language.discounts.DiscountEvent.DiscountReleased;
import boutique.language.discounts.Terms;
import boutique.language.discounts.VoucherCode;
import boutique.language.orders.OrderId;
import boutique.language.pricing.Reduction.Percentage;
import boutique.language.pricing.Scope.WholeOrder;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

@Label("However many orders redeem a voucher and give it back, in whatever order,")
class RedemptionPropertiesTest {
  private static final VoucherCode CODE = new VoucherCode("FEST");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final VoucherDecider RULES = new VoucherDecider();
  private static final int ORDERS = 12;
  private static final int USERS = 4;

  @Property
  @Label("no more use it than its limits say, and those who were told so do (I14)")
  void neverBeyond(@ForAll("chains") ActionChain<Desk> chain) {
    chain
        .withInvariant(
            "limits",
            desk -> {
              assertThat(desk.holders.size()).isLessThanOrEqualTo((int) desk.limit);
              assertThat(desk.holders.values())
                  .allSatisfy(user ->
                      assertThat(Collections.frequency(desk.holders.values(), user))
                          .isLessThanOrEqualTo((int) desk.perUser));
            })
        .withInvariant("state", desk -> assertThat(desk.redemptions()).isEqualTo(desk.holders))
        .withInvariant(
            "snapshot",
            desk -> {
              var written = Json.encode(Voucher.Written.of(desk.voucher));
              assertThat(Json.decode(written, Voucher.Written.class).voucher())
                  .isEqualTo(desk.voucher);
            })
        .run();
  }

  @Provide
  Arbitrary<ActionChain<Desk>> chains() {
    return Arbitraries.longs()
        .between(1, 6)
        .tuple2()
        .flatMap(limits ->
            ActionChain.startWith(() -> new Desk(limits.get1(), limits.get2()))
                .withAction(6, orders(Desk::redeem))
                .withAction(4, orders(Desk::release))
                .withAction(1, new Deleting())
                .withMaxTransformations(60));
  }

  @Property(tries = 100)
  @Label("of more orders than the limit allows exactly so many get it")
  void exactlyTheLimit(@ForAll @LongRange(min = 1, max = ORDERS) long limit) {
    var desk = new Desk(limit, ORDERS);
    for (var order = 0; order < ORDERS; order++) {
      desk.redeem(order);
    }

    assertThat(desk.holders).hasSize((int) limit);
  }

  private static Action.Dependent<Desk> orders(Step step) {
    return new Ordering(step);
  }

  private interface Step {
    void take(Desk desk, int order);
  }

  private record Ordering(Step step) implements Action.Dependent<Desk> {
    @Override
    public Arbitrary<Transformer<Desk>> transformer(Desk state) {
      return Arbitraries.integers()
          .between(0, ORDERS - 1)
          .map(order -> Transformer.mutate("order " + order, desk -> step.take(desk, order)));
    }
  }

  private record Deleting() implements Action.Independent<Desk> {
    @Override
    public Arbitrary<Transformer<Desk>> transformer() {
      return Arbitraries.just(
          Transformer.mutate("delete", desk -> desk.ask(new DeleteVoucher(CODE, NOON))));
    }
  }

  /** A voucher beside a plain account of who has been told that it is theirs. */
  static final class Desk {
    private final long limit;
    private final long perUser;
    private final Terms terms;
    private final Map<String, String> holders = new HashMap<>();
    private Voucher voucher = RULES.initial();

    private Desk(long limit, long perUser) {
      this.limit = limit;
      this.perUser = perUser;
      this.terms =
          new Terms(
              new Percentage(1000), new WholeOrder(), null, null, 1, null, null, limit, perUser);
      ask(new CreateVoucher(CODE, terms, NOON));
    }

    private void redeem(int order) {
      var user = new UserId("user-" + order % USERS);
      var redeem = new RedeemVoucher(CODE, terms.rule(CODE), order(order), user, NOON);
      if (ask(redeem)) {
        holders.put(order(order).value(), user.value());
      }
    }

    private void release(int order) {
      assertThat(ask(new ReleaseVoucher(CODE, order(order), NOON))).isTrue();
      holders.remove(order(order).value());
    }

    private boolean ask(DiscountCommand command) {
      return switch (RULES.decide(voucher, command)) {
        case Accepted<DiscountEvent>(var events) -> {
          for (var event : events) {
            voucher = RULES.evolve(voucher, event);
            assertSaysHowMany(event);
          }
          yield true;
        }
        case Declined<DiscountEvent> _ -> false;
      };
    }

    private void assertSaysHowMany(DiscountEvent event) {
      if (event instanceof DiscountApplied applied) {
        assertThat(applied.used()).isEqualTo(redemptions().size());
      } else if (event instanceof DiscountReleased released) {
        assertThat(released.used()).isEqualTo(redemptions().size());
      }
    }

    private Map<String, String> redemptions() {
      return Voucher.Written.of(voucher).users();
    }

    private static OrderId order(int number) {
      return new OrderId("order-" + number);
    }
  }
}
