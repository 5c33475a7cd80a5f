package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody may own, for every kind of thing that the contract names by its id. A route that
 * names something which is not here is one that nobody has shown to be safe.
 */
enum Belongings {
  ORDER("/api/orders/{id}"),
  ORDER_LINE("/api/orders/{id}/items/{itemId}"),
  PAYMENT("/api/payments/{id}"),
  PAYMENT_METHOD("/api/payments/stripe/payment-method/{id}"),
  PRODUCT("/api/products/{id}"),
  STOCK("/api/inventory/{id}"),
  STOCK_OF_PRODUCT("/api/inventory/product/{productId}"),
  SALE("/api/products/{id}/sale"),
  TICKET("/api/tickets/{productId}"),
  ADDRESS("/api/users/addresses/{id}"),
  ACCOUNT("/api/users/{id}"),
  CART_VOUCHER("/api/cart/vouchers/{code}"),
  CART_LINE("/api/cart/items/{productId}"),
  SAGA("/api/ops/sagas/{id}"),
  VIEW("/api/ops/views/{name}"),
  DISCREPANCY("/api/ops/payments/discrepancies/{id}"),
  VOUCHER("/api/discounts/{code}");

  private static final String BESIDE = "~";

  private final String place;

  Belongings(String place) {
    this.place = place;
  }

  /** The kind of thing that an operation is about. */
  static Belongings namedBy(Operation operation) {
    return Stream.of(values())
        .filter(kind -> operation.path().startsWith(kind.place))
        .max(Comparator.comparingInt(kind -> kind.place.length()))
        .orElseThrow(() ->
            new AssertionError(
                operation + " names something that Belongings does not know: add it there"));
  }

  /** A new one of theirs; its id. */
  String newOf(Shopper owner, OpenApi api) {
    return switch (this) {
      case VIEW -> "order-list";
      case DISCREPANCY -> disputed(owner);
      case ORDER, SAGA -> numbered(owner, Map.of(owner.offers("Vase", "38", 9), 1L));
      case ORDER_LINE -> orderLine(owner);
      case PAYMENT -> opened(owner, created(owner.orders(owner.offers("Bowl", "28", 9), 1)));
      case PAYMENT_METHOD -> left(owner);
      case PRODUCT, STOCK, STOCK_OF_PRODUCT -> owner.offers("Lamp", "40", 9);
      case SALE -> onSale(owner);
      case TICKET -> waitedFor(owner, onSale(owner));
      case ADDRESS -> created(owner, api, "/api/users/addresses");
      case ACCOUNT -> owner.id();
      case CART_VOUCHER -> onCart(owner, "CART-" + owner.offers("Cup", "9", 9).substring(24));
      case CART_LINE -> inCart(owner, owner.offers("Rug", "99", 9));
      case VOUCHER -> voucher(owner, "TEN" + System.nanoTime());
    };
  }

  /** How its owner sees it: itself, or the nearest that it is in and that may be looked at. */
  String shown(Shopper owner, OpenApi api, String id) {
    return Stream.iterate(
            place, path -> !path.isEmpty(), path -> path.substring(0, path.lastIndexOf('/')))
        .filter(path ->
            api.operations().stream()
                .anyMatch(one -> one.reads() && one.role().isEmpty() && one.path().equals(path)))
        .findFirst()
        .map(path -> owner.get(path(path, id)).json(200).toString())
        .orElse("");
  }

  /** The path to a thing that is known by one id, or by several, as a line of an order is. */
  static String path(String template, String id) {
    var path = template;
    for (var part : id.split(BESIDE)) {
      path = path.replaceFirst("\\{[^}]+}", part);
    }
    return path.replaceAll("\\{[^}]+}", id.split(BESIDE)[0]);
  }

  /** Whether only operators make such a thing. */
  boolean isOperators() {
    return this == VOUCHER;
  }

  private static String orderLine(Shopper owner) {
    var vase = owner.offers("Vase", "38", 9);
    var mug = owner.offers("Mug", "9", 9);
    return numbered(owner, Map.of(vase, 2L, mug, 2L)) + BESIDE + mug;
  }

  private static String numbered(Shopper owner, Map<String, Long> quantities) {
    return owner.numbered(owner.orders(quantities).json(201)).get("id").asText();
  }

  private static String voucher(Shopper operator, String code) {
    var voucher = JsonNodeFactory.instance.objectNode().put("code", code).put("percent", 10);
    operator.post("/api/discounts", voucher).json(201);
    return code;
  }

  private static String onCart(Shopper owner, String code) {
    var operator = owner.another();
    operator.post("/api/users/signin", Shopper.credentials("operator@example.com")).json(200);
    var voucher = JsonNodeFactory.instance.objectNode().put("code", code);
    operator.post("/api/discounts", voucher.deepCopy().put("percent", 10)).json(201);
    owner.post("/api/cart/vouchers", voucher).json(200);
    return code.toUpperCase(Locale.ROOT);
  }

  private static String onSale(Shopper owner) {
    var product = owner.offers("Clock", "80", 1);
    owner.opensSale(product, 1).json(200);
    return product;
  }

  private static String waitedFor(Shopper owner, String product) {
    owner.takesTicket(product, 1).json(200);
    return product;
  }

  private static String opened(Shopper owner, String order) {
    var payment = JsonNodeFactory.instance.objectNode().put("orderId", order);
    return created(owner.post("/api/payments", payment));
  }

  /** Paid with a card whose holder does not want to have done that, as the reconciler finds. */
  private static String disputed(Shopper owner) {
    var order = created(owner.orders(owner.offers("Jug", "31", 9), 1));
    var payment =
        JsonNodeFactory.instance
            .objectNode()
            .put("orderId", order)
            .put("token", "tok_createDispute");
    owner.post("/api/payments", payment).json(201);
    var operator = owner.another();
    operator.post("/api/users/signin", Shopper.credentials("operator@example.com")).json(200);
    return await()
        .until(() -> Reconciliation.listed(operator, "disputed." + order), Optional::isPresent)
        .orElseThrow();
  }

  private static String left(Shopper owner) {
    var card = JsonNodeFactory.instance.objectNode().put("token", "tok_visa");
    return created(owner.post("/api/payments/stripe/payment-method", card));
  }

  private static String inCart(Shopper owner, String product) {
    var item = JsonNodeFactory.instance.objectNode().put("productId", product).put("quantity", 1);
    assertThat(owner.post("/api/cart/items", item).status()).isIn(200, 201);
    return product;
  }

  private static String created(Shopper owner, OpenApi api, String path) {
    var operation =
        api.operations().stream()
            .filter(one -> one.method().equals("POST") && one.path().equals(path))
            .findFirst()
            .orElseThrow();
    return created(owner.post(path, new Examples(api, Map.of()).of(operation.body())));
  }

  private static String created(Answer answer) {
    return answer.json(201).get("id").asText();
  }
}
