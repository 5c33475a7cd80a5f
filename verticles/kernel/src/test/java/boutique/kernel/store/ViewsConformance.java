package boutique.kernel.store;

import static boutique.kernel.store.Facts.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Views} keeps. Each test begins with no document at all. */
@Timeout(120)
public abstract class ViewsConformance {
  private static final String SHELF = "orders.by-buyer";

  /** Keys of every length that a code point has in UTF-8, in the order of their bytes. */
  private static final List<String> SHORT =
      List.of(" ", "-", "0", "A", "a", "a ", "a/1", "aa", "~", "\u007F", "\u0080", "ß", "é");

  private static final List<String> LONG =
      List.of(
          "\u07FF", "\u0800", "№", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "🍮", "\uDBFF\uDFFF");

  /** The last that have one byte, two, three; those around the gap of the surrogates; four. */
  private static final List<String> ENDS =
      List.of("\u007F", "é", "\u07FF", "\uD7FF", "\uE000", "\uFFFF", "🍮");

  /** The documents under test. */
  protected abstract Views views();

  /** Ends the process and starts it again, as far as the views can tell. */
  protected abstract void reopen() throws Exception;

  /** Whether keys of more than 16 bits sort behind all others: only a stand-in may say no. */
  protected boolean sortsByBytes() {
    return true;
  }

  @Test
  @DisplayName("a document that was put is got, to the last field")
  void putAndGet() {
    var document =
        new JsonObject()
            .put("text", "Crème brûlée 🍮 \"quoted\" \\ \n")
            .put("$set", new JsonObject().put("a.b", 1).put("$oid", "none").put("", "empty"))
            .put("_id", "its own")
            .put("big", Long.MAX_VALUE)
            .put("small", 3)
            .put("fraction", 0.1)
            .put("truth", true)
            .putNull("nothing")
            .put("list", new JsonArray().add(1).add("two").addNull().add(new JsonArray()));

    get(views().write(List.of(new Put(SHELF, "a", document))));

    assertThat(get(views().get(SHELF, "a"))).isEqualTo(document);
  }

  @Test
  @DisplayName("where nothing was put there is nothing")
  void nothingThere() {
    get(views().write(List.of(put("a", 1))));

    assertThat(value("b")).isNull();
    assertThat(get(views().get("elsewhere", "a"))).isNull();
    assertThat(get(views().scan("elsewhere", Page.first("", 10)))).isEmpty();
    assertThat(get(views().scan(SHELF, Page.first("b", 10)))).isEmpty();
  }

  @Test
  @DisplayName("the last put counts")
  void overwritten() {
    get(views().write(List.of(put("a", 1))));

    get(views().write(List.of(put("a", 2))));

    assertThat(value("a")).isEqualTo(2);
    assertThat(keys(Page.first("", 10))).containsExactly("a");
  }

  @Test
  @DisplayName("what was deleted is gone, and to delete it again is harmless")
  void deleted() {
    get(views().write(List.of(put("a", 1), put("b", 2))));

    get(views().write(List.of(new Delete(SHELF, "a"))));
    get(views().write(List.of(new Delete(SHELF, "a"), new Delete(SHELF, "never"))));

    assertThat(value("a")).isNull();
    assertThat(keys(Page.first("", 10))).containsExactly("b");
  }

  @Test
  @DisplayName("the changes of one write are applied in order")
  void inOrder() {
    get(
        views()
            .write(
                List.of(
                    put("a", 1),
                    new Delete(SHELF, "a"),
                    put("a", 2),
                    put("b", 1),
                    new Put("other", "a", new JsonObject().put("value", 7)),
                    put("a", 3),
                    new Delete(SHELF, "b"))));

    assertThat(value("a")).isEqualTo(3);
    assertThat(value("b")).isNull();
    assertThat(get(views().get("other", "a"))).isEqualTo(new JsonObject().put("value", 7));
  }

  @Test
  @DisplayName("a claim succeeds where nothing is, and shows what is there where something is")
  void claimed() throws Exception {
    assertThat(get(views().claim(put("a", 1)))).isNull();
    assertThat(get(views().claim(put("a", 2)))).isEqualTo(new JsonObject().put("value", 1));

    get(views().write(List.of(put("a", 3), put("b", 4), new Delete(SHELF, "c"))));
    reopen();

    assertThat(get(views().claim(put("a", 5)))).isEqualTo(new JsonObject().put("value", 3));
    assertThat(get(views().claim(put("b", 5)))).isEqualTo(new JsonObject().put("value", 4));
    get(views().write(List.of(new Delete(SHELF, "a"))));
    assertThat(get(views().claim(put("a", 6)))).isNull();
    assertThat(value("a")).isEqualTo(6);
  }

  @Test
  @DisplayName("of many who claim the same at once, one succeeds, and all others are shown whose")
  void claimedAtOnce() {
    for (var key : List.of("a", "b", "c")) {
      var claims = new ArrayList<Future<@Nullable JsonObject>>();
      for (var i = 0; i < 60; i++) {
        claims.add(views().claim(put(key, i)));
      }

      var answers = claims.stream().map(claim -> get(claim)).toList();

      assertThat(answers.stream().filter(Objects::isNull)).hasSize(1);
      assertThat(answers.stream().filter(Objects::nonNull).distinct())
          .containsExactly(new JsonObject().put("value", value(key)));
    }
  }

  @Test
  @DisplayName("a claim and a write that come together end as if one had come after the other")
  void claimedAndWritten() {
    for (var i = 0; i < 50; i++) {
      var key = "key-" + i;
      var written = views().write(List.of(put(key, 1)));
      var claim = views().claim(put(key, 2));

      get(written);
      var there = get(claim);

      assertThat(value(key)).isEqualTo(1);
      assertThat(there).isIn(null, new JsonObject().put("value", 1));
    }
  }

  @Test
  @DisplayName("what is noted is read at once, in turn with what is written")
  void note() {
    get(views().note(List.of(put("a", 1), put("b", 1))));

    assertThat(value("a")).isEqualTo(1);
    assertThat(value("b")).isEqualTo(1);

    get(views().write(List.of(put("a", 2))));
    get(views().note(List.of(put("a", 3), new Delete(SHELF, "b"))));

    assertThat(value("a")).isEqualTo(3);
    assertThat(value("b")).isNull();
  }

  @Test
  @DisplayName("a write of nothing succeeds")
  void nothingToWrite() {
    get(views().write(List.of()));
  }

  @Test
  @DisplayName("a write of many changes is applied as a whole")
  void many() {
    var changes = new ArrayList<Change>();
    for (var i = 0; i < 3_000; i++) {
      changes.add(put("key-%05d".formatted(i), i));
    }

    get(views().write(changes));

    assertThat(keys(Page.first("", 10_000))).hasSize(3_000).isSorted();
    assertThat(value("key-02999")).isEqualTo(2_999);
  }

  @Test
  @DisplayName("keys sort by their UTF-8 bytes")
  void sortedByBytes() {
    var keys = new ArrayList<>(SHORT);
    if (sortsByBytes()) {
      keys.addAll(LONG);
    }
    var shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, new Random(7));
    for (var key : shuffled) {
      get(views().write(List.of(put(key, 1))));
    }

    assertThat(keys)
        .isSortedAccordingTo(
            (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));
    assertThat(keys(Page.first("", 100))).isEqualTo(keys);
    assertThat(keys(new Page("", null, true, 100))).isEqualTo(keys.reversed());
  }

  @Test
  @DisplayName("a page holds the keys that begin with its prefix, and no others")
  void prefix() {
    putAll("a", "b", "b/", "b/1", "b/2", "b0", "c");

    assertThat(keys(Page.first("b/", 10))).containsExactly("b/", "b/1", "b/2");
    assertThat(keys(Page.first("b", 10))).containsExactly("b", "b/", "b/1", "b/2", "b0");
    assertThat(keys(Page.first("", 10))).hasSize(7);
    assertThat(keys(Page.first("b/1", 10))).containsExactly("b/1");
    assertThat(keys(Page.first("b/11", 10))).isEmpty();
  }

  @Test
  @DisplayName("a prefix may end with any character, and be the last that there is")
  void prefixOfEveryLength() {
    for (var end : sortsByBytes() ? ENDS : ENDS.subList(0, 4)) {
      var behind = end.equals("\uFFFF") || end.equals("🍮") ? "\uDBFF\uDFFF" : "\uFFFF";
      get(views().drop(SHELF));
      putAll("a", "a" + end, "a" + end + "1", "a" + end + "\uDBFF\uDFFF", "a" + behind, "b");

      assertThat(keys(Page.first("a" + end, 10)))
          .as("keys that begin with U+%X", end.codePointAt(0))
          .contains("a" + end, "a" + end + "1", "a" + end + "\uDBFF\uDFFF")
          .hasSize(3);
      assertThat(keys(new Page("a" + end, null, true, 1)))
          .containsExactly("a" + end + "\uDBFF\uDFFF");
    }
  }

  @Test
  @DisplayName("the highest of all prefixes ends with its collection")
  void highestPrefix() {
    var highest = "\uDBFF\uDFFF";
    putAll("a", highest, highest + highest, highest + "a");
    get(views().write(List.of(new Put(SHELF + "2", highest, new JsonObject()))));

    assertThat(keys(Page.first(highest, 10)))
        .containsExactly(highest, highest + "a", highest + highest);
    assertThat(keys(new Page(highest, null, true, 10)))
        .containsExactly(highest + highest, highest + "a", highest);
  }

  @Test
  @DisplayName("a page goes on behind a key, whether that key is there or not")
  void after() {
    putAll("a", "b/1", "b/2", "b/3", "c");

    assertThat(keys(new Page("b/", "b/1", false, 10))).containsExactly("b/2", "b/3");
    assertThat(keys(new Page("b/", "b/15", false, 10))).containsExactly("b/2", "b/3");
    assertThat(keys(new Page("b/", "b/3", false, 10))).isEmpty();
    assertThat(keys(new Page("", "a", false, 2))).containsExactly("b/1", "b/2");
  }

  @Test
  @DisplayName("backwards a page goes down from its highest key, or from behind a key")
  void backwards() {
    putAll("a", "b/1", "b/2", "b/3", "c");

    assertThat(keys(new Page("b/", null, true, 10))).containsExactly("b/3", "b/2", "b/1");
    assertThat(keys(new Page("b/", null, true, 2))).containsExactly("b/3", "b/2");
    assertThat(keys(new Page("b/", "b/2", true, 10))).containsExactly("b/1");
    assertThat(keys(new Page("b/", "b/25", true, 10))).containsExactly("b/2", "b/1");
    assertThat(keys(new Page("b/", "b/1", true, 10))).isEmpty();
    assertThat(keys(new Page("", null, true, 10))).containsExactly("c", "b/3", "b/2", "b/1", "a");
  }

  @Test
  @DisplayName("a page begins within its prefix, even when told to go on from outside of it")
  void afterOutside() {
    putAll("a", "b/1", "b/2", "c");

    assertThat(keys(new Page("b/", "a", false, 10))).containsExactly("b/1", "b/2");
    assertThat(keys(new Page("b/", "c", false, 10))).isEmpty();
    assertThat(keys(new Page("b/", "c", true, 10))).containsExactly("b/2", "b/1");
    assertThat(keys(new Page("b/", "a", true, 10))).isEmpty();
  }

  @Test
  @DisplayName("page by page, in either direction, every key comes once")
  void pageByPage() {
    var all = new ArrayList<String>();
    for (var i = 0; i < 25; i++) {
      all.add("b/%02d".formatted(i));
    }
    putAll(all.toArray(String[]::new));
    putAll("a", "c");

    for (var backwards : List.of(false, true)) {
      var keys = new ArrayList<String>();
      var page = keys(new Page("b/", null, backwards, 4));
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(4);
        keys.addAll(page);
        page = keys(new Page("b/", keys.getLast(), backwards, 4));
      }
      assertThat(keys).isEqualTo(backwards ? all.reversed() : all);
    }
  }

  @Test
  @DisplayName("a page brings the documents with their keys")
  void documents() {
    get(views().write(List.of(put("a", 1), put("b", 2))));

    var entries = get(views().scan(SHELF, Page.first("", 10)));

    assertThat(entries)
        .containsExactly(
            new Entry("a", new JsonObject().put("value", 1)),
            new Entry("b", new JsonObject().put("value", 2)));
  }

  @Test
  @DisplayName("collections know nothing of one another, whatever their names begin with")
  void collections() {
    for (var name : List.of("a", "a.b", "a-b", "ab", "b")) {
      get(views().write(List.of(new Put(name, "key", new JsonObject().put("of", name)))));
    }

    for (var name : List.of("a", "a.b", "a-b", "ab", "b")) {
      assertThat(get(views().scan(name, Page.first("", 10))))
          .containsExactly(new Entry("key", new JsonObject().put("of", name)));
      assertThat(get(views().scan(name, new Page("", null, true, 10)))).hasSize(1);
    }
  }

  @Test
  @DisplayName("a collection that was dropped is empty, can be filled again, and was dropped alone")
  void dropped() {
    putAll("a", "b", "c");
    get(views().write(List.of(new Put(SHELF + ".new", "a", new JsonObject()))));

    get(views().drop(SHELF));
    get(views().drop("never-there"));

    assertThat(keys(Page.first("", 10))).isEmpty();
    assertThat(get(views().get(SHELF, "a"))).isNull();
    assertThat(get(views().scan(SHELF + ".new", Page.first("", 10)))).hasSize(1);
    putAll("b");
    assertThat(keys(Page.first("", 10))).containsExactly("b");
  }

  @Test
  @DisplayName("a collection that was scrubbed holds what it held, also after a restart")
  void scrubbed() throws Exception {
    putAll("a", "b", "c");
    get(views().write(List.of(new Delete(SHELF, "b"), put("c", 3))));

    get(views().scrub(SHELF));
    get(views().scrub(SHELF));
    get(views().scrub("never-there"));

    assertThat(keys(Page.first("", 10))).containsExactly("a", "c");
    reopen();
    assertThat(keys(Page.first("", 10))).containsExactly("a", "c");
    assertThat(value("c")).isEqualTo(3);
  }

  @Test
  @DisplayName("everything written is there after a restart, and nothing that was dropped")
  void kept() throws Exception {
    putAll("a", "b");
    get(views().write(List.of(new Put("gone", "a", new JsonObject()))));
    get(views().write(List.of(new Delete(SHELF, "a"))));
    get(views().drop("gone"));

    reopen();

    assertThat(keys(Page.first("", 10))).containsExactly("b");
    assertThat(get(views().scan("gone", Page.first("", 10)))).isEmpty();
  }

  private static Put put(String key, int value) {
    return new Put(SHELF, key, new JsonObject().put("value", value));
  }

  private void putAll(String... keys) {
    var changes = new ArrayList<Change>();
    for (var key : keys) {
      changes.add(put(key, 1));
    }
    get(views().write(changes));
  }

  private @Nullable Integer value(String key) {
    var document = get(views().get(SHELF, key));
    return document == null ? null : document.getInteger("value");
  }

  private List<String> keys(Page page) {
    return get(views().scan(SHELF, page)).stream().map(Entry::key).toList();
  }
}
