package boutique.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Brings a provider's messages to the shop, as such couriers do: twice, some of them a hundred
 * times, in any order, some before anybody else has heard of it, some so late that everything has
 * to come right without them, and again and again until the shop has said that it has them.
 */
final class Courier implements AutoCloseable {
  private static final int OFTEN = 100;
  private static final int AT_ONCE = 4;
  private static final int OFTEN_IN_HUNDRED = 3;
  private static final int EARLY_IN_HUNDRED = 30;
  private static final int LATE_IN_HUNDRED = 40;

  private final String secret;
  private final Random random;
  private final List<String> waiting = new ArrayList<>();
  private final List<String> late = new ArrayList<>();
  private final ScheduledExecutorService legs =
      Executors.newScheduledThreadPool(AT_ONCE, Thread.ofVirtual().factory());
  private final List<Future<?>> rounds;
  private final AtomicInteger under = new AtomicInteger();
  private final AtomicInteger brought = new AtomicInteger();
  private final AtomicInteger early = new AtomicInteger();
  private final List<String> refused = Collections.synchronizedList(new ArrayList<>());
  private volatile List<Shopper> doors = List.of(Shopper.at(URI.create("http://127.0.0.1:9")));

  Courier(String secret, Random random) {
    this.secret = secret;
    this.random = random;
    this.rounds =
        Stream.<Future<?>>generate(
                () -> legs.scheduleWithFixedDelay(this::round, 5, 5, TimeUnit.MILLISECONDS))
            .limit(AT_ONCE)
            .toList();
  }

  /** Where the shop is; where all are that share the account, each of which hears everything. */
  void goesTo(ShopProcess... shops) {
    doors = Stream.of(shops).map(Shopper::stranger).toList();
  }

  /** Some of what has happened is told at once, before the shop has its answer. */
  void tells(ObjectNode event) {
    var said = event.toString();
    if (keep(said) && bring(said)) {
      early.incrementAndGet();
    }
  }

  /** Whether it is to be told at once. */
  private synchronized boolean keep(String said) {
    var isLate = random.nextInt(100) < LATE_IN_HUNDRED;
    var often = random.nextInt(100) < OFTEN_IN_HUNDRED ? OFTEN : 2;
    (isLate ? late : waiting).addAll(Collections.nCopies(often, said));
    return !isLate && random.nextInt(100) < EARLY_IN_HUNDRED;
  }

  /** What was held up is on its way. */
  synchronized void goesOn() {
    waiting.addAll(late);
    late.clear();
  }

  /** Whether the shop has said of everything that it has it. */
  synchronized boolean isDone() {
    if (rounds.stream().anyMatch(Future::isDone)) {
      throw new AssertionError("the courier has broken down", failure());
    }
    return waiting.isEmpty() && under.get() == 0;
  }

  private Throwable failure() {
    return rounds.stream().filter(Future::isDone).findFirst().orElseThrow().exceptionNow();
  }

  int brought() {
    return brought.get();
  }

  /** How many the shop has taken before it had an answer to what it had asked for. */
  int early() {
    return early.get();
  }

  /** What the shop has said of messages that it should have taken. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  private void round() {
    var said = any();
    if (!said.isEmpty()) {
      if (!bring(said)) {
        again(said);
      }
      under.decrementAndGet();
    }
  }

  private synchronized String any() {
    if (waiting.isEmpty()) {
      return "";
    }
    under.incrementAndGet();
    var which = random.nextInt(waiting.size());
    Collections.swap(waiting, which, waiting.size() - 1);
    return waiting.removeLast();
  }

  private synchronized void again(String said) {
    waiting.add(said);
  }

  /** Whether it was taken, by everybody. */
  private boolean bring(String said) {
    return doors.stream().filter(door -> !bring(door, said)).count() == 0;
  }

  private boolean bring(Shopper door, String said) {
    var time = Long.toString(Instant.now().getEpochSecond());
    var signature = "t=" + time + ",v1=" + mac(time + "." + said);
    try {
      var answer =
          door.send(
              door.to("/api/payments/stripe/webhook")
                  .header("Content-Type", "application/json")
                  .header("Stripe-Signature", signature)
                  .POST(BodyPublishers.ofString(said)));
      brought.incrementAndGet();
      if (answer.status() >= 400 && answer.status() < 500) {
        refused.add(answer.status() + " " + said);
      }
      return answer.status() == 200;
    } catch (UncheckedIOException nobodyThere) {
      return false;
    }
  }

  private String mac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  @Override
  public void close() {
    legs.shutdownNow();
  }
}
