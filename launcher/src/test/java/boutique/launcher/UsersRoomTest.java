package boutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksViews;
import boutique.journeys.Disk;
import boutique.kernel.Bus;
import boutique.kernel.Unavailable;
import boutique.kernel.mail.Mail;
import boutique.kernel.mail.Mailbox;
import boutique.kernel.mail.Mailer;
import boutique.kernel.room.RoomVerticle;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.codec.RecordCodec;
import boutique.language.users.EmailHash;
import boutique.language.users.Profile;
import boutique.language.users.ResetToken;
import boutique.language.users.Role;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.BlockUser;
import boutique.language.users.UserCommand.ChangePassword;
import boutique.language.users.UserCommand.ChangeProfile;
import boutique.language.users.UserCommand.EraseUser;
import boutique.language.users.UserCommand.ImportUser;
import boutique.language.users.UserCommand.RequestPasswordReset;
import boutique.language.users.UserCommand.SignIn;
import boutique.language.users.UserCommand.SignUp;
import boutique.language.users.UserCommand.UnblockUser;
import boutique.language.users.UserId;
import boutique.users.Scrubbing;
import boutique.users.Tidying;
import boutique.users.UsersRoom;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The users room, with its vault,")
@Timeout(120)
class UsersRoomTest {
  private static final EmailHash HASH = EmailHash.of("anna@example.com", new byte[] {1});
  private static final EmailHash BENS = EmailHash.of("ben@x.org", new byte[] {1});
  private static final UserId ANNA = new UserId("anna");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final InstantSource MUCH_LATER =
      InstantSource.fixed(NOW.plus(Duration.ofMinutes(5)));
  private static final Context NOBODY = new Context("test", null, "test");
  private static final String OLD_PBKDF2 =
      "$pbkdf2-sha256$29000$AAECAwQFBgcICQoLDA0ODw$AcQOQXtZQDf9R8lu.sEdw0.jlSnoLQfACpT9eKlJVuU";
  private static final String NODES =
      "9288e0886387a9c6a7f52ddc63725e0d006c2426e89c9919bc54977cd7f06f9f"
          + "bbf68d3b7e292a8d677aea0096bb3fc7409c97298578eb044be1c40959131704.0123456789abcdef";

  @TempDir Path directory;
  private final AtomicReference<Fated.Fate> fate = new AtomicReference<>(Fated.Fate.KEPT);
  private final Vertx vertx = Vertx.vertx();
  private RocksDatabase database;
  private Views views;
  private Mailbox mailbox;
  private final AtomicReference<Promise<Void>> postman = new AtomicReference<>();
  private Bus bus;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    views = new RocksViews(database);
    mailbox = new Mailbox(views, MUCH_LATER);
    bus = new Bus(vertx);
    RecordCodec.register(vertx.eventBus());
    var store = new Fated(new RocksEventStore(database), _ -> fate.get());
    postman.set(Promise.promise());
    postman.get().complete();
    var mailer = new Postman(mailbox, postman);
    var room = UsersRoom.room(vertx, views, mailer, () -> "http://localhost");
    vertx.deployVerticle(new RoomVerticle<>(room, store, views)).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
    database.close().await();
  }

  @Test
  @DisplayName("knows people of another shop by their old hash, and makes it a better one once")
  void imported() {
    var roles = Set.of(Role.CUSTOMER);
    ask(new ImportUser(HASH, ANNA, roles, "anna@example.com", NODES, NOW));

    assertThat(signIn("wrong")).isEqualTo("credentials.wrong");
    assertThat(passwordHash()).isEqualTo(NODES);
    assertThat(signIn("correct h\u00f6rse \u2603")).isEqualTo("done");
    var upgraded = passwordHash();
    assertThat(upgraded).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(signIn("correct h\u00f6rse \u2603")).isEqualTo("done");
    assertThat(signIn("wrong")).isEqualTo("credentials.wrong");
    assertThat(passwordHash()).isEqualTo(upgraded);
  }

  @Test
  @DisplayName("tells all who are not let in at the same moment, whatever their account is like")
  void sameMoment() {
    var alarms = new LinkedBlockingQueue<Map.Entry<Duration, Runnable>>();
    var asleep = Vertx.vertx();
    RecordCodec.register(asleep.eventBus());
    var room =
        UsersRoom.room(
            asleep,
            views,
            mailbox,
            () -> "http://localhost",
            () -> 0,
            (in, then) -> alarms.add(Map.entry(in, then)));
    asleep.deployVerticle(new RoomVerticle<>(room, new RocksEventStore(database), views)).await();
    var there = new Bus(asleep);
    there.ask(signUp(ANNA), NOBODY).await();
    for (var old : List.of(NODES, OLD_PBKDF2)) {
      var email = "old-%d@example.com".formatted(old.length());
      var hash = EmailHash.of(email, new byte[] {1});
      var user = new UserId("old-" + old.length());
      there.ask(new ImportUser(hash, user, Set.of(Role.CUSTOMER), email, old, NOW), NOBODY).await();
      refused(there, hash, alarms);
    }
    refused(there, HASH, alarms);
    refused(there, EmailHash.of("nobody@example.com", new byte[] {1}), alarms);
    there.ask(new BlockUser(HASH, ANNA, new UserId("boss"), "x", NOW), NOBODY).await();
    refused(there, HASH, alarms);
    there.ask(new UnblockUser(HASH, ANNA, new UserId("boss"), NOW), NOBODY).await();

    assertThat(code(there.ask(new SignIn(HASH, "password", NOW), NOBODY).await()))
        .isEqualTo("done");
    assertThat(alarms).isEmpty();
    asleep.close().await();
  }

  /** By a clock that stands still each has to wait for exactly as long, and waits. */
  private static void refused(
      Bus there, EmailHash hash, BlockingQueue<Map.Entry<Duration, Runnable>> alarms) {
    var told = there.ask(new SignIn(hash, "wrong", NOW), NOBODY);
    var alarm = await().until(alarms::poll, Objects::nonNull);
    assertThat(told.isComplete()).isFalse();
    assertThat(alarm.getKey()).isEqualTo(Duration.ofSeconds(1));
    alarm.getValue().run();
    assertThat(code(told.await())).isEqualTo("credentials.wrong");
  }

  @Test
  @DisplayName("takes nobody whose password nobody could ever compare")
  void unreadable() {
    var bomb = "$scrypt$ln=30,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw";
    var roles = Set.of(Role.CUSTOMER);

    var reply = ask(new ImportUser(HASH, ANNA, roles, "anna@example.com", bomb, NOW));

    assertThat(code(reply)).isEqualTo("password.unreadable");
    assertThat(vault()).isEmpty();
  }

  @Test
  @DisplayName("is not locked by a sign-up that died, and forgets its person")
  void diedBeforeTheAccount() {
    fate.set(Fated.Fate.LOST);
    assertThat(failure(signUp(ANNA))).isInstanceOf(Unavailable.class);
    fate.set(Fated.Fate.KEPT);

    assertThat(vault()).hasSize(1);
    assertThat(signIn("password")).isEqualTo("credentials.wrong");
    assertThat(code(bus.ask(signUp(new UserId("anna-again")), NOBODY).await())).isEqualTo("done");
    sweep();
    await().until(() -> vault().size() == 1);
    assertThat(vault().getFirst().key()).startsWith("anna-again/");
    assertThat(signIn("password")).isEqualTo("done");
  }

  @Test
  @DisplayName("keeps the person of a sign-up whose answer was lost")
  void diedAfterTheAccount() {
    fate.set(Fated.Fate.ANSWER_LOST);
    assertThat(failure(signUp(ANNA))).isInstanceOf(Unavailable.class);
    fate.set(Fated.Fate.KEPT);

    sweep();
    await().until(() -> marks().isEmpty());
    assertThat(vault()).hasSize(1);
    assertThat(signIn("password")).isEqualTo("done");
  }

  @Test
  @DisplayName("keeps no mail of somebody who is erased, however long it was on its way")
  void mailOnItsWay() {
    ask(signUp(ANNA));
    ask(new SignUp(BENS, new UserId("ben"), Set.of(Role.CUSTOMER), "ben@x.org", "password", NOW));
    postman.set(Promise.promise());
    var token = ResetToken.of(HASH, new byte[] {1});
    var asked = bus.ask(new RequestPasswordReset(HASH, token, NOW.plusSeconds(60), NOW), NOBODY);
    var erased = bus.ask(new EraseUser(HASH, ANNA, "password", NOW), NOBODY);
    await().until(() -> !marks().isEmpty() || erased.isComplete());
    ask(new SignIn(BENS, "password", NOW)); // by then the erasure would be over, if it did not wait

    postman.get().complete();
    Future.all(asked, erased).await();

    assertThat(mailbox.newest(null, 10).await()).isEmpty();
    assertThat(vault()).hasSize(1);
  }

  /** The mailbox, with a way to it that takes as long as somebody wants. */
  private record Postman(Mailer to, AtomicReference<Promise<Void>> way) implements Mailer {
    @Override
    public Future<Void> send(Mail mail) {
      return way.get().future().compose(_ -> to.send(mail));
    }

    @Override
    public Future<Void> forget(String address) {
      return to.forget(address);
    }

    @Override
    public Future<Void> scrub() {
      return to.scrub();
    }
  }

  @Test
  @DisplayName("says in the same moment where an account is, and of nobody who has none")
  void found() {
    ask(signUp(ANNA));
    ask(signUp(ANNA));
    ask(signUp(new UserId("ben")));

    assertThat(accounts()).extracting(Entry::key).containsExactly("anna");
    assertThat(accounts().getFirst().document().getString("account")).isEqualTo(HASH.value());

    ask(new EraseUser(HASH, ANNA, "password", NOW));

    assertThat(accounts()).isEmpty();
    assertThat(marks()).isEmpty();
  }

  @Test
  @DisplayName("finishes an erasure that died, down to the mail that was kept")
  void diedWhileErasing() {
    ask(signUp(ANNA));
    mailbox.send(new Mail("anna@example.com", "Hello", "Hello", "Hello")).await();
    mailbox.send(new Mail("ben@example.com", "Hello", "Hello", "Hello")).await();
    fate.set(Fated.Fate.ANSWER_LOST);
    assertThat(failure(new EraseUser(HASH, ANNA, "password", NOW))).isInstanceOf(Unavailable.class);
    fate.set(Fated.Fate.KEPT);

    assertThat(signIn("password")).isEqualTo("credentials.wrong");
    sweep();
    await().until(() -> marks().isEmpty());
    assertThat(vault()).isEmpty();
    assertThat(mailbox.newest(null, 10).await())
        .extracting(mail -> mail.document().getString("to"))
        .containsExactly("ben@example.com");
  }

  @Test
  @DisplayName("has nothing on its disk of who was erased, soon and by itself, also after a crash")
  void scrubbed() {
    ask(signUp(ANNA));
    mailbox.send(new Mail("anna@example.com", "Hello", "Hello", "Hello")).await();
    ask(new ChangeProfile(HASH, ANNA, new Profile("Anna Canary", null), NOW));
    ask(new EraseUser(HASH, ANNA, "password", NOW));
    assertThat(erased()).extracting(Entry::key).containsExactly("anna");
    assertThat(onDisk("anna@example.com")).isNotEmpty();
    assertThat(onDisk("Anna Canary")).isNotEmpty();

    vertx
        .deployVerticle(new Sweep("disks", Scrubbing.EVERY, new Scrubbing(views, mailbox)))
        .await();

    await().until(() -> erased().isEmpty());
    assertThat(onDisk("anna@example.com")).isEmpty();
    assertThat(onDisk("Anna Canary")).isEmpty();
  }

  @Test
  @DisplayName("says to a crowd at once that some had better come back, and breaks with nobody")
  void crowd() {
    var replies =
        Future.join(
                IntStream.range(0, 200)
                    .mapToObj(_ -> bus.ask(new SignIn(HASH, "password", NOW), NOBODY))
                    .toList())
            .await()
            .<Reply>list();

    assertThat(replies)
        .extracting(UsersRoomTest::code)
        .containsOnly("credentials.wrong", "rate.limited")
        .contains("credentials.wrong", "rate.limited");
  }

  @Test
  @DisplayName("hashes the password of a sign-up whether the address is free or taken")
  void taken() {
    ask(signUp(ANNA));

    var replies =
        Future.join(
                IntStream.range(0, 200)
                    .mapToObj(i -> bus.ask(signUp(new UserId("other-" + i)), NOBODY))
                    .toList())
            .await()
            .<Reply>list();

    assertThat(replies)
        .extracting(UsersRoomTest::code)
        .containsOnly("email.taken", "rate.limited")
        .contains("email.taken", "rate.limited"); // as many as have found no place in the queue
  }

  @Test
  @DisplayName("lets nobody in by saying a sign-up again that would not be let in by signing in")
  void signedUpAgain() {
    assertThat(code(ask(signUp(ANNA)))).isEqualTo("done");
    assertThat(code(ask(signUp(ANNA)))).isEqualTo("done");

    ask(new ChangePassword(HASH, ANNA, "password", "another one", NOW));
    assertThat(code(ask(signUp(ANNA)))).isEqualTo("email.taken");
    assertThat(code(ask(signUp(ANNA, "another one")))).isEqualTo("done");
    ask(new BlockUser(HASH, ANNA, new UserId("boss"), "x", NOW));
    assertThat(code(ask(signUp(ANNA, "another one")))).isEqualTo("email.taken");
  }

  @Test
  @DisplayName("lets an operator block and unblock whoever is changing everything all the time")
  void busy() {
    ask(signUp(ANNA));
    var boss = new UserId("boss");

    var crowd = new ArrayList<Future<Reply>>(changes(20));
    crowd.add(bus.ask(new BlockUser(HASH, ANNA, boss, "x", NOW), NOBODY));
    crowd.addAll(changes(20));

    assertThat(Future.join(crowd).await().<Reply>list())
        .hasSize(41)
        .allSatisfy(reply -> assertThat(code(reply)).isEqualTo("done"));
    assertThat(signIn("password")).isEqualTo("credentials.wrong");

    var more = changes(40);
    var unblocked = ask(new UnblockUser(HASH, ANNA, boss, NOW));

    assertThat(code(unblocked)).isEqualTo("done");
    assertThat(Future.join(more).await().<Reply>list())
        .extracting(UsersRoomTest::code)
        .containsOnly("done");
    assertThat(signIn("password")).isEqualTo("done");
    assertThat(vault()).hasSize(1);
    assertThat(marks()).isEmpty();
  }

  private List<Future<Reply>> changes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Profile("Anna the %dth".formatted(i), null))
        .map(profile -> bus.ask(new ChangeProfile(HASH, ANNA, profile, NOW), NOBODY))
        .toList();
  }

  private static SignUp signUp(UserId user) {
    return signUp(user, "password");
  }

  private static SignUp signUp(UserId user, String password) {
    return new SignUp(HASH, user, Set.of(Role.CUSTOMER), "anna@example.com", password, NOW);
  }

  private Reply ask(UserCommand command) {
    return bus.ask(command, NOBODY).await();
  }

  private Throwable failure(UserCommand command) {
    return bus.ask(command, NOBODY)
        .map(reply -> (Throwable) new AssertionError("answered " + reply))
        .otherwise(failure -> failure)
        .await();
  }

  private String signIn(String password) {
    return code(ask(new SignIn(HASH, password, NOW)));
  }

  private static String code(Reply reply) {
    return switch (reply) {
      case Done _ -> "done";
      case Refused(var code, var _, var _) -> code;
    };
  }

  private void sweep() {
    vertx
        .deployVerticle(new Sweep("vault", Tidying.EVERY, new Tidying(views, mailbox, MUCH_LATER)))
        .await();
  }

  private String passwordHash() {
    assertThat(vault()).hasSize(1);
    return vault().getFirst().document().getString("passwordHash");
  }

  private List<Entry> vault() {
    return views.scan("vault", Page.first("", 10)).await();
  }

  private List<Entry> accounts() {
    return views.scan("accounts", Page.first("", 10)).await();
  }

  private List<Entry> erased() {
    return views.scan("vault.erased", Page.first("", 10)).await();
  }

  private List<Path> onDisk(String what) {
    return Disk.filesWith(directory, what);
  }

  private List<Entry> marks() {
    return views.scan("vault.marks", Page.first("", 10)).await();
  }
}
