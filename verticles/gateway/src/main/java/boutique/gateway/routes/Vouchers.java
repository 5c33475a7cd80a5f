package boutique.gateway.routes;

import boutique.gateway.conventions.Ids;
import boutique.gateway.problems.Problem;
import boutique.kernel.Bus;
import boutique.language.Context;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.carts.CartFace;
import boutique.language.discounts.VoucherCode;
import boutique.language.discounts.VoucherFace;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Pricing;
import boutique.language.pricing.Quote;
import boutique.language.pricing.Rule;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the vouchers that somebody names do to a price. Whoever guesses codes gets one answer, after
 * one time, for all that are not good now: unknown, taken back, too early, too late, used up.
 */
public final class Vouchers {
  private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  private final Vertx vertx;
  private final Bus bus;
  private final InstantSource clock;

  public Vouchers(Vertx vertx, Bus bus, InstantSource clock) {
    this.vertx = vertx;
    this.bus = bus;
    this.clock = clock;
  }

  /** The codes in a request, each once. */
  static List<VoucherCode> named(JsonObject body) {
    var codes = new ArrayList<VoucherCode>();
    var list = body.getJsonArray("vouchers", body.getJsonArray("codes"));
    if (list != null) {
      list.forEach(code -> codes.add(new VoucherCode((String) code)));
    }
    var one = body.getString("code");
    if (one != null) {
      codes.add(new VoucherCode(one));
    }
    return codes.stream().distinct().sorted().toList();
  }

  /**
   * What vouchers do that were put aside.
   *
   * @param objections against those that are not good any more
   */
  record Effects(List<Rule> rules, List<Refused> objections) {}

  /**
   * What those of a cart do. Whoever kept the codes knows them: nothing is told here that could be
   * guessed. While an order is buying from it they are that order's, used up by it or not.
   */
  Future<Effects> effects(CartFace cart) {
    var kept = cart.vouchers().stream().map(VoucherCode::new).toList();
    var ordered = cart.lockedBy() != null;
    var now = Api.now(clock);
    return looked(kept, owner(cart))
        .map(looked -> {
          var rules = new ArrayList<Rule>();
          var objections = new ArrayList<Refused>();
          for (var i = 0; i < kept.size(); i++) {
            var face = looked.get(i).face() instanceof VoucherFace known ? known : null;
            if (face == null || !(ordered || face.isGoodAt(now))) {
              objections.add(invalid(kept.get(i)));
            } else if (!ordered && face.isUsedUpByAsker()) {
              objections.add(used(kept.get(i)));
            } else {
              rules.add(face.terms().rule(face.code()));
            }
          }
          return new Effects(rules, objections);
        });
  }

  private static @Nullable UserId owner(CartFace cart) {
    return cart.cart().isGuests() ? null : new UserId(cart.cart().value());
  }

  /**
   * Refused, after the one time, unless it is good now; for this user, if somebody is signed in.
   */
  Future<Void> requireGood(VoucherCode code, @Nullable UserId user) {
    return rules(List.of(code), user).mapEmpty();
  }

  Future<Quote> quote(List<OrderLine> lines, List<VoucherCode> codes, @Nullable UserId user) {
    return rules(codes, user).map(rules -> priced(lines, rules));
  }

  /** The price with those vouchers of a cart that do something for it, as the cart shows it. */
  Future<Quote> quoteCart(List<OrderLine> lines, CartFace cart) {
    return effects(cart)
        .map(effects ->
            Pricing.quote(lines.stream().map(OrderLine::item).toList(), effects.rules()).quote());
  }

  private static Quote priced(List<OrderLine> lines, List<Rule> rules) {
    var quoted = Pricing.quote(lines.stream().map(OrderLine::item).toList(), rules);
    if (!quoted.objections().isEmpty()) {
      throw Problem.refused(quoted.objections().getFirst());
    }
    return quoted.quote();
  }

  private Future<List<Rule>> rules(List<VoucherCode> codes, @Nullable UserId user) {
    var asked = System.nanoTime();
    var now = Api.now(clock);
    return looked(codes, user)
        .compose(looked -> {
          var rules = new ArrayList<Rule>();
          for (var i = 0; i < codes.size(); i++) {
            if (!(looked.get(i).face() instanceof VoucherFace face) || !face.isGoodAt(now)) {
              return refuse(codes.get(i), asked);
            }
            if (face.isUsedUpByAsker()) {
              return Future.failedFuture(Problem.refused(used(codes.get(i))));
            }
            rules.add(face.terms().rule(face.code()));
          }
          return Future.succeededFuture(rules);
        });
  }

  private Future<List<Done>> looked(List<VoucherCode> codes, @Nullable UserId user) {
    return Future.all(codes.stream().map(code -> look(code, user)).toList())
        .map(all -> all.<Done>list());
  }

  /** A voucher that is limited for each is asked how often this one has used it. */
  private Future<Done> look(VoucherCode code, @Nullable UserId user) {
    return bus.look(code.stream())
        .compose(seen ->
            user != null
                    && seen.face() instanceof VoucherFace face
                    && face.terms().limitPerUser() != null
                ? bus.look(code.stream(), new Context(Ids.next(), null, user.value()))
                : Future.succeededFuture(seen));
  }

  private <T> Future<T> refuse(VoucherCode code, long asked) {
    var refused = Problem.refused(invalid(code));
    var early = ANSWER_NANOS - (System.nanoTime() - asked);
    return early <= 0
        ? Future.failedFuture(refused)
        : vertx.timer(early, TimeUnit.NANOSECONDS).compose(_ -> Future.failedFuture(refused));
  }

  private static Refused used(VoucherCode code) {
    return new Refused(
        "voucher.used", "You have used this voucher already.", Map.of("voucher", code.value()));
  }

  private static Refused invalid(VoucherCode code) {
    return new Refused(
        "voucher.invalid", "This voucher is not valid.", Map.of("voucher", code.value()));
  }
}
