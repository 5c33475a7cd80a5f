package boutique.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request that somebody hostile makes up.
 *
 * @param what is wrong with it
 * @param target path and query, as they go over the wire
 * @param body byte by byte, one character each; empty for none
 * @param verdict what must come of it
 */
record Attempt(
    String what,
    String method,
    String target,
    Map<String, String> headers,
    String body,
    Verdict verdict) {

  /** What a hostile request may come to. Never to a failure of the shop, whatever it is. */
  enum Verdict {
    /** It may even be right. */
    ANY,
    /** It is wrong, and the client is told so. */
    REFUSED,
    /** Nobody knows who it is. */
    UNKNOWN
  }

  static Attempt of(String what, Operation operation, String target, Verdict verdict) {
    return new Attempt(what, operation.method(), target, Map.of(), "", verdict);
  }

  Attempt with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Attempt(what, method, target, more, body, verdict);
  }

  Attempt with(String type, byte[] content) {
    var more = new LinkedHashMap<>(headers);
    more.put("Content-Type", type);
    return new Attempt(what, method, target, more, new String(content, ISO_8859_1), verdict);
  }

  /** The same, of which something else must come. */
  Attempt meaning(Verdict other) {
    return new Attempt(what, method, target, headers, body, other);
  }

  byte[] bytes(String host) {
    var head = new StringBuilder("%s %s HTTP/1.1\r\nHost: %s\r\n".formatted(method, target, host));
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (!body.isEmpty() || !method.equals("GET")) {
      head.append("Content-Length: " + body.length() + "\r\n");
    }
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
    whole.writeBytes(body.getBytes(ISO_8859_1));
    return whole.toByteArray();
  }

  /** So that it can be said again by hand. */
  String curl(URI shop) {
    var said =
        headers.entrySet().stream()
            .map(header -> "-H " + quoted(header.getKey() + ": " + header.getValue()))
            .collect(Collectors.joining(" "));
    var data = body.isEmpty() ? "" : " --data-binary " + quoted(body);
    return "curl -i --path-as-is -X %s %s %s%s"
        .formatted(method, quoted(shop + target), said, data);
  }

  /** For a shell that knows {@code $'…'}. */
  private static String quoted(String text) {
    var quoted = new StringBuilder("$'");
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\'' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append("\\x%02x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return shortened(quoted.append('\'').toString());
  }

  private static String shortened(String text) {
    return text.length() < 4_000
        ? text
        : text.substring(0, 2_000) + "…" + text.length() + " characters…'";
  }
}
