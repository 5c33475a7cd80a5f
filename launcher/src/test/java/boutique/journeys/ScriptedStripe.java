package boutique.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A Stripe that has a bad day, and whose books are right nevertheless: it keeps its answers by
 * their keys, as the real one does, and on the way to them and back befalls what a seed says. It
 * tells of what has happened by its messages, some of them before it answers.
 */
final class ScriptedStripe implements AutoCloseable {
  /** Longer than anybody waits for an answer. */
  private static final Duration SILENCE = Duration.ofSeconds(12);

  /** So late at most comes to light what was said to have failed. */
  private static final Duration LATEST = Duration.ofSeconds(3);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Random random;
  private final Courier courier;
  private final Map<String, Kept> kept = new HashMap<>();
  private final Map<String, ObjectNode> intents = new LinkedHashMap<>();
  private final List<ObjectNode> refunds = new ArrayList<>();
  private final Map<Fault, AtomicInteger> befallen = new TreeMap<>();

  /** What is still to come, however few questions there are: each once. */
  private final List<Fault> due = new ArrayList<>(List.of(Fault.values()));

  private final AtomicReference<Death> death = new AtomicReference<>(Death.NONE);
  private volatile boolean well;
  private int number;

  /** What befalls a question that wants to change something. */
  enum Fault {
    NONE(75),
    SILENT_AFTER_DOING_IT(1),
    CUT_OFF_AFTER_DOING_IT(4),
    CUT_OFF_BEFORE(3),
    FAILS(3),
    FAILS_AFTER_DOING_IT(3),
    FAILS_BEFORE_DOING_IT(3),
    TOO_MANY(3),
    TOO_MANY_FOR_A_SECOND(1),
    STILL_AT_IT(4);

    private final int inHundred;

    Fault(int inHundred) {
      this.inHundred = inHundred;
    }

    static Fault of(int hundredth) {
      var left = hundredth;
      for (var fault : values()) {
        left -= fault.inHundred;
        if (left < 0) {
          return fault;
        }
      }
      return NONE;
    }
  }

  private record Kept(int status, JsonNode body) {}

  /** Who dies when so much more was done here, and nobody has heard of it. */
  private record Death(AtomicInteger left, Runnable blow) {
    static final Death NONE = new Death(new AtomicInteger(), () -> {});
  }

  /** Money that was taken for a payment. */
  record Taken(String reference, String payment, long amount, long returned) {}

  ScriptedStripe(String secret, Random random) {
    this.random = random;
    Collections.shuffle(due, random);
    this.courier = new Courier(secret, new Random(random.nextLong()));
    Stream.of(Fault.values()).forEach(fault -> befallen.put(fault, new AtomicInteger()));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(threads);
    server.createContext("/v1/", this::hear);
    server.start();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Courier courier() {
    return courier;
  }

  /** Somebody dies, after so much more was done here and before they are told of the last of it. */
  void diesAfter(int more, Runnable blow) {
    death.set(new Death(new AtomicInteger(more), blow));
  }

  /** From here on nothing befalls anybody. */
  void recovers() {
    well = true;
  }

  Map<Fault, AtomicInteger> befallen() {
    return befallen;
  }

  synchronized List<Taken> taken() {
    return intents.values().stream()
        .filter(intent -> intent.get("amount_received").asLong() > 0)
        .map(intent ->
            new Taken(
                intent.get("id").asText(),
                intent.at("/metadata/payment").asText(),
                intent.get("amount_received").asLong(),
                intent.at("/latest_charge/amount_refunded").asLong()))
        .toList();
  }

  private void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      var form = TinyStripe.form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      var path = exchange.getRequestURI().getPath().split("/");
      if (exchange.getRequestMethod().equals("GET")) {
        if (!isUnlucky(3)) {
          send(exchange, read(path, query(exchange)));
        }
        return;
      }
      change(exchange, path, form);
    }
  }

  private void change(HttpExchange exchange, String[] path, Map<String, String> form)
      throws IOException {
    var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    var before = before(key);
    if (before != null) {
      exchange.getResponseHeaders().add("Idempotent-Replayed", "true");
      send(exchange, before);
      return;
    }
    var fault = befalls();
    switch (fault) {
      case NONE -> send(exchange, done(key, path, form));
      case SILENT_AFTER_DOING_IT -> {
        done(key, path, form);
        isClosedWithin(SILENCE);
      }
      case CUT_OFF_AFTER_DOING_IT -> done(key, path, form);
      case CUT_OFF_BEFORE -> {}
      case FAILS -> send(exchange, keep(key, error(500, "api_error")));
      case FAILS_AFTER_DOING_IT -> {
        done(null, path, form);
        send(exchange, keep(key, error(500, "api_error")));
      }
      case FAILS_BEFORE_DOING_IT -> {
        var late = late();
        send(exchange, keep(key, error(500, "api_error")));
        if (!isClosedWithin(late)) {
          done(null, path, form);
        }
      }
      case TOO_MANY -> send(exchange, error(429, "rate_limit"));
      case TOO_MANY_FOR_A_SECOND -> {
        exchange.getResponseHeaders().add("Retry-After", "1");
        send(exchange, error(429, "rate_limit"));
      }
      case STILL_AT_IT -> {
        send(exchange, error(409, "idempotency_key_in_use"));
        done(key, path, form);
      }
    }
  }

  private synchronized Fault befalls() {
    var fault =
        well ? Fault.NONE : due.isEmpty() ? Fault.of(random.nextInt(100)) : due.removeLast();
    befallen.get(fault).incrementAndGet();
    return fault;
  }

  private synchronized Duration late() {
    return Duration.ofMillis(1 + random.nextLong(LATEST.toMillis()));
  }

  private synchronized boolean isUnlucky(int inHundred) {
    return !well && random.nextInt(100) < inHundred;
  }

  /** Done, kept under its key and told of - or not told of any more. */
  private Kept done(String key, String[] path, Map<String, String> form) {
    var done = new ArrayList<ObjectNode>();
    var answer = doneOnce(key, path, form, done);
    var mine = death.get();
    if (mine.left().decrementAndGet() == 0) {
      mine.blow().run();
    }
    done.forEach(courier::tells);
    return answer;
  }

  private synchronized Kept doneOnce(
      String key, String[] path, Map<String, String> form, List<ObjectNode> events) {
    var before = before(key);
    if (before != null) { // somebody else with the same key was faster
      return before;
    }
    var answer =
        path[2].equals("refunds")
            ? refund(form, events)
            : path.length == 3
                ? intent(form, events)
                : settled(intents.get(path[3]), path[4], events);
    return keep(key, answer);
  }

  private synchronized Kept before(String key) {
    return kept.get(key);
  }

  private synchronized Kept keep(String key, Kept answer) {
    if (key != null) {
      kept.putIfAbsent(key, answer);
    }
    return answer;
  }

  private synchronized Kept read(String[] path, Map<String, String> query) {
    if (path.length > 3) {
      var intent = intents.get(path[3]);
      return intent == null ? error(404, "resource_missing") : ok(intent);
    }
    return switch (path[2]) {
      case "refunds" -> page(between(refunds, query).map(this::whole).toList(), query);
      case "disputes" -> page(List.of(), query);
      default -> page(between(List.copyOf(intents.values()), query).toList(), query);
    };
  }

  /** The newest first; of one intent, or of all. */
  private static Stream<ObjectNode> between(List<ObjectNode> all, Map<String, String> query) {
    var from = Long.parseLong(query.getOrDefault("created[gte]", "0"));
    var to = Long.parseLong(query.getOrDefault("created[lte]", "" + Long.MAX_VALUE));
    var of = query.get("payment_intent");
    return all.reversed().stream()
        .filter(one -> one.get("created").asLong() >= from && one.get("created").asLong() <= to)
        .filter(one -> of == null || of.equals(one.get("payment_intent").asText()));
  }

  /** Together with its intent, which is always wanted. */
  private ObjectNode whole(ObjectNode refund) {
    ObjectNode whole = refund.deepCopy();
    whole.set("payment_intent", intents.get(refund.get("payment_intent").asText()));
    return whole;
  }

  private Kept intent(Map<String, String> form, List<ObjectNode> events) {
    var intent =
        object("payment_intent")
            .put("id", "pi_" + ++number)
            .put("amount", Long.parseLong(form.getOrDefault("amount", "0")))
            .put("amount_received", 0)
            .put("amount_capturable", 0)
            .put("currency", form.getOrDefault("currency", ""))
            .put("livemode", false)
            .put("created", Instant.now().getEpochSecond());
    intent.set("metadata", metadata(form));
    intents.put(intent.get("id").asText(), intent);
    if (form.getOrDefault("capture_method", "").equals("manual")) {
      intent.put("status", "requires_capture").set("amount_capturable", intent.get("amount"));
      events.add(event("payment_intent.amount_capturable_updated", intent));
    } else {
      take(intent, events);
    }
    return ok(intent);
  }

  private Kept settled(ObjectNode intent, String verb, List<ObjectNode> events) {
    var status = intent.get("status").asText();
    if (verb.equals("capture") && status.equals("requires_capture")) {
      take(intent, events);
      return ok(intent);
    }
    if (verb.equals("cancel") && status.equals("requires_capture")) {
      intent.put("status", "canceled").put("amount_capturable", 0);
      events.add(event("payment_intent.canceled", intent));
      return ok(intent);
    }
    return error(400, "payment_intent_unexpected_state");
  }

  private void take(ObjectNode intent, List<ObjectNode> events) {
    intent
        .put("status", "succeeded")
        .put("amount_capturable", 0)
        .set("amount_received", intent.get("amount"));
    intent
        .putObject("latest_charge")
        .put("id", "ch_" + intent.get("id").asText())
        .put("object", "charge")
        .put("amount_refunded", 0);
    events.add(event("payment_intent.succeeded", intent));
  }

  private Kept refund(Map<String, String> form, List<ObjectNode> events) {
    var intent = intents.get(form.get("payment_intent"));
    var charge = (ObjectNode) intent.get("latest_charge");
    var amount = Long.parseLong(form.getOrDefault("amount", "0"));
    var after = charge.get("amount_refunded").asLong() + amount;
    if (after > intent.get("amount_received").asLong()) {
      return error(400, "charge_already_refunded");
    }
    charge.put("amount_refunded", after);
    var refund =
        object("refund")
            .put("id", "re_" + ++number)
            .put("amount", amount)
            .put("currency", intent.get("currency").asText())
            .put("status", "succeeded")
            .put("created", Instant.now().getEpochSecond())
            .put("payment_intent", intent.get("id").asText());
    refund.set("metadata", metadata(form));
    refunds.add(refund);
    events.add(event("refund.created", refund));
    return ok(refund);
  }

  private ObjectNode event(String type, ObjectNode about) {
    var event = object("event").put("id", "evt_" + ++number).put("type", type);
    event.put("livemode", false).putObject("data").set("object", about.deepCopy());
    return event;
  }

  private static Kept page(List<ObjectNode> all, Map<String, String> query) {
    var after = query.getOrDefault("starting_after", "");
    var from = 0;
    while (!after.isEmpty() && from < all.size()) {
      if (all.get(from++).get("id").asText().equals(after)) {
        break;
      }
    }
    var to = Math.min(all.size(), from + Integer.parseInt(query.getOrDefault("limit", "10")));
    var list = object("list").put("has_more", to < all.size());
    list.putArray("data").addAll(all.subList(from, to));
    return ok(list);
  }

  private static ObjectNode metadata(Map<String, String> form) {
    var metadata = JsonNodeFactory.instance.objectNode();
    form.forEach((name, value) -> {
      if (name.startsWith("metadata[")) {
        metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
      }
    });
    return metadata;
  }

  private static Kept ok(JsonNode body) {
    return new Kept(200, body.deepCopy());
  }

  private static Kept error(int status, String code) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("type", status == 500 ? "api_error" : "invalid_request_error")
        .put("code", code)
        .put("message", code);
    return new Kept(status, body);
  }

  private static ObjectNode object(String kind) {
    return JsonNodeFactory.instance.objectNode().put("object", kind);
  }

  private static void send(HttpExchange exchange, Kept answer) throws IOException {
    var body = answer.body().toString().getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().close();
  }

  private static Map<String, String> query(HttpExchange exchange) {
    var query = exchange.getRequestURI().getRawQuery();
    return TinyStripe.form(query == null ? "" : query);
  }

  /** Silence is over when everything is. */
  private boolean isClosedWithin(Duration span) {
    try {
      return closed.await(span.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    courier.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
