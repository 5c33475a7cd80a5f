package boutique.gateway.routes;

import boutique.gateway.routes.Api.Seen;
import boutique.gateway.routes.SalesApi.Sold;
import boutique.language.inventory.AuditFace;
import boutique.language.inventory.SaleFace;
import boutique.language.inventory.SaleFace.Turn;
import boutique.language.inventory.StockFace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Books, flash sales and audits as the contract writes them. */
final class StockJson {
  private StockJson() {}

  /** For those whose business the books are. */
  static JsonObject of(Seen<StockFace> seen) {
    var face = seen.face();
    var locations =
        face.shelves().stream()
            .map(shelf ->
                new JsonObject()
                    .put("location", shelf.location())
                    .put("available", shelf.available()))
            .toList();
    return new JsonObject()
        .put("id", face.product().value())
        .put("productId", face.product().value())
        .put("userId", face.seller().value())
        .put("policy", face.policy().wireName())
        .put("threshold", face.threshold())
        .put("low", face.low())
        .put("received", face.received())
        .put("available", face.available())
        .put("reserved", face.reserved())
        .put("allocated", face.allocated())
        .put("sold", face.sold())
        .put("writtenOff", face.writtenOff())
        .put("locations", locations)
        .put("sale", face.sale() == null ? null : ofSeller(face.sale()))
        .put("version", seen.version());
  }

  /** For shoppers; for one who asks, with where they stand. */
  static JsonObject of(Sold sold) {
    var sale = sold.sale();
    var json =
        terms(sale)
            .put("productId", sold.product().value())
            .put("quantity", sold.left())
            .put("soldOut", sale.soldOut())
            .put("head", sale.head())
            .put("waiting", sale.waiting())
            .put("gone", sale.gone())
            .put("left", sale.left())
            .put("version", sold.version());
    return sale.turn() == null ? json : json.put("mine", turn(sale.turn()));
  }

  /**
   * What an auditor has found.
   *
   * @param findings what is told of it to who asks
   */
  static JsonObject audit(AuditFace face, List<String> findings) {
    return new JsonObject()
        .put("productId", face.product().value())
        .put("events", face.events())
        .put("received", face.received())
        .put("available", face.available())
        .put("reserved", face.reserved())
        .put("allocated", face.allocated())
        .put("sold", face.sold())
        .put("writtenOff", face.writtenOff())
        .put("tickets", face.line().tickets())
        .put("admitted", face.line().admitted())
        .put("left", face.line().left())
        .put("waiting", face.line().waiting())
        .put("proven", face.violations().isEmpty())
        .put("violations", new JsonArray(findings));
  }

  private static JsonObject ofSeller(SaleFace sale) {
    return terms(sale)
        .put("tickets", sale.tickets())
        .put("waiting", sale.waiting())
        .put("admitted", sale.admitted())
        .put("left", sale.left());
  }

  private static JsonObject terms(SaleFace sale) {
    return new JsonObject()
        .put("perCustomer", sale.perCustomer())
        .put("windowSeconds", sale.window().toSeconds());
  }

  private static JsonObject turn(Turn turn) {
    var until = turn.until();
    return new JsonObject()
        .put("ticket", turn.ticket())
        .put("place", turn.place())
        .put("quantity", turn.kept())
        .put("until", until == null ? null : until.toString())
        .put("remaining", turn.remaining());
  }
}
