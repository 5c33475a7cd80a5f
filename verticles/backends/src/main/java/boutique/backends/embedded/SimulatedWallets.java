package boutique.backends.embedded;

import boutique.backends.InTurn;
import boutique.kernel.payment.Wallets;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** Wallets of test cards, beside the simulated provider's books. One wallet changes in turn. */
public final class SimulatedWallets implements Wallets {
  private static final String CARDS = "simulated.wallets";

  private final Views views;
  private final InTurn wallets = new InTurn();

  public SimulatedWallets(Views views) {
    this.views = views;
  }

  @Override
  public Future<Keeping> keep(String owner, String method) {
    return wallets.behind(
        owner,
        () ->
            views
                .get(CARDS, key(owner, method))
                .compose(known ->
                    known == null
                        ? keep(owner, method, TestCard.of(method))
                        : Future.succeededFuture(new Kept(card(method, known)))));
  }

  private Future<Keeping> keep(String owner, String method, TestCard card) {
    if (!card.isKept()) {
      return Future.succeededFuture(new Refused(card.denial()));
    }
    return entries(owner)
        .compose(all -> {
          if (all.size() >= MOST) {
            return Future.succeededFuture(new Full());
          }
          var id = "pm_" + UUID.randomUUID().toString().replace("-", "");
          var document = new JsonObject().put("method", method);
          return views
              .write(List.<Change>of(new Put(CARDS, key(owner, id), document)))
              .map(new Kept(card(id, document)));
        });
  }

  @Override
  public Future<List<Card>> of(String owner) {
    return entries(owner)
        .map(all ->
            all.stream()
                .map(
                    entry -> card(entry.key().substring(key(owner, "").length()), entry.document()))
                .toList());
  }

  @Override
  public Future<Boolean> drop(String owner, String id) {
    return wallets.behind(
        owner,
        () ->
            views
                .get(CARDS, key(owner, id))
                .compose(known ->
                    known == null
                        ? Future.succeededFuture(false)
                        : views
                            .write(List.<Change>of(new Delete(CARDS, key(owner, id))))
                            .map(true)));
  }

  @Override
  public Future<Void> forget(String owner) {
    return wallets.behind(owner, () -> forgotten(owner));
  }

  /** Until there is none, however many there are. */
  private Future<Void> forgotten(String owner) {
    return entries(owner)
        .compose(some ->
            some.isEmpty()
                ? Future.succeededFuture()
                : views
                    .write(
                        some.stream().<Change>map(entry -> new Delete(CARDS, entry.key())).toList())
                    .compose(_ -> forgotten(owner)));
  }

  /** The test card behind one of somebody's; what is not theirs is itself, and may be none. */
  static Future<TestCard> card(Views views, String owner, String method) {
    return views
        .get(CARDS, key(owner, method))
        .map(known -> TestCard.of(known == null ? method : known.getString("method")));
  }

  private Future<List<Entry>> entries(String owner) {
    return views.scan(CARDS, Page.first(key(owner, ""), MOST));
  }

  private static Card card(String id, JsonObject document) {
    var card = TestCard.of(document.getString("method"));
    return new Card(id, card.brand(), card.last4(), 12, 2040);
  }

  private static String key(String owner, String id) {
    return owner + "/" + id;
  }
}
