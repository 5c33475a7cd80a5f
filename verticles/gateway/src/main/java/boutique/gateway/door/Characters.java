package boutique.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.validation.RequestParameter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is said in words is text. JSON lets anybody write halves of characters, which are
 * kept nowhere as they were, and characters that steer machines, which people cannot see. Lines may
 * end only where the contract says of a text that they may.
 */
public final class Characters {
  private static final String HALF = "has half a character in it";
  private static final String CONTROL = "has a control character in it";
  private static final Pattern LAYOUT = Pattern.compile("[\\t\\n\\r]");
  private static final String TWO_LINES = "one\r\n\ttwo";

  private Characters() {}

  /** Before anybody reads it: another coding would be guessed at, and two spellings be one. */
  public static void check(RoutingContext ctx) {
    var body = ctx.body().buffer();
    if (body != null && !isUtf8(body)) {
      ctx.fail(Problem.invalid(List.of(new Wrong("body", "is not text in UTF-8"))));
    } else {
      ctx.next();
    }
  }

  static boolean isUtf8(Buffer body) {
    var bytes = body.getBytes();
    for (var each : bytes) {
      if (each == 0) {
        return false; // as there are many in other codings, and none in JSON
      }
    }
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)); // which puts up with nothing
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  /**
   * Which fields of a body are no text.
   *
   * @param schema what the contract says of it; null when it says nothing
   */
  static List<Wrong> wrong(@Nullable RequestParameter body, @Nullable Object schema) {
    var wrongs = new ArrayList<Wrong>();
    if (body != null) {
      look("", body.get(), schema, wrongs);
    }
    return wrongs;
  }

  private static void look(
      String field, @Nullable Object value, @Nullable Object schema, List<Wrong> wrongs) {
    switch (value) {
      case String text -> {
        var message =
            wrong(
                hasLines(text) && mayHaveLines(schema)
                    ? LAYOUT.matcher(text).replaceAll(" ")
                    : text);
        if (message != null) {
          wrongs.add(new Wrong(field.isEmpty() ? "body" : field, message));
        }
      }
      case JsonObject object ->
          object.forEach(each ->
              look(
                  within(field, each.getKey()),
                  each.getValue(),
                  said(said(schema, "properties"), each.getKey()),
                  wrongs));
      case JsonArray array -> {
        for (var i = 0; i < array.size(); i++) {
          look(within(field, "" + i), array.getValue(i), said(schema, "items"), wrongs);
        }
      }
      case null, default -> {} // no words
    }
  }

  private static @Nullable Object said(@Nullable Object schema, String name) {
    return schema instanceof JsonObject said ? said.getValue(name) : null;
  }

  private static boolean hasLines(String text) {
    return LAYOUT.matcher(text).find();
  }

  /** Only if all of its characters are spoken of, and these are among them. */
  private static boolean mayHaveLines(@Nullable Object schema) {
    return said(schema, "pattern") instanceof String pattern
        && pattern.startsWith("^")
        && pattern.endsWith("$")
        && Pattern.compile(pattern).matcher(TWO_LINES).find();
  }

  static @Nullable String wrong(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (Character.isISOControl(c)) {
        return CONTROL;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return HALF;
        }
        i++;
      }
    }
    return null;
  }

  private static String within(String field, String name) {
    return field.isEmpty() ? name : field + "." + name;
  }
}
