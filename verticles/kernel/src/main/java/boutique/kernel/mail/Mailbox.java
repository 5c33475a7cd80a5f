package boutique.kernel.mail;

import boutique.kernel.store.TimeKey;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps mail instead of sending it, for operators to read, where nobody delivers mail. Only the
 * last few hundred are kept.
 */
public final class Mailbox implements Mailer {
  private static final String COLLECTION = "mailbox";
  private static final int MOST = 500;
  private static final int BETWEEN_CLEARINGS = 50;

  private final Views views;
  private final InstantSource clock;
  private final AtomicInteger untilClearing = new AtomicInteger();

  public Mailbox(Views views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
  }

  @Override
  public Future<Void> send(Mail mail) {
    var now = clock.instant();
    var document =
        new JsonObject()
            .put("to", mail.to())
            .put("subject", mail.subject())
            .put("text", mail.text())
            .put("html", mail.html())
            .put("at", now.toString());
    var key = TimeKey.of(now) + "-" + UUID.randomUUID();
    return views.write(List.of(new Put(COLLECTION, key, document))).compose(_ -> clear());
  }

  @Override
  public Future<Void> forget(String to) {
    return newest(null, MOST + 2 * BETWEEN_CLEARINGS)
        .compose(
            mails -> delete(mails, mail -> to.equalsIgnoreCase(mail.document().getString("to"))));
  }

  @Override
  public Future<Void> scrub() {
    return views.scrub(COLLECTION);
  }

  /** The newest first, from behind the key that the page before ended with. */
  public Future<List<Entry>> newest(@Nullable String after, int limit) {
    return views.scan(COLLECTION, new Page("", after, true, limit));
  }

  /** Now and then, so that the box holds a few more than it should and never many. */
  private Future<Void> clear() {
    if (untilClearing.getAndDecrement() > 0) {
      return Future.succeededFuture();
    }
    untilClearing.set(BETWEEN_CLEARINGS);
    return newest(null, MOST)
        .compose(mails ->
            mails.size() < MOST
                ? Future.succeededFuture()
                : newest(mails.getLast().key(), MOST).compose(old -> delete(old, _ -> true)));
  }

  private Future<Void> delete(List<Entry> mails, Predicate<Entry> which) {
    return views.write(
        mails.stream()
            .filter(which)
            .<Change>map(mail -> new Delete(COLLECTION, mail.key()))
            .toList());
  }
}
