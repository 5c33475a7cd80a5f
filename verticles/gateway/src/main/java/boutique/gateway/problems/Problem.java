package boutique.gateway.problems;

import static java.util.Map.entry;

import boutique.language.Reply.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Why a request was not done, as RFC 9457 writes it, with a code that programs can rely on. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          entry(400, "Bad request"),
          entry(401, "Sign in first"),
          entry(402, "Not paid"),
          entry(403, "Not allowed"),
          entry(404, "Not found"),
          entry(405, "Not here"),
          entry(406, "Not in that form"),
          entry(408, "Too slow"),
          entry(409, "Not possible now"),
          entry(410, "Gone"),
          entry(412, "Changed meanwhile"),
          entry(413, "Too large"),
          entry(414, "Too long"),
          entry(415, "Not JSON"),
          entry(417, "Not expected"),
          entry(422, "Not valid"),
          entry(428, "Say what you have seen"),
          entry(429, "Too many requests"),
          entry(431, "Too many headers"),
          entry(500, "Failed"),
          entry(503, "Try again soon"));

  /** Codes of refusals that say more than that it is not possible now. */
  private static final Map<String, Integer> STATUSES =
      Map.ofEntries(
          entry("cart.mixed-currency", 422),
          entry("credentials.wrong", 401),
          entry("idempotency.mismatch", 422),
          entry("order.empty", 422),
          entry("order.mixed-currency", 422),
          entry("password.unreadable", 422),
          entry("password.wrong", 403),
          entry("payment.amount-too-large", 422),
          entry("payment.amount-too-small", 422),
          entry("payment.declined", 402),
          entry("payment.method-unknown", 422),
          entry("payment.refund-amount", 422),
          entry("payment.refund-currency", 422),
          entry("payment.refund-too-much", 422),
          entry("payment.unavailable", 503),
          entry("product.not-found", 422),
          entry("rate.limited", 429),
          entry("reset.invalid", 422),
          entry("session.over", 401),
          entry("voucher.excluded", 422),
          entry("voucher.inapplicable", 422),
          entry("voucher.invalid", 422),
          entry("voucher.minimum", 422),
          entry("voucher.used", 422),
          entry("version.stale", 412));

  private final int status;
  private final String code;
  private final transient List<Wrong> errors;
  private final transient Map<String, String> facts;

  private Problem(
      int status, String code, String detail, List<Wrong> errors, Map<String, String> facts) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.facts = facts;
  }

  /** What is wrong with which field. */
  public record Wrong(String field, String message) {}

  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, List.of(), Map.of());
  }

  public static Problem invalid(List<Wrong> errors) {
    var first = errors.getFirst();
    return new Problem(
        400, "request.invalid", first.field() + ": " + first.message(), errors, Map.of());
  }

  public static Problem notFound(String what) {
    return of(404, what + ".not-found", "There is no such " + what + ".");
  }

  public static Problem refused(Refused because) {
    var status =
        STATUSES.getOrDefault(because.code(), because.code().endsWith(".not-found") ? 404 : 409);
    return new Problem(status, because.code(), because.detail(), List.of(), because.facts());
  }

  public int status() {
    return status;
  }

  /** Whether it may be otherwise in a moment. */
  boolean passes() {
    return status == 503 || status == 429 || code.equals("idempotency.in-progress");
  }

  public JsonObject json() {
    var json =
        new JsonObject()
            .put("type", "urn:boutique:problem:" + code)
            .put("title", TITLES.getOrDefault(status, "Failed"))
            .put("status", status)
            .put("detail", getMessage())
            .put("code", code);
    facts.forEach(json::put);
    if (!errors.isEmpty()) {
      var list = new JsonArray();
      errors.forEach(wrong ->
          list.add(new JsonObject().put("field", wrong.field()).put("message", wrong.message())));
      json.put("errors", list);
    }
    return json;
  }
}
