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
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * As much of Stripe as a page with its card form needs: customers and the cards that they leave,
 * and intents, of which some want to know who is paying, and some only hold their money.
 */
final class TinyStripe implements AutoCloseable {
  /** A card whose bank asks a question. */
  static final String ASKED = "pm_asked";

  /** A card of which a cent less is taken than was asked for. */
  static final String SHORT = "pm_short";

  private static final String MISSING = "resource_missing";
  private static final String FAILURE = "failure";

  private final HttpServer server;
  private final Map<String, ObjectNode> cards = new LinkedHashMap<>();
  private final Map<String, ObjectNode> intents = new LinkedHashMap<>();
  private final List<ObjectNode> disputes = new ArrayList<>();
  private int customers;
  private boolean fails;
  private boolean keepsCardsBack;

  TinyStripe() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/v1/", this::answer);
    server.start();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The buyer has answered their bank, as far as that is still asking. */
  synchronized void prove() {
    intents.values().stream()
        .filter(intent -> !intent.get("status").asText().equals("canceled"))
        .forEach(TinyStripe::take);
  }

  /** Somebody gives everything back, at the provider's own desk. */
  synchronized void giveBack() {
    intents
        .values()
        .forEach(intent ->
            intent
                .putObject("latest_charge")
                .put("object", "charge")
                .put("id", "ch_of_" + intent.get("id").asText())
                .put("amount_refunded", intent.get("amount_received").asLong()));
  }

  /** Nobody is helped who wants money taken that is held, or let go of. */
  synchronized void fails() {
    fails = true;
  }

  synchronized void recovers() {
    fails = false;
  }

  /** Somebody takes all that is held, at the provider's own desk. */
  synchronized void takeWhatIsHeld() {
    intents.values().stream().filter(TinyStripe::isHeld).forEach(TinyStripe::take);
  }

  /** All that was taken was called wrong by its payers, and their banks agree. */
  synchronized void loseWhatWasTaken() {
    for (var intent : intents.values()) {
      var dispute =
          object("dispute")
              .put("id", "dp_of_" + intent.get("id").asText())
              .put("amount", intent.get("amount_received").asLong())
              .put("currency", intent.get("currency").asText())
              .put("reason", "fraudulent")
              .put("status", "lost")
              .put("created", Instant.now().getEpochSecond());
      dispute.set("payment_intent", intent);
      disputes.add(dispute);
    }
  }

  /** It has never heard of anybody. */
  synchronized void forget() {
    intents.clear();
  }

  /** From now on it does not say which cards were left. */
  synchronized void keepCardsBack() {
    keepsCardsBack = true;
  }

  /** With which cards money was taken. */
  synchronized Stream<String> charged() {
    return intents.values().stream()
        .filter(intent -> intent.get("status").asText().equals("succeeded"))
        .map(intent -> intent.get("payment_method").asText());
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    var form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    var path = exchange.getRequestURI().getPath().split("/");
    var body = body(exchange.getRequestMethod() + " " + path[2], path, form);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status(body), body.toString().getBytes(UTF_8).length);
    exchange.getResponseBody().write(body.toString().getBytes(UTF_8));
    exchange.close();
  }

  private static int status(JsonNode body) {
    return switch (body.at("/error/code").asText()) {
      case "" -> 200;
      case MISSING -> 404;
      case FAILURE -> 500;
      default -> 400;
    };
  }

  private JsonNode body(String question, String[] path, Map<String, String> form) {
    return switch (question) {
      case "POST customers" -> object("customer").put("id", "cus_" + ++customers);
      case "POST payment_methods" -> left(path[3], form.getOrDefault("customer", ""));
      case "GET payment_methods" ->
          path.length > 3
              ? cards.getOrDefault(path[3], object("payment_method").put("id", path[3]))
              : keepsCardsBack ? refused("lock_timeout") : list(cards.values());
      case "POST payment_intents" -> path.length > 4 ? settled(path[3], path[4]) : intent(form);
      case "GET payment_intents" ->
          path.length > 3
              ? intents.getOrDefault(path[3], refused(MISSING))
              : list(intents.values());
      case "GET refunds" -> list(List.of());
      case "GET disputes" -> list(disputes);
      default -> throw new IllegalArgumentException(question);
    };
  }

  private ObjectNode left(String id, String customer) {
    var card = object("payment_method").put("id", id).put("type", "card").put("customer", customer);
    card.putObject("card")
        .put("brand", "visa")
        .put("last4", "4242")
        .put("exp_month", 12)
        .put("exp_year", 2040);
    cards.put(id, card);
    return card;
  }

  private ObjectNode intent(Map<String, String> form) {
    var intent =
        object("payment_intent")
            .put("id", "pi_" + (intents.size() + 1))
            .put("amount", Long.parseLong(form.getOrDefault("amount", "0")))
            .put("amount_received", 0)
            .put("amount_capturable", 0)
            .put("currency", form.getOrDefault("currency", ""))
            .put("client_secret", "a client secret")
            .put("livemode", false)
            .put("created", Instant.now().getEpochSecond())
            .put("payment_method", form.getOrDefault("payment_method", ""));
    intent
        .putObject("metadata")
        .put("key", form.getOrDefault("metadata[key]", ""))
        .put("payment", form.getOrDefault("metadata[payment]", ""));
    intents.put(intent.get("id").asText(), intent);
    if (intent.get("payment_method").asText().equals(ASKED)) {
      return intent.put("status", "requires_action");
    }
    return form.getOrDefault("capture_method", "").equals("manual")
        ? intent
            .put("status", "requires_capture")
            .put("amount_capturable", intent.get("amount").asLong())
        : take(intent);
  }

  private ObjectNode settled(String id, String verb) {
    var intent = intents.get(id);
    if (fails) {
      return refused(FAILURE);
    }
    if (intent == null) {
      return refused(MISSING);
    }
    if (verb.equals("capture") && isHeld(intent)) {
      return take(intent);
    }
    return verb.equals("cancel")
            && (isHeld(intent) || intent.get("status").asText().equals("requires_action"))
        ? intent.put("status", "canceled").put("amount_capturable", 0)
        : refused("payment_intent_unexpected_state");
  }

  private static boolean isHeld(ObjectNode intent) {
    return intent.get("status").asText().equals("requires_capture");
  }

  private static ObjectNode refused(String code) {
    var refused = JsonNodeFactory.instance.objectNode();
    refused.putObject("error").put("type", "invalid_request_error").put("code", code);
    return refused;
  }

  private static ObjectNode take(ObjectNode intent) {
    var amount = intent.get("amount").asLong();
    var isShort = intent.get("payment_method").asText().equals(SHORT);
    return intent
        .put("status", "succeeded")
        .put("amount_capturable", 0)
        .put("amount_received", isShort ? amount - 1 : amount);
  }

  private static ObjectNode list(Collection<ObjectNode> all) {
    var list = object("list").put("has_more", false);
    list.putArray("data").addAll(all);
    return list;
  }

  private static ObjectNode object(String kind) {
    return JsonNodeFactory.instance.objectNode().put("object", kind);
  }

  /** What a form says, or the question behind an address. */
  static Map<String, String> form(String body) {
    var form = new TreeMap<String, String>();
    for (var field : body.split("&")) {
      var parts = field.split("=", 2);
      if (parts.length == 2) {
        form.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
      }
    }
    return form;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
