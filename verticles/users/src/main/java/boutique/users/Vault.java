package boutique.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Page;
import boutique.language.codec.Json;
import boutique.language.users.EmailHash;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only place that knows who a user is. Events refer to a person by id; to erase the person is
 * to delete here.
 *
 * <p>A document is never overwritten: a change is a new document, and the account's stream says
 * which one counts. So a password and its event come into force together or not at all, and two
 * changes at once cannot lose one. A mark is written with every document that does not count yet;
 * whatever dies before it is taken away is tidied up by the {@link Tidying}.
 */
final class Vault {
  private static final String DOCUMENTS = "vault";
  private static final String MARKS = "vault.marks";

  /** By whom each account is, for whoever knows only that; who they are is not in it. */
  private static final String ACCOUNTS = "accounts";

  /** Who was erased, and may be on the disk yet. */
  private static final String ERASED = "vault.erased";

  private static final int PAGE = 100;

  private final Views views;

  Vault(Views views) {
    this.views = views;
  }

  /**
   * A document that may count or not, which only its account can say.
   *
   * @param before the one whose place it takes; null for the first one
   */
  record Mark(UserId user, String person, EmailHash account, @Nullable String before, Instant at) {}

  Future<@Nullable Person> find(UserId user, String person) {
    return views.get(DOCUMENTS, key(user, person)).map(Vault::person);
  }

  /** Keeps a document under its mark; with the first one, the account can be found. */
  Future<Void> keep(Mark mark, Person person) {
    var changes = new ArrayList<Change>();
    changes.add(put(mark));
    if (mark.before() == null) {
      var account = new JsonObject().put("account", mark.account().value());
      changes.add(new Put(ACCOUNTS, mark.user().value(), account));
    }
    changes.add(new Put(DOCUMENTS, key(mark.user(), mark.person()), document(person)));
    return views.write(changes);
  }

  /** Says that a person is about to be erased, so that it is brought to its end. */
  Future<Void> mark(Mark mark) {
    return views.write(List.of(put(mark)));
  }

  /** The document counts: the one before it goes, and the mark. */
  Future<Void> settle(Mark mark) {
    return tidy(mark, mark.person());
  }

  /** The document does not count, and never will. */
  Future<Void> withdraw(Mark mark) {
    return tidy(mark, mark.before());
  }

  /** Deletes what the mark speaks of, except the document that counts. */
  Future<Void> tidy(Mark mark, @Nullable String counts) {
    var changes = new ArrayList<Change>();
    for (var person : Arrays.asList(mark.before(), mark.person())) {
      if (person != null && !person.equals(counts)) {
        changes.add(new Delete(DOCUMENTS, key(mark.user(), person)));
      }
    }
    changes.add(unmarked(mark));
    return views.write(changes);
  }

  /** By what addresses somebody was ever known, as far as documents of it are left. */
  Future<List<String>> emails(UserId user) {
    return views
        .scan(DOCUMENTS, Page.first(key(user, ""), PAGE))
        .map(entries ->
            entries.stream().map(entry -> entry.document().getString("email")).distinct().toList());
  }

  /** Nothing is left of a person who was never let in, and the mark goes last. */
  Future<Void> forget(Mark mark) {
    return forget(mark, List.of());
  }

  /** The same for a person who is erased, with a note that it has to come down to the disk. */
  Future<Void> erase(Mark mark) {
    var note = new JsonObject().put("at", mark.at().toString());
    return forget(mark, List.of(new Put(ERASED, mark.user().value(), note)));
  }

  private Future<Void> forget(Mark mark, List<Change> last) {
    return views
        .scan(DOCUMENTS, Page.first(key(mark.user(), ""), PAGE))
        .compose(entries -> {
          var changes = new ArrayList<Change>();
          entries.forEach(entry -> changes.add(new Delete(DOCUMENTS, entry.key())));
          if (entries.size() < PAGE) {
            changes.add(new Delete(ACCOUNTS, mark.user().value()));
            changes.add(unmarked(mark));
            changes.addAll(last);
          }
          return views
              .write(changes)
              .compose(_ -> entries.size() < PAGE ? Future.succeededFuture() : forget(mark, last));
        });
  }

  /** Who was erased and may be on the disk yet, a page of them. */
  Future<List<String>> erased() {
    return views
        .scan(ERASED, Page.first("", PAGE))
        .map(entries -> entries.stream().map(Views.Entry::key).toList());
  }

  /** Answered when nobody is on the disk any more who was deleted here before. */
  Future<Void> scrub() {
    return views.scrub(DOCUMENTS);
  }

  /** These are not on the disk any more. */
  Future<Void> scrubbed(List<String> erased) {
    return views.write(erased.stream().<Change>map(user -> new Delete(ERASED, user)).toList());
  }

  /** Marks that were not taken away, a page of them. */
  Future<List<Mark>> marks(@Nullable String after) {
    return views
        .scan(MARKS, new Page("", after, false, PAGE))
        .map(entries ->
            entries.stream()
                .map(entry -> Json.decode(entry.document().encode().getBytes(UTF_8), Mark.class))
                .toList());
  }

  static String key(Mark mark) {
    return key(mark.user(), mark.person());
  }

  private static Put put(Mark mark) {
    return new Put(MARKS, key(mark), document(mark));
  }

  private static Delete unmarked(Mark mark) {
    return new Delete(MARKS, key(mark));
  }

  private static String key(UserId user, String person) {
    return user.value() + "/" + person;
  }

  private static JsonObject document(Record content) {
    return new JsonObject(Buffer.buffer(Json.encode(content)));
  }

  private static @Nullable Person person(@Nullable JsonObject document) {
    return document == null ? null : Json.decode(document.encode().getBytes(UTF_8), Person.class);
  }
}
