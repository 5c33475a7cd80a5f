package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import boutique.language.Money;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;

/** {@code /api/ops/sales}: what was sold, day by day, in all or of each product, for operators. */
public final class SoldApi {
  private static final int DAYS = 30;

  /** Above all that may stand behind a day. */
  private static final char END = '0';

  private final ViewReader orders;
  private final InstantSource clock;

  public SoldApi(ViewReader orders, InstantSource clock) {
    this.orders = orders;
    this.clock = clock;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "listSales", this::list);
  }

  private Future<Answer> list(RoutingContext ctx) {
    var by = "product".equals(Api.query(ctx, "by")) ? "product/" : "day/";
    var to = day(ctx, "to", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    var from = day(ctx, "from", to.minusDays(DAYS - 1L));
    var cursor = Api.cursor(ctx);
    var limit = Api.limit(ctx);
    var end = by + to + END;
    return orders
        .sums(new Page(by, by + (cursor == null ? from.toString() : cursor), false, limit + 1))
        .map(found -> {
          var inside = found.stream().filter(one -> one.key().compareTo(end) < 0).toList();
          return Answer.ok(
              Api.page(inside, limit, one -> one.key().substring(by.length()), SoldApi::json));
        });
  }

  private static JsonObject json(Entry sum) {
    var place = sum.key().split("/", 4);
    var currency = place[2];
    var json = new JsonObject().put("day", place[1]).put("currency", currency);
    var figures = sum.document();
    if (place.length > 3) {
      json.put("productId", place[3]).put("title", figures.getString("title"));
    } else {
      json.put("refunds", money(figures, "refunds", currency))
          .put("losses", money(figures, "losses", currency));
    }
    return json.put("orders", figures.getLong("orders", 0L))
        .put("units", figures.getLong("units", 0L))
        .put("returned", figures.getLong("returned", 0L))
        .put("revenue", money(figures, "revenue", currency));
  }

  private static Object money(JsonObject figures, String field, String currency) {
    return new Money(figures.getLong(field, 0L), currency).decimal();
  }

  private static LocalDate day(RoutingContext ctx, String parameter, LocalDate otherwise) {
    var text = Api.query(ctx, parameter);
    try {
      return text == null || text.isEmpty() ? otherwise : LocalDate.parse(text);
    } catch (DateTimeParseException malformed) {
      throw Problem.invalid(List.of(new Wrong(parameter, "is not a day such as 2026-03-01")));
    }
  }
}
