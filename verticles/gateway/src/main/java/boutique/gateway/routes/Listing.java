package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A list, page by page: one more entry is read than shown, so that the end is known to be one. */
record Listing(ViewReader view) {
  /** The entries under a prefix from the highest key down; an entry may be none to be shown. */
  Future<Answer> newestFirst(
      RoutingContext ctx, String prefix, Function<Entry, @Nullable JsonObject> form) {
    return read(
        ctx,
        prefix,
        true,
        shown ->
            Future.succeededFuture(
                shown.stream().flatMap(one -> Stream.ofNullable(form.apply(one))).toList()));
  }

  /** The same, where others have to be asked what there is to be shown. */
  Future<Answer> newestFirstOf(
      RoutingContext ctx, Function<List<Entry>, Future<List<JsonObject>>> form) {
    return read(ctx, "", true, form);
  }

  /** From the lowest key up. */
  Future<Answer> inOrderOf(
      RoutingContext ctx, String prefix, Function<List<Entry>, Future<List<JsonObject>>> form) {
    return read(ctx, prefix, false, form);
  }

  private Future<Answer> read(
      RoutingContext ctx,
      String prefix,
      boolean backwards,
      Function<List<Entry>, Future<List<JsonObject>>> form) {
    var limit = Api.limit(ctx);
    var cursor = Api.cursor(ctx);
    var after = cursor == null ? null : prefix + cursor;
    return view.scan(new Page(prefix, after, backwards, limit + 1))
        .compose(entries -> {
          var shown = entries.subList(0, Math.min(limit, entries.size()));
          var next = Api.next(entries, limit, one -> one.key().substring(prefix.length()));
          return form.apply(shown).map(items -> Answer.ok(Api.page(items, next)));
        });
  }
}
