package boutique.gateway.routes;

import boutique.gateway.problems.Problem;
import boutique.kernel.Bus;
import boutique.language.Reply;
import boutique.language.Reply.Refused;
import boutique.language.discounts.VoucherCode;
import boutique.language.discounts.VoucherFace;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Pricing;
import boutique.language.pricing.Quote;
import boutique.language.pricing.Rule;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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

  /** Whoever kept the codes knows them: nothing is told here that could be guessed. */
  Future<Effects> effects(List<String> codes) {
    var kept = codes.stream().map(VoucherCode::new).toList();
    var now = Api.now(clock);
    return Future.all(kept.stream().map(code -> bus.look(code.stream())).toList())
        .map(looked -> {
          var rules = new ArrayList<Rule>();
          var objections = new ArrayList<Refused>();
          for (var i = 0; i < kept.size(); i++) {
            Reply.Done seen = looked.resultAt(i);
            if (isGood(seen, now)) {
              rules.add(rule(seen));
            } else {
              objections.add(invalid(kept.get(i)));
            }
          }
          return new Effects(rules, objections);
        });
  }

  /** Refused, after the one time, unless it is good now. */
  Future<Void> requireGood(VoucherCode code) {
    return rules(List.of(code)).mapEmpty();
  }

  Future<Quote> quote(List<OrderLine> lines, List<VoucherCode> codes) {
    return rules(codes).map(rules -> priced(lines, rules));
  }

  /** The price with those vouchers of a cart that do something for it, as the cart shows it. */
  Future<Quote> quoteCart(List<OrderLine> lines, List<String> codes) {
    return effects(codes)
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

  private Future<List<Rule>> rules(List<VoucherCode> codes) {
    var asked = System.nanoTime();
    var now = Api.now(clock);
    return Future.all(codes.stream().map(code -> bus.look(code.stream())).toList())
        .compose(looked -> {
          var rules = new ArrayList<Rule>();
          for (var i = 0; i < codes.size(); i++) {
            if (!isGood(looked.resultAt(i), now)) {
              return refuse(codes.get(i), asked);
            }
            rules.add(rule(looked.resultAt(i)));
          }
          return Future.succeededFuture(rules);
        });
  }

  private static boolean isGood(Reply.Done seen, Instant now) {
    return seen.face() instanceof VoucherFace(var _, var terms, var used, var _)
        && terms.isGoodAt(now)
        && !terms.isUsedUp(used);
  }

  private static Rule rule(Reply.Done seen) {
    if (seen.face() instanceof VoucherFace face) {
      return face.terms().rule(face.code());
    }
    throw new IllegalStateException("no voucher");
  }

  private <T> Future<T> refuse(VoucherCode code, long asked) {
    var refused = Problem.refused(invalid(code));
    var early = ANSWER_NANOS - (System.nanoTime() - asked);
    return early <= 0
        ? Future.failedFuture(refused)
        : vertx.timer(early, TimeUnit.NANOSECONDS).compose(_ -> Future.failedFuture(refused));
  }

  private static Refused invalid(VoucherCode code) {
    return new Refused(
        "voucher.invalid", "This voucher is not valid.", Map.of("voucher", code.value()));
  }
}
