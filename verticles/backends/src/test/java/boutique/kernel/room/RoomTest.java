package boutique.kernel.room;

import static boutique.kernel.store.Facts.failure;
import static boutique.kernel.store.Facts.get;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.Bus;
import boutique.kernel.Unavailable;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views;
import boutique.language.Ask;
import boutique.language.Expected;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.codec.RecordCodec;
import boutique.language.inventory.StockFace;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A room")
@Timeout(120)
class RoomTest {
  private static final StreamId SHOW = new StreamId("inventory", "show");

  @TempDir Path directory;
  private final List<Vertx> nodes = new ArrayList<>();
  private RocksDatabase database;
  private Counted store;
  private Views views;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    store = new Counted(new RocksEventStore(database));
    views = new RocksViews(database);
  }

  @AfterEach
  void close() {
    nodes.forEach(node -> get(node.close()));
    get(database.close());
  }

  @Test
  @DisplayName("makes one commit of the commands that arrive while another is on its way")
  void coalesces() {
    var bus = new Bus(node(Tickets.ROOM, 1));

    var replies = together(80, number -> bus.ask(Tickets.buy("show", number), Tickets.SOMEBODY));

    assertThat(replies).hasOnlyElementsOfType(Done.class);
    assertThat(store.appends.get()).isLessThan(40);
    assertThat(versions()).containsExactlyElementsOf(upTo(80));
  }

  @Test
  @DisplayName("shows a stream to somebody as it concerns them, and to all the same")
  void portraits() {
    var bus = new Bus(node(Tickets.WATCHED, 1));

    var bought = get(bus.ask(Tickets.buy("show", 1), Tickets.SOMEBODY));

    assertThat(bought).isEqualTo(new Done(1, new Tickets.Seen("somebody")));
    assertThat(get(bus.look(SHOW, Tickets.SOMEBODY)).face())
        .isEqualTo(new Tickets.Seen("somebody"));
    assertThat(get(bus.look(SHOW)).face()).isEqualTo(new Tickets.Seen("everybody"));
  }

  @Test
  @DisplayName("never sells more than there is, and says to each who came too late that it is out")
  void neverOversells() {
    var bus = new Bus(node(Tickets.ROOM, 1));

    var replies = together(300, number -> bus.ask(Tickets.buy("show", number), Tickets.SOMEBODY));

    assertThat(replies).filteredOn(Done.class::isInstance).hasSize(100);
    assertThat(replies)
        .filteredOn(Refused.class::isInstance)
        .hasSize(200)
        .allSatisfy(refused -> assertThat(((Refused) refused).code()).isEqualTo("sold.out"));
    assertThat(versions()).containsExactlyElementsOf(upTo(100));
  }

  @Test
  @DisplayName(
      "with two owners that do not know of each other decides again what the other has taken")
  void conflictsAreDecidedAgain() {
    var one = new Bus(node(Tickets.ROOM, 1));
    var other = new Bus(node(Tickets.ROOM, 1));

    var replies =
        together(
            160,
            number ->
                (number % 2 == 0 ? one : other).ask(Tickets.buy("show", number), Tickets.SOMEBODY));

    assertThat(replies).filteredOn(Done.class::isInstance).hasSize(100);
    assertThat(versions()).containsExactlyElementsOf(upTo(100));
  }

  @Test
  @DisplayName("lets one of many change what all of them have seen, and tells the others so")
  void expectedVersion() {
    var bus = new Bus(node(Tickets.ENDLESS, 1));
    var seen = ((Done) get(bus.ask(Tickets.buy("show", 1), Tickets.SOMEBODY))).version();
    var expecting = Tickets.SOMEBODY.expecting(new Expected(SHOW, List.of(seen)));

    var replies = together(50, number -> bus.ask(Tickets.buy("show", number), expecting));

    assertThat(replies).filteredOn(Done.class::isInstance).hasSize(1);
    assertThat(replies)
        .filteredOn(Refused.class::isInstance)
        .hasSize(49)
        .allSatisfy(refused -> assertThat(((Refused) refused).code()).isEqualTo("version.stale"));
    assertThat(versions()).containsExactly(1L, 2L);
    assertThat(get(store.read(SHOW, 2, 1)).getFirst().events().getFirst().context())
        .isEqualTo(Tickets.SOMEBODY);
  }

  @Test
  @DisplayName("lets nobody change what they have not seen, between two owners either")
  void expectedVersionOfTwoOwners() {
    var one = new Bus(node(Tickets.ENDLESS, 1));
    var other = new Bus(node(Tickets.ENDLESS, 1));
    get(one.ask(Tickets.buy("show", 1), Tickets.SOMEBODY));
    get(other.ask(Tickets.buy("show", 2), Tickets.SOMEBODY));
    var expecting = Tickets.SOMEBODY.expecting(new Expected(SHOW, List.of(2L)));

    var replies =
        together(
            20,
            number -> (number % 2 == 0 ? one : other).ask(Tickets.buy("show", number), expecting));

    assertThat(replies).filteredOn(Done.class::isInstance).hasSize(1);
    assertThat(versions()).containsExactly(1L, 2L, 3L);
  }

  @Test
  @DisplayName("changes any version for who expects only that there is one")
  void expectedAny() {
    var bus = new Bus(node(Tickets.ENDLESS, 1));
    var any = Tickets.SOMEBODY.expecting(new Expected(SHOW, List.of()));

    assertThat(get(bus.ask(Tickets.buy("show", 1), any))).isInstanceOf(Refused.class);
    get(bus.ask(Tickets.buy("show", 1), Tickets.SOMEBODY));
    assertThat(get(bus.ask(Tickets.buy("show", 2), any))).isInstanceOf(Done.class);
    assertThat(get(bus.ask(Tickets.buy("other", 3), any))).isInstanceOf(Done.class);
  }

  @Test
  @DisplayName("answers nobody before what the answer rests on is durable")
  void durableFirst() {
    var bus = new Bus(node(Tickets.ROOM, 1));
    var gate = Promise.<Void>promise();
    var held = Promise.<Void>promise();
    store.onAppended =
        appended -> {
          held.tryComplete();
          return appended.compose(_ -> gate.future());
        };

    var answer = bus.ask(Tickets.buy("show", 1), Tickets.SOMEBODY);
    get(held.future());
    assertThat(answer.isComplete()).isFalse();
    gate.complete();

    assertThat(get(answer)).isInstanceOf(Done.class);
  }

  @Test
  @DisplayName("reads the stream again when it does not know what became of a commit")
  void unknownOutcome() {
    var bus = new Bus(node(Tickets.ROOM, 1));
    store.onAppended =
        appended -> appended.compose(_ -> Future.failedFuture(new Unavailable("cut off")));

    var lost = failure(bus.ask(Tickets.buy("show", 1), Tickets.SOMEBODY));
    store.onAppended = appended -> appended;
    var next = get(bus.ask(Tickets.buy("show", 2), Tickets.SOMEBODY));

    assertThat(lost).isInstanceOf(Unavailable.class);
    assertThat(next)
        .isInstanceOfSatisfying(Done.class, done -> assertThat(done.version()).isEqualTo(2));
  }

  @Test
  @DisplayName("shows what is, from memory, without a write")
  void looks() {
    var bus = new Bus(node(Tickets.ROOM, 1));
    get(bus.ask(Tickets.buy("show", 1), Tickets.SOMEBODY));

    var seen = get(bus.look(SHOW));

    assertThat(seen.version()).isEqualTo(1);
    assertThat(seen.face())
        .isInstanceOfSatisfying(
            StockFace.class, face -> assertThat(face.available()).isEqualTo(99));
    assertThat(store.appends.get()).isEqualTo(1);
  }

  @Test
  @DisplayName("loses no command and forgets no answer while its instances are scaled up and down")
  void scales() {
    var vertx = node(Tickets.ENDLESS, 1);
    var bus = new Bus(vertx);
    var scaled = new AtomicInteger();
    var scaling = Promise.<Void>promise();
    var steps = List.of(3, 1, 4);
    var ids = new ArrayList<String>();
    for (var step : steps) {
      get(
          vertx
              .deployVerticle(
                  () -> new RoomVerticle<>(Tickets.ENDLESS, store, views),
                  new DeploymentOptions().setInstances(step))
              .onSuccess(ids::add));
    }
    ids.forEach(id ->
        vertx
            .undeploy(id)
            .onComplete(_ -> {
              if (scaled.incrementAndGet() == ids.size()) {
                scaling.complete();
              }
            }));

    var replies =
        together(
            4_000,
            number -> {
              var show = "show-" + number % 97;
              return bus.ask(Tickets.buy(show, number), Tickets.SOMEBODY)
                  .compose(bought -> seenAgain(bus, show, (Done) bought));
            });
    get(scaling.future());

    assertThat(replies).hasSize(4_000).hasOnlyElementsOfType(Done.class);
  }

  @Test
  @DisplayName("reads a long stream from its last snapshot on")
  void snapshots() {
    var snapshot =
        new Room.Snapshot<Long, Written>("tickets.1", Written.class, Written::new, Written::sold);
    var room = Tickets.ENDLESS.keeping(snapshot);
    var bus = new Bus(node(room, 1));
    together(12_500, number -> bus.ask(Tickets.buy("show", number), Tickets.SOMEBODY));
    store.reads.set(0);

    var seen = get(new Bus(node(room, 1)).look(SHOW));

    assertThat(seen.version()).isEqualTo(12_500);
    assertThat(store.reads.get()).isLessThan(5_000);
  }

  @Test
  @DisplayName("ignores a snapshot of another shape and reads the events instead")
  void otherShape() {
    var old = new Room.Snapshot<Long, Written>("old", Written.class, Written::new, _ -> 0L);
    var now = new Room.Snapshot<Long, Written>("now", Written.class, Written::new, Written::sold);
    var bus = new Bus(node(Tickets.ENDLESS.keeping(old), 1));
    together(11_000, number -> bus.ask(Tickets.buy("show", number), Tickets.SOMEBODY));

    var seen = get(new Bus(node(Tickets.ENDLESS.keeping(now), 1)).look(SHOW));

    assertThat(seen.face())
        .isInstanceOfSatisfying(
            StockFace.class, face -> assertThat(face.reserved()).isEqualTo(11_000));
  }

  @Test
  @DisplayName("shows its node what it has answered, and nothing any more when it has left")
  void shows() {
    var vertx = node(Tickets.ROOM, 1);

    var bought = get(new Bus(vertx).ask(Tickets.buy("show", 1), Tickets.SOMEBODY));

    assertThat(Shelf.of(vertx).look(SHOW)).isEqualTo(bought);
    vertx.deploymentIDs().forEach(id -> get(vertx.undeploy(id)));
    assertThat(Shelf.of(vertx).look(SHOW)).isNull();
  }

  @Test
  @DisplayName("shows nothing of a stream while it is unknown what of it was kept")
  void showsNothingUncertain() {
    var vertx = node(Tickets.ROOM, 1);
    var bus = new Bus(vertx);
    get(bus.ask(Tickets.buy("show", 1), Tickets.SOMEBODY));
    store.onAppended = kept -> kept.compose(_ -> Future.failedFuture(new Unavailable("no answer")));

    failure(bus.ask(Tickets.buy("show", 2), Tickets.SOMEBODY));

    assertThat(Shelf.of(vertx).look(SHOW)).isNull();
    assertThat(get(bus.look(SHOW)).version()).isEqualTo(2);
  }

  @Test
  @DisplayName("answers what comes over the bus as it answers its node, and says what has failed")
  void overTheBus() {
    var vertx = node(Tickets.ROOM, 1);
    var ask = new Ask(Tickets.buy("show", 1), Tickets.SOMEBODY);

    var bought = get(vertx.eventBus().<Reply>request(Shards.address(SHOW), ask)).body();
    store.onAppended = kept -> kept.compose(_ -> Future.failedFuture(new Unavailable("no answer")));
    var lost =
        failure(
            vertx
                .eventBus()
                .<Reply>request(
                    Shards.address(SHOW), new Ask(Tickets.buy("show", 2), Tickets.SOMEBODY)));

    assertThat(((Done) bought).version()).isEqualTo(1);
    assertThat(lost)
        .isInstanceOfSatisfying(
            ReplyException.class,
            failure -> {
              assertThat(failure.failureCode()).isNotEqualTo(RoomVerticle.BROKEN);
              assertThat(failure.getMessage()).isEqualTo("no answer");
            });
  }

  @Test
  @DisplayName("hears nothing any more of what is handed to it when it has left")
  void gone() {
    var vertx = node(Tickets.ROOM, 1);
    var neighbours = Neighbours.of(vertx);
    var neighbour = requireNonNull(neighbours.at(Shards.address(SHOW)));
    var ask = new Ask(Tickets.buy("show", 1), Tickets.SOMEBODY);
    vertx.deploymentIDs().forEach(id -> get(vertx.undeploy(id)));

    var failure = failure(neighbour.ask(ask, vertx.getOrCreateContext()));

    assertThat(failure).isInstanceOf(Neighbours.Gone.class);
    assertThat(neighbours.at(Shards.address(SHOW))).isNull();
    assertThat(store.appends.get()).isZero();
  }

  @Test
  @DisplayName("that nobody runs is unavailable, after a deadline")
  void nobodyThere() {
    var vertx = node(Tickets.ROOM, 1);
    vertx.deploymentIDs().forEach(id -> get(vertx.undeploy(id)));

    var failure = failure(new Bus(vertx).ask(Tickets.buy("show", 1), Tickets.SOMEBODY));

    assertThat(failure).isInstanceOf(Unavailable.class);
  }

  /** Whoever has been answered sees at least that, whoever owns the shard by then. */
  private static Future<Reply> seenAgain(Bus bus, String show, Done bought) {
    return bus.look(new StreamId("inventory", show))
        .compose(seen ->
            seen.version() >= bought.version()
                ? Future.succeededFuture(seen)
                : Future.failedFuture("was " + bought.version() + ", is " + seen.version()));
  }

  /** How a state is written down here. */
  record Written(long sold) {}

  private Vertx node(Room<?, ?, ?> room, int instances) {
    var vertx = Vertx.vertx();
    nodes.add(vertx);
    RecordCodec.register(vertx.eventBus());
    get(
        vertx.deployVerticle(
            () -> new RoomVerticle<>(room, store, views),
            new DeploymentOptions().setInstances(instances)));
    return vertx;
  }

  private List<Long> versions() {
    return get(store.read(SHOW, 1, 1_000)).stream()
        .flatMap(commit -> commit.events().stream())
        .map(Recorded::version)
        .toList();
  }

  private static List<Long> upTo(int last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private static List<Reply> together(int count, IntFunction<Future<Reply>> ask) {
    var asked = IntStream.rangeClosed(1, count).mapToObj(ask).toList();
    return asked.stream().map(one -> get(one)).toList();
  }
}
