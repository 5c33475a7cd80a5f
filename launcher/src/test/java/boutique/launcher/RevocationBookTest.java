package boutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.language.Context;
import boutique.language.Event;
import boutique.language.StreamId;
import boutique.language.sessions.SessionEnd;
import boutique.language.sessions.SessionEvent.SessionEnded;
import boutique.language.sessions.SessionId;
import boutique.language.users.UserEvent.SessionsEnded;
import boutique.language.users.UserId;
import boutique.users.RevocationBook;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The book of what has ended")
@Timeout(60)
class RevocationBookTest {
  private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");
  private static final UserId ANNA = new UserId("anna");

  @TempDir Path directory;
  private Instant now = NOON;
  private RocksDatabase database;
  private RocksViews views;
  private RevocationBook book;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    views = new RocksViews(database);
    book = new RevocationBook(views, () -> now);
  }

  @AfterEach
  void close() {
    get(database.close());
  }

  @Test
  @DisplayName("has sessions and whole epochs, in the order in which they ended, each once")
  void noted() {
    for (var i = 0; i < 2; i++) {
      hear(new SessionsEnded(ANNA, 3, NOON.plusSeconds(2)));
      hear(ended("phone", NOON.plusSeconds(1)));
    }

    assertThat(entries())
        .extracting(entry -> entry.document().encode())
        .containsExactly(
            "{\"user\":\"anna\",\"session\":\"phone\",\"epoch\":0}",
            "{\"user\":\"anna\",\"epoch\":3}");
  }

  @Test
  @DisplayName("is no longer than what has ended in the last minutes, however long it is kept")
  void sweeps() {
    for (var minute = 0; minute < 200; minute++) {
      now = NOON.plusSeconds(60L * minute);
      hear(ended("session-" + minute, now));
      hear(ended("another-" + minute, now));
    }

    assertThat(entries()).hasSizeBetween(32, 34);
  }

  @Test
  @DisplayName("does not mind what ended before any token that can be about")
  void old() {
    hear(ended("phone", NOON.minusSeconds(17 * 60)));

    assertThat(entries()).isEmpty();
  }

  private static SessionEnded ended(String session, Instant at) {
    return new SessionEnded(new SessionId(session), ANNA, SessionEnd.SIGNED_OUT, at);
  }

  private void hear(Event event) {
    var stream = new StreamId("sessions", "any");
    get(book.hear(Recorded.of(stream, 1, event, now, new Context("test", null, "test"))));
  }

  private List<Entry> entries() {
    return get(views.scan(RevocationBook.NAME, Page.first("", 500)));
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
