package boutique.backends.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.kernel.store.Commit;
import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.StreamId;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A commit as bytes: a frame around the events' JSON, which is sliced out again and never parsed.
 *
 * <pre>
 * format  1 byte   so that an old commit is always read as what it is
 * number  8 bytes  its place in the log, filled in by the writer
 * count   4 bytes, and for each event:
 *   at           8 bytes of seconds, 4 of nanoseconds
 *   type, correlation, causation, actor, JSON: each 4 bytes of length (-1: absent) and its bytes
 * </pre>
 *
 * Stream and first version are in the key already.
 */
final class CommitFormat {
  private static final byte FORMAT = 1;
  private static final int NUMBER_AT = 1;
  private static final int ABSENT = -1;

  /** As much of a commit's bytes as is needed to know its number. */
  static final int HEAD = NUMBER_AT + Long.BYTES;

  private static final int PER_COMMIT = HEAD + Integer.BYTES;
  private static final int TEXTS = 4;
  private static final int PER_EVENT = Long.BYTES + Integer.BYTES + (TEXTS + 1) * Integer.BYTES;

  private CommitFormat() {}

  static byte[] encode(Commit commit) {
    var texts = new ArrayList<byte @Nullable []>();
    var size = PER_COMMIT;
    for (var event : commit.events()) {
      var context = event.context();
      texts.add(bytes(event.type()));
      texts.add(bytes(context.correlation()));
      texts.add(bytes(context.causation()));
      texts.add(bytes(context.actor()));
      size += PER_EVENT + event.json().length();
    }
    for (var text : texts) {
      size += text == null ? 0 : text.length;
    }
    var bytes = new byte[size];
    var out = ByteBuffer.wrap(bytes).put(FORMAT).putLong(0).putInt(commit.events().size());
    var next = texts.iterator();
    for (var event : commit.events()) {
      var at = event.at();
      out.putLong(at.getEpochSecond()).putInt(at.getNano());
      for (var i = 0; i < TEXTS; i++) {
        put(out, next.next());
      }
      var length = event.json().length();
      out.putInt(length);
      event.json().getBytes(bytes, out.position());
      out.position(out.position() + length);
    }
    return bytes;
  }

  static void number(byte[] commit, long number) {
    ByteBuffer.wrap(commit).putLong(NUMBER_AT, number);
  }

  static long number(byte[] commit) {
    requireKnown(commit[0]);
    return ByteBuffer.wrap(commit).getLong(NUMBER_AT);
  }

  static Commit decode(String key, byte[] bytes) {
    requireKnown(bytes[0]);
    var at = key.lastIndexOf('@');
    var stream = StreamId.parse(key.substring(0, at));
    var firstVersion = Long.parseLong(key.substring(at + 1));
    var in = ByteBuffer.wrap(bytes).position(HEAD);
    var whole = Buffer.buffer(bytes);
    var count = in.getInt();
    var events = new ArrayList<Recorded>(count);
    for (var i = 0; i < count; i++) {
      var when = Instant.ofEpochSecond(in.getLong(), in.getInt());
      var type = present(text(in));
      var context = new Context(present(text(in)), text(in), present(text(in)));
      var length = in.getInt();
      var json = whole.slice(in.position(), in.position() + length);
      in.position(in.position() + length);
      events.add(new Recorded(stream, firstVersion + i, type, when, context, json));
    }
    return new Commit(stream, firstVersion, events);
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  private static void put(ByteBuffer out, byte @Nullable [] text) {
    if (text == null) {
      out.putInt(ABSENT);
    } else {
      out.putInt(text.length).put(text);
    }
  }

  private static @Nullable String text(ByteBuffer in) {
    var length = in.getInt();
    if (length == ABSENT) {
      return null;
    }
    var text = new byte[length];
    in.get(text);
    return new String(text, UTF_8);
  }

  private static String present(@Nullable String text) {
    if (text == null) {
      throw new IllegalStateException("a commit lacks a text that all commits have");
    }
    return text;
  }

  private static void requireKnown(byte format) {
    if (format != FORMAT) {
      throw new IllegalStateException(
          "a commit has format " + format + ", and this program knows only " + FORMAT);
    }
  }
}
