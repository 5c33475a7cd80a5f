package boutique.backends.distributed;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * As much of Stripe as we speak with, over HTTP: keys and the answers that are kept for them,
 * intents, refunds - and what it does on a bad day, as the script says.
 */
final class FakeStripe implements AutoCloseable {
  private static final long LEAST = 50;
  private static final long MOST = 99_999_999;

  /** What becomes of the next question that wants to change something. */
  enum Fault {
    SILENT_AFTER_DOING_IT,
    FAILS,
    FAILS_AFTER_DOING_IT,
    TOO_MANY,
    IN_USE
  }

  final AtomicBoolean unreadable = new AtomicBoolean();

  /** While there is too much at a time, nothing is done for anybody. */
  final AtomicBoolean busy = new AtomicBoolean();

  /** The status with which it refuses the key of whoever asks; 0 where it does not. */
  final AtomicInteger refuses = new AtomicInteger();

  /** When to come back, as it says; empty where it does not. */
  final AtomicReference<String> retryAfter = new AtomicReference<>("");

  final ConcurrentLinkedQueue<Fault> script = new ConcurrentLinkedQueue<>();
  private final Map<String, Kept> kept = new HashMap<>();
  private final List<JsonObject> intents = new ArrayList<>();
  private final List<JsonObject> refunds = new ArrayList<>();
  private final List<JsonObject> disputes = new ArrayList<>();
  private final AtomicReference<String> refundsBegin = new AtomicReference<>("succeeded");
  private final List<JsonObject> customers = new ArrayList<>();
  private final List<JsonObject> methods = new ArrayList<>();
  private final HttpServer server;
  private int number;
  private final AtomicInteger pages = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();

  private record Kept(int status, JsonObject body) {}

  FakeStripe(Vertx vertx) {
    server =
        vertx
            .createHttpServer()
            .requestHandler(request ->
                request
                    .setExpectMultipart(request.method().equals(HttpMethod.POST))
                    .end()
                    .onSuccess(_ -> answer(request, request.formAttributes())))
            .listen(0, "127.0.0.1")
            .await();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** The buyer does what their bank wants: of use only as long as it was not called off. */
  void prove(String id) {
    var intent = intent(id);
    if (!intent.getString("status").equals("canceled")) {
      decide(intent);
    }
  }

  /** The buyer does not, and Stripe would now take another card for it. */
  void doubt(String id) {
    intent(id)
        .put("status", "requires_payment_method")
        .put(
            "last_payment_error",
            new JsonObject().put("code", "payment_intent_authentication_failure"));
  }

  /** Somebody lets go of what is held, at Stripe's own desk, or it lapses. */
  void lapse(String id) {
    intent(id).put("status", "canceled").put("amount_capturable", 0);
  }

  /** What is given back from now on begins so. */
  void refunds(String status) {
    refundsBegin.set(status);
  }

  /** A refund goes on, or back. */
  void refund(String id, String status) {
    var refund =
        refunds.stream().filter(one -> one.getString("id").equals(id)).findFirst().orElseThrow();
    refund.put("status", status);
    if (status.equals("failed")) {
      refund.put("failure_reason", "expired_or_canceled_card");
      var charge = intent(refund.getString("payment_intent")).getJsonObject("latest_charge");
      charge.put("amount_refunded", charge.getLong("amount_refunded") - refund.getLong("amount"));
    }
  }

  /** Somebody gives money back at Stripe's own desk. */
  void desk(String intent, long amount) {
    var form = MultiMap.caseInsensitiveMultiMap();
    form.set("payment_intent", intent).set("amount", String.valueOf(amount));
    refund(form);
  }

  /** A payer calls a charge wrong. */
  void dispute(String intent, String status) {
    disputes.removeIf(one -> one.getString("payment_intent").equals(intent));
    disputes.add(
        new JsonObject()
            .put("id", "dp_" + intent)
            .put("object", "dispute")
            .put("amount", intent(intent).getLong("amount"))
            .put("currency", "usd")
            .put("reason", "fraudulent")
            .put("status", status)
            .put("created", Instant.now().getEpochSecond())
            .put("payment_intent", intent)
            .put("metadata", new JsonObject()));
  }

  /** At its own desk everybody is deleted. */
  void deleteCustomers() {
    List.copyOf(customers).forEach(one -> deleted(one.getString("id")));
  }

  /** Somebody types a card in, on a page of Stripe's. */
  String typed() {
    return method("tok_visa").getString("id");
  }

  /** Charges of other people's. */
  void others(int count, Instant at) {
    for (var n = 0; n < count; n++) {
      intents.add(
          take(
              new JsonObject()
                  .put("id", "pi_" + ++number)
                  .put("object", "payment_intent")
                  .put("amount", 100)
                  .put("currency", "usd")
                  .put("capture_method", "automatic")
                  .put("created", at.getEpochSecond())
                  .put("metadata", new JsonObject())));
    }
  }

  /** Something else of its owner's, of which it does not say what it is. */
  void illegible() {
    synchronized (this) {
      intents.add(
          new JsonObject()
              .put("id", "pi_illegible")
              .put("object", "payment_intent")
              .put("status", "succeeded")
              .put("created", Instant.now().getEpochSecond()));
    }
  }

  /** Something was given back, and is disputed, of which it does not say how much. */
  void illegible(String intent) {
    var now = Instant.now().getEpochSecond();
    refunds.add(
        new JsonObject()
            .put("id", "re_illegible")
            .put("object", "refund")
            .put("status", "succeeded")
            .put("created", now)
            .put("payment_intent", intent));
    disputes.add(
        new JsonObject()
            .put("id", "dp_illegible")
            .put("object", "dispute")
            .put("status", "needs_response")
            .put("created", now)
            .put("payment_intent", intent));
  }

  /** How many pages of intents it was asked for. */
  int pages() {
    return pages.get();
  }

  /** How many questions it has had. */
  int asked() {
    return asked.get();
  }

  private void answer(HttpServerRequest request, MultiMap form) {
    asked.incrementAndGet();
    if (busy.get()) {
      tooMany(request);
      return;
    }
    if (refuses.get() > 0) {
      send(request, error(refuses.get(), "invalid_request_error", "of_the_key"), false);
      return;
    }
    var path = Objects.requireNonNull(request.path()).split("/");
    if (request.method().equals(HttpMethod.DELETE)) {
      send(request, deleted(path[3]), false);
      return;
    }
    if (request.method().equals(HttpMethod.GET)) {
      send(
          request,
          unreadable.get() ? error(500, "api_error", "api_error") : read(path, request),
          false);
      return;
    }
    var key = String.valueOf(request.getHeader("Idempotency-Key"));
    var before = kept.get(key);
    if (before != null) {
      send(request, before, true);
      return;
    }
    var fault = script.poll();
    switch (fault) {
      case null -> send(request, keep(key, () -> write(path, form)), false);
      case SILENT_AFTER_DOING_IT -> keep(key, () -> write(path, form));
      case FAILS -> send(request, keep(key, () -> error(500, "api_error", "api_error")), false);
      case FAILS_AFTER_DOING_IT -> {
        write(path, form);
        send(request, keep(key, () -> error(500, "api_error", "api_error")), false);
      }
      case TOO_MANY -> tooMany(request);
      case IN_USE ->
          send(request, error(409, "idempotency_error", "idempotency_key_in_use"), false);
    }
  }

  private void tooMany(HttpServerRequest request) {
    if (!retryAfter.get().isEmpty()) {
      request.response().putHeader("Retry-After", retryAfter.get());
    }
    send(request, error(429, "invalid_request_error", "rate_limit"), false);
  }

  private Kept keep(String key, Supplier<Kept> work) {
    var done = work.get();
    kept.put(key, done);
    return done;
  }

  private static void send(HttpServerRequest request, Kept answer, boolean again) {
    if (again) {
      request.response().putHeader("Idempotent-Replayed", "true");
    }
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("Content-Type", "application/json")
        .end(answer.body().encode());
  }

  private Kept read(String[] path, HttpServerRequest request) {
    if (path[2].equals("payment_methods") && path.length > 3) {
      return methods.stream()
          .filter(one -> one.getString("id").equals(path[3]))
          .findFirst()
          .map(FakeStripe::ok)
          .orElseGet(() -> error(404, "invalid_request_error", "resource_missing"));
    }
    if (path[2].equals("payment_methods") && isGone(request.getParam("customer"))) {
      return nobody();
    }
    if (path[2].equals("payment_methods")) {
      var of = request.getParam("customer");
      return page(
          request, methods.stream().filter(one -> of.equals(one.getString("customer"))).toList());
    }
    if (path[2].equals("refunds")) {
      return afterwards(request, refunds);
    }
    if (path[2].equals("disputes")) {
      return afterwards(request, disputes);
    }
    if (path.length > 3) {
      return intents.stream()
          .filter(one -> one.getString("id").equals(path[3]))
          .findFirst()
          .map(FakeStripe::ok)
          .orElseGet(() -> error(404, "invalid_request_error", "resource_missing"));
    }
    pages.incrementAndGet();
    var from = Long.parseLong(request.getParam("created[gte]", "0"));
    var to = Long.parseLong(request.getParam("created[lte]", String.valueOf(Long.MAX_VALUE)));
    return page(
        request,
        intents.reversed().stream()
            .filter(one -> one.getLong("created") >= from && one.getLong("created") <= to)
            .toList());
  }

  /** Of one intent, or of all since a moment; with the intent, where that is wanted. */
  private Kept afterwards(HttpServerRequest request, List<JsonObject> all) {
    var of = request.getParam("payment_intent");
    var from = Long.parseLong(request.getParam("created[gte]", "0"));
    var whole = request.params().entries().stream().anyMatch(FakeStripe::isWhole);
    return page(
        request,
        all.reversed().stream()
            .filter(one -> of == null || one.getString("payment_intent").equals(of))
            .filter(one -> one.getLong("created") >= from)
            .map(one ->
                whole
                    ? one.copy().put("payment_intent", intent(one.getString("payment_intent")))
                    : one)
            .toList());
  }

  private static boolean isWhole(Map.Entry<String, String> param) {
    return param.getKey().startsWith("expand") && param.getValue().equals("data.payment_intent");
  }

  private Kept write(String[] path, MultiMap form) {
    if (path[2].equals("refunds")) {
      return refund(form);
    }
    if (path[2].equals("customers")) {
      var customer = new JsonObject().put("id", "cus_" + ++number).put("object", "customer");
      customers.add(customer);
      return ok(customer);
    }
    if (path[2].equals("payment_methods")) {
      return path.length == 3
          ? ok(method(said(form, "card[token]")))
          : path[4].equals("attach") ? attach(path[3], said(form, "customer")) : detach(path[3]);
    }
    return path.length == 3 ? create(form) : change(intent(path[3]), path[4]);
  }

  private boolean isGone(@Nullable String customer) {
    return customer != null
        && customers.stream().noneMatch(one -> one.getString("id").equals(customer));
  }

  private static Kept nobody() {
    var error = error(400, "invalid_request_error", "resource_missing").body();
    error.getJsonObject("error").put("param", "customer");
    return new Kept(400, error);
  }

  private Kept create(MultiMap form) {
    if (isGone(form.get("customer"))) {
      return nobody();
    }
    var amount = Long.parseLong(said(form, "amount"));
    if (amount < LEAST || amount > MOST) {
      return error(
          400, "invalid_request_error", "amount_too_" + (amount < LEAST ? "small" : "large"));
    }
    var method =
        said(
            form,
            form.contains("payment_method")
                ? "payment_method"
                : "payment_method_data[card][token]");
    var left = methods.stream().filter(one -> one.getString("id").equals(method)).findFirst();
    if (left.isPresent()
        && !Objects.equals(left.get().getString("customer"), form.get("customer"))) {
      return error(400, "invalid_request_error", "resource_missing");
    }
    var name = name(left.map(one -> one.getString("method")).orElse(method));
    if (name.equals("nobody") || (left.isEmpty() && StripeWords.isOwned(method))) {
      return error(400, "invalid_request_error", "resource_missing");
    }
    var intent =
        new JsonObject()
            .put("id", "pi_" + ++number)
            .put("object", "payment_intent")
            .put("amount", amount)
            .put("amount_received", 0)
            .put("amount_capturable", 0)
            .put("currency", form.get("currency"))
            .put("capture_method", form.get("capture_method"))
            .put("client_secret", "pi_secret_" + number)
            .put("livemode", false)
            .put("created", Instant.now().getEpochSecond())
            .put("metadata", metadata(form));
    intents.add(intent);
    if (name.startsWith("chargeCustomerFail")) {
      intent.put("status", "requires_payment_method");
      return declined("");
    }
    if (name.startsWith("chargeDeclined")) {
      intent.put("status", "requires_payment_method");
      return declined(name.substring("chargeDeclined".length()));
    }
    if (name.startsWith("threeDSecure")) {
      return ok(intent.put("status", "requires_action"));
    }
    return ok(decide(intent));
  }

  /** What a token or payment method is behind its prefix. */
  private static String name(String method) {
    return method.replaceFirst("^(tok|pm_card)_", "").replaceFirst("^visa_(?=charge)", "");
  }

  private JsonObject method(String token) {
    var name = name(token);
    var brand = name.startsWith("mastercard") ? "mastercard" : "visa";
    var method =
        new JsonObject()
            .put("id", "pm_" + ++number)
            .put("object", "payment_method")
            .put("type", "card")
            .put("method", token)
            .put(
                "card",
                new JsonObject()
                    .put("brand", brand)
                    .put("last4", brand.equals("visa") ? "4242" : "4444")
                    .put("exp_month", 12)
                    .put("exp_year", 2040));
    methods.add(method);
    return method;
  }

  /** A test card is made a method of its own each time. */
  private Kept attach(String id, String customer) {
    if (isGone(customer)) {
      return nobody();
    }
    var method =
        id.startsWith("pm_card_")
            ? Optional.of(method(id))
            : methods.stream().filter(one -> one.getString("id").equals(id)).findFirst();
    var name = method.map(one -> name(one.getString("method"))).orElse("nobody");
    if (name.equals("nobody")) {
      return error(400, "invalid_request_error", "resource_missing");
    }
    return name.startsWith("chargeDeclined")
        ? declined(name.substring("chargeDeclined".length()))
        : ok(method.orElseThrow().put("customer", customer));
  }

  private Kept detach(String id) {
    var method =
        methods.stream().filter(one -> one.getString("id").equals(id)).findFirst().orElseThrow();
    methods.remove(method);
    method.remove("customer");
    return ok(method);
  }

  private Kept deleted(String customer) {
    methods.removeIf(one -> customer.equals(one.getString("customer")));
    return customers.removeIf(one -> one.getString("id").equals(customer))
        ? ok(new JsonObject().put("id", customer).put("object", "customer").put("deleted", true))
        : error(404, "invalid_request_error", "resource_missing");
  }

  private static JsonObject decide(JsonObject intent) {
    return intent.getString("capture_method").equals("manual")
        ? intent
            .put("status", "requires_capture")
            .put("amount_capturable", intent.getLong("amount"))
        : take(intent);
  }

  private static JsonObject take(JsonObject intent) {
    return intent
        .put("status", "succeeded")
        .put("amount_capturable", 0)
        .put("amount_received", intent.getLong("amount"))
        .put(
            "latest_charge",
            new JsonObject()
                .put("id", "ch_" + intent.getString("id"))
                .put("object", "charge")
                .put("amount_refunded", 0));
  }

  private static Kept change(JsonObject intent, String verb) {
    var status = intent.getString("status");
    if (verb.equals("capture") && status.equals("requires_capture")) {
      return ok(take(intent));
    }
    if (verb.equals("cancel") && !status.equals("succeeded") && !status.equals("canceled")) {
      return ok(intent.put("status", "canceled").put("amount_capturable", 0));
    }
    return error(400, "invalid_request_error", "payment_intent_unexpected_state");
  }

  private Kept refund(MultiMap form) {
    var charge = intent(said(form, "payment_intent")).getJsonObject("latest_charge");
    var amount = Long.parseLong(said(form, "amount"));
    var after = charge.getLong("amount_refunded") + amount;
    if (after > intent(said(form, "payment_intent")).getLong("amount_received")) {
      return error(400, "invalid_request_error", "charge_already_refunded");
    }
    charge.put("amount_refunded", after);
    var refund =
        new JsonObject()
            .put("id", "re_" + ++number)
            .put("object", "refund")
            .put("amount", amount)
            .put("currency", "usd")
            .put("status", refundsBegin.get())
            .put("created", Instant.now().getEpochSecond())
            .put("payment_intent", form.get("payment_intent"))
            .put("metadata", metadata(form));
    refunds.add(refund);
    return ok(refund);
  }

  private JsonObject intent(String id) {
    return intents.stream().filter(one -> one.getString("id").equals(id)).findFirst().orElseThrow();
  }

  private static String said(MultiMap form, String field) {
    return Objects.requireNonNull(form.get(field), field);
  }

  private static JsonObject metadata(MultiMap form) {
    var metadata = new JsonObject();
    form.forEach((name, value) -> {
      if (name.startsWith("metadata[")) {
        metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
      }
    });
    return metadata;
  }

  /** From behind the one that was the last of the page before. */
  private static Kept page(HttpServerRequest request, List<JsonObject> all) {
    var after = request.getParam("starting_after", "");
    var from = 0;
    while (!after.isEmpty() && from < all.size()) {
      if (all.get(from++).getString("id").equals(after)) {
        break;
      }
    }
    var to = Math.min(all.size(), from + Integer.parseInt(request.getParam("limit", "10")));
    return ok(
        new JsonObject()
            .put("object", "list")
            .put("has_more", to < all.size())
            .put("data", new JsonArray(List.copyOf(all.subList(from, to)))));
  }

  private static Kept ok(JsonObject body) {
    return new Kept(200, body.copy());
  }

  private static Kept declined(String kind) {
    var code = kind.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    var error = error(402, "card_error", "card_declined").body().getJsonObject("error");
    error.put("decline_code", code.isEmpty() ? "generic_decline" : code);
    return new Kept(402, new JsonObject().put("error", error));
  }

  private static Kept error(int status, String type, String code) {
    return new Kept(
        status,
        new JsonObject()
            .put(
                "error",
                new JsonObject().put("type", type).put("code", code).put("message", code)));
  }

  @Override
  public void close() {
    server.close().await();
  }
}
