package boutique.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long people wait, and what an idle shop holds. The disk is warm, and the start was rehearsed,
 * as it is when the script has built the shop.
 */
final class Start implements Benchmark {
  private static final double BAR = 2;
  private static final int ROUNDS = 5;
  private static final int UNREHEARSED = 3;
  private static final long IDLE_MILLIS = 5_000;
  private static final String READY = "/health/ready";

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String question() {
    return "from ./boutique to the first 200 of " + READY + ", against an empty Vert.x server";
  }

  @Override
  public List<Row> measure(Place place) throws Exception {
    var used = place.fresh("data");
    var idle = idle(place, used);
    var java = idle.java;
    empty(place, java);
    var sides =
        Rounds.<Double>of(
            ROUNDS,
            () -> empty(place, java),
            () -> fresh(place, true),
            () -> again(place, used),
            () -> fresh(place, false));
    var unrehearsed = Rounds.<Double>of(UNREHEARSED, () -> unrehearsed(place)).getFirst();
    var empty = new Samples(sides.get(0));
    var rows = new ArrayList<Row>();
    rows.add(row("fresh data directory", sides.get(1), empty));
    rows.add(row("with data", sides.get(2), empty));
    rows.add(row("fresh data directory, --no-kafka", sides.get(3), empty));
    rows.add(Row.note("without the rehearsed cache: s to ready", new Samples(unrehearsed).text(2)));
    rows.add(Row.note("Kafka answers, from the start: s", Row.number(idle.kafkaSeconds, 2)));
    rows.add(Row.note("resident, idle, MiB", Row.number(idle.mebibytes, 0)));
    rows.add(Row.note("resident, idle, MiB, --no-kafka", Row.number(idleWithoutKafka(place), 0)));
    return rows;
  }

  private static Row row(String what, List<Double> shop, Samples empty) {
    var seconds = new Samples(shop);
    return Row.compared(
            what + ": s to ready", seconds.text(2), "empty: " + empty.text(2), seconds.over(empty))
        .atMost(BAR, seconds, "s");
  }

  /**
   * A shop that has nothing to do.
   *
   * @param java how its JVM was started
   */
  private record Idle(double kafkaSeconds, double mebibytes, List<String> java) {}

  /** Also leaves its data behind. */
  private static Idle idle(Place place, Path data) throws Exception {
    var kafkaPort = Web.freePort();
    try (var shop = Server.shop(place, data, kafkaPort, Map.of())) {
      shop.untilReady(READY);
      var kafka = shop.until(() -> Web.kafkaAnswers(kafkaPort));
      Thread.sleep(IDLE_MILLIS);
      return new Idle(kafka, shop.residentMebibytes(), shop.java());
    }
  }

  private static double idleWithoutKafka(Place place) throws Exception {
    try (var shop = Server.shop(place, place.fresh("data"), 0, Map.of())) {
      shop.untilReady(READY);
      Thread.sleep(IDLE_MILLIS);
      return shop.residentMebibytes();
    }
  }

  /** What it leaves behind is thrown away, so it may as well be killed. */
  private static double fresh(Place place, boolean kafka) throws Exception {
    var data = place.fresh("data");
    var shop = Server.shop(place, data, kafka ? Web.freePort() : 0, Map.of());
    try {
      return shop.untilReady(READY);
    } finally {
      shop.kill();
      Place.delete(data);
    }
  }

  private static double again(Place place, Path data) throws Exception {
    try (var shop = Server.shop(place, data, Web.freePort(), Map.of())) {
      return shop.untilReady(READY);
    }
  }

  private static double unrehearsed(Place place) throws Exception {
    var data = place.fresh("data");
    var shop = Server.shop(place, data, Web.freePort(), Map.of("JAVA_OPTS", "-XX:AOTMode=off"));
    try {
      return shop.untilReady(READY);
    } finally {
      shop.kill();
      Place.delete(data);
    }
  }

  /** With the shop's own options; rehearsed as the shop's start is. */
  private static double empty(Place place, List<String> java) throws Exception {
    var cache = place.scratch().resolve("empty.aot");
    var rehearsal = !Files.exists(cache);
    var command = new ArrayList<>(java);
    command.removeIf(word -> word.startsWith("-XX:AOTCache"));
    command.add((rehearsal ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=") + cache);
    command.add("-cp");
    command.add(System.getProperty("java.class.path", ""));
    command.add(EmptyServer.class.getName());
    var server = Server.of(place, command);
    try {
      return server.untilReady("/");
    } finally {
      if (rehearsal) {
        server.close(); // a JVM that ends in peace writes what it has learnt
      } else {
        server.kill();
      }
    }
  }
}
