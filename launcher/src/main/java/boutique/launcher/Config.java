package boutique.launcher;

import boutique.gateway.door.FrontDoor;
import boutique.gateway.door.FrontDoor.Certificate;
import boutique.gateway.door.Network;
import boutique.gateway.door.Origin;
import boutique.gateway.live.SocketCaps;
import boutique.gateway.sessions.Secret;
import boutique.launcher.Key.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be set, and what it is set to: the defaults of {@code conf/boutique.json}, then a file,
 * then the environment, then flags, the later over the earlier. Everything is checked before
 * anything is started.
 */
final class Config {
  private static final String STRIPE = "stripe";
  static final List<Key> KEYS =
      List.of(
          new Key("http.port", Kind.PORT),
          new Key("http.hostCookies", Kind.SWITCH),
          new Key("http.publicUrl", Kind.URL),
          new Key("http.corsOrigins", Kind.ORIGINS),
          new Key("http.trustedProxies", Kind.NETWORKS),
          new Key("http.tls.cert", Kind.FILE),
          new Key("http.tls.key", Kind.FILE),
          new Key("management.host", Kind.HOST),
          new Key("management.port", Kind.PORT),
          new Key("limits.enabled", Kind.SWITCH),
          new Key("data", Kind.PATH),
          new Key("demo", Kind.SWITCH),
          new Key("kafka.enabled", Kind.SWITCH),
          new Key("kafka.port", Kind.PORT),
          new Key("sockets.perNode", Kind.COUNT),
          new Key("sockets.perUser", Kind.COUNT),
          new Key("sockets.perAddress", Kind.COUNT),
          new Key("sessions.key", Kind.SIGNING_KEY),
          new Key("sessions.previousKey", Kind.SIGNING_KEY),
          new Key("sessions.accessLife", Kind.TOKEN_LIFE),
          new Key("orders.paymentWindow", Kind.DURATION),
          new Key("payments.provider", Kind.PROVIDER),
          new Key("payments.captureWithin", Kind.HOLD),
          new Key("payments.webhookSecret", Kind.SECRETS),
          new Key("payments.stripe.key", Kind.API_KEY),
          new Key("payments.stripe.publishableKey", Kind.PUBLIC_KEY),
          new Key("payments.stripe.url", Kind.URL),
          new Key("payments.reconcile.every", Kind.PAUSE),
          new Key("payments.reconcile.grace", Kind.DURATION),
          new Key("payments.simulated.delay", Kind.DURATION),
          new Key("payments.simulated.lostAnswers", Kind.PERCENT),
          new Key("operator.email", Kind.EMAIL),
          new Key("operator.password", Kind.PASSWORD));

  private final Map<String, Setting> settings = new TreeMap<>();

  /** A value, as it was written, and where. */
  private record Setting(String text, Object value, String source) {}

  void set(String name, String text, String source) {
    var key = key(name, source);
    settings.put(name, new Setting(text, key.parse(text, source), source));
  }

  int httpPort() {
    return value("http.port", Integer.class);
  }

  /** Where the operators' door is opened: to this machine only, unless it is said otherwise. */
  String managementHost() {
    return value("management.host", String.class);
  }

  int managementPort() {
    return value("management.port", Integer.class);
  }

  boolean hostCookies() {
    return value("http.hostCookies", Boolean.class);
  }

  /** Where people find the shop; empty when that is only here. */
  String publicUrl() {
    return optional("http.publicUrl", Origin.class).map(Origin::text).orElse("");
  }

  String operatorEmail() {
    return value("operator.email", String.class);
  }

  /** Empty when a random one is to be made. */
  String operatorPassword() {
    return value("operator.password", String.class);
  }

  /** How it is reached, with these pages. */
  FrontDoor frontDoor(Path webroot) {
    return new FrontDoor(
        httpPort(),
        webroot,
        optional("http.publicUrl", Origin.class),
        Set.copyOf(list("http.corsOrigins", Origin.class)),
        list("http.trustedProxies", Network.class),
        certificate(),
        publishableKey());
  }

  /** Both files or none. */
  Optional<Certificate> certificate() {
    var chain = optional("http.tls.cert", Path.class);
    var key = optional("http.tls.key", Path.class);
    if (chain.isPresent() != key.isPresent()) {
      throw new Mistake("http.tls.cert and http.tls.key: one is of no use without the other");
    }
    return chain.flatMap(file -> key.map(its -> new Certificate(file, its)));
  }

  /** What addresses of the shop begin with. */
  String scheme() {
    return certificate().isPresent() ? "https" : "http";
  }

  boolean limitsEnabled() {
    return value("limits.enabled", Boolean.class);
  }

  Path data() {
    return value("data", Path.class);
  }

  boolean demo() {
    return value("demo", Boolean.class);
  }

  boolean kafkaEnabled() {
    return value("kafka.enabled", Boolean.class);
  }

  int kafkaPort() {
    return value("kafka.port", Integer.class);
  }

  /** Null when the shop is to make its own. */
  @Nullable Secret sessionKey() {
    return given("sessions.key");
  }

  @Nullable Secret previousSessionKey() {
    return given("sessions.previousKey");
  }

  Duration accessLife() {
    return value("sessions.accessLife", Duration.class);
  }

  SocketCaps socketCaps() {
    return new SocketCaps(
        value("sockets.perNode", Integer.class),
        value("sockets.perUser", Integer.class),
        value("sockets.perAddress", Integer.class));
  }

  Duration paymentWindow() {
    return value("orders.paymentWindow", Duration.class);
  }

  /** For how long money that is held may be captured, and its order waits for that. */
  Duration captureWithin() {
    return value("payments.captureWithin", Duration.class);
  }

  /** With any of these the payment provider signs its messages. */
  List<Secret> webhookSecrets() {
    return list("payments.webhookSecret", Secret.class);
  }

  /** Empty when no real provider is to be asked. */
  Optional<String> stripeKey() {
    var key = value("payments.stripe.key", String.class);
    if (!value("payments.provider", String.class).equals(STRIPE)) {
      return Optional.empty();
    }
    if (key.isEmpty()) {
      throw new Mistake("payments.provider is stripe, and payments.stripe.key is empty");
    }
    return Optional.of(key);
  }

  /** With which pages show Stripe's card form; it has to be of the same mode as the secret one. */
  Optional<String> publishableKey() {
    var key = value("payments.stripe.publishableKey", String.class);
    var secret = stripeKey();
    if (key.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    if (secret.get().contains("_live_") != key.contains("_live_")) {
      throw new Mistake(
          "payments.stripe.key and payments.stripe.publishableKey: one is for real money, and the"
              + " other is not");
    }
    return Optional.of(key);
  }

  URI stripeUrl() {
    return optional("payments.stripe.url", Origin.class)
        .map(origin -> URI.create(origin.text()))
        .orElseThrow(() -> new Mistake("payments.stripe.url is empty"));
  }

  /** How often the books of the provider, the payments and the orders are compared. */
  Duration reconcileEvery() {
    return value("payments.reconcile.every", Duration.class);
  }

  /** How long they may be otherwise until that counts. */
  Duration reconcileGrace() {
    return value("payments.reconcile.grace", Duration.class);
  }

  /** How long the simulated provider thinks. */
  Duration simulatedDelay() {
    return value("payments.simulated.delay", Duration.class);
  }

  /** How many of a hundred answers the simulated provider loses, after it has done its work. */
  int lostAnswers() {
    return value("payments.simulated.lostAnswers", Integer.class);
  }

  /** Every key with its value and its source. */
  String describe() {
    var lines = new StringBuilder();
    for (var key : KEYS) {
      var setting = settings.get(key.name());
      if (setting != null) {
        lines.append(
            "%-24s %-16s %s%n".formatted(key.name(), key.shown(setting.text()), setting.source()));
      }
    }
    return lines.toString();
  }

  private @Nullable Secret given(String name) {
    var secret = value(name, Secret.class);
    return secret.isEmpty() ? null : secret;
  }

  private <T> T value(String name, Class<T> type) {
    var setting = settings.get(name);
    if (setting == null) {
      throw new Mistake("conf/boutique.json: " + name + " is missing");
    }
    return type.cast(setting.value());
  }

  private <T> Optional<T> optional(String name, Class<T> type) {
    return ((Optional<?>) value(name, Optional.class)).map(type::cast);
  }

  private <T> List<T> list(String name, Class<T> type) {
    return ((List<?>) value(name, List.class)).stream().<T>map(type::cast).toList();
  }

  private static Key key(String name, String source) {
    return KEYS.stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Mistake(
                source
                    + ": there is no key "
                    + name
                    + Hint.among(KEYS.stream().map(Key::name).toList(), name)));
  }
}
