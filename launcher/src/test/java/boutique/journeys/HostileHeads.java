package boutique.journeys;

import static boutique.journeys.Attempt.Verdict.ANY;
import static boutique.journeys.Attempt.Verdict.REFUSED;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What can be wrong with a request before its body: its path, its query, its headers. */
final class HostileHeads {
  private static final List<String> IDS =
      List.of(
          "",
          ".",
          "..",
          "../",
          "..%2f",
          "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
          "..;/",
          "%00",
          "x%00y",
          "%0d%0aSet-Cookie:a=b",
          "%",
          "%zz",
          "%c0%af",
          "%ed%a0%80",
          "%F0%9F%98%80",
          "%E2%80%AE",
          "%24where",
          "{id}",
          ":id",
          "*",
          "-1",
          "0",
          "9223372036854775808",
          "null",
          "a".repeat(120),
          "a".repeat(121),
          "a".repeat(3_000),
          "a/b",
          "a//b",
          "a%2Fb",
          "a?b",
          "a;b=c",
          "a%20b",
          "a+b",
          "'%20OR%201=1");

  private static final List<String> QUERIES =
      List.of(
          "limit=-1",
          "limit=0",
          "limit=101",
          "limit=1e3",
          "limit=1&limit=2",
          "limit=",
          "limit",
          "limit[]=1",
          "limit=%31",
          "limit=9223372036854775808",
          "cursor=",
          "cursor=%00",
          "cursor=%",
          "cursor=..%2f",
          "cursor=" + "a".repeat(401),
          "cursor=YQ&cursor=YQ",
          "q=%",
          "q=" + "a".repeat(3_000),
          "q=%00%0d%0a",
          "sort=$where",
          "%",
          "&&&===",
          "a=b".repeat(500),
          "=",
          "?");

  private HostileHeads() {}

  /** With the values that the shop looks at most closely. */
  private static final List<List<String>> HEADERS =
      List.of(
          List.of("Idempotency-Key", ""),
          List.of("Idempotency-Key", "k".repeat(256)),
          List.of("Idempotency-Key", "k".repeat(5_000)),
          List.of("Idempotency-Key", "\u00e9\u202e"),
          List.of("Idempotency-Key", "a%00b%"),
          List.of("If-Match", "nonsense"),
          List.of("If-Match", "\"-1\", W/\"2\", *"),
          List.of("If-Match", "\"99999999999999999999999\""),
          List.of("If-Match", "\""),
          List.of("If-None-Match", "\"" + "9".repeat(3_000) + "\""),
          List.of("If-None-Match", ",,,"),
          List.of("If-Modified-Since", "yesterday"),
          List.of("Prefer", "wait=projected, wait=\u00ff"),
          List.of("Prefer", "wait=99999999999"),
          List.of("Prefer", ";;;=,"),
          List.of("Accept", "text/plain"),
          List.of("Accept", ";q=NaN"),
          List.of("Accept-Encoding", "gzip;q=2, *;q=x"),
          List.of("Range", "bytes=9999999999999999999-"),
          List.of("Expect", "the-unexpected"),
          List.of("Cookie", "session; =; session=\"; session==;" + "a=b;".repeat(300)),
          List.of("Cookie", "\u0001=\u0002"),
          List.of("X-Forwarded-For", "1.2.3.4, ' OR 1=1, ::::::"),
          List.of("X-HTTP-Method-Override", "DELETE"),
          List.of("X-User-ID", "somebody"),
          List.of("Host", "evil.example"),
          List.of("Origin", "null"),
          List.of("Origin", "http://[::1"),
          List.of("Sec-Fetch-Site", "cross-site"),
          List.of("Referer", "\u0080"),
          List.of("traceparent", "00-" + "z".repeat(60)));

  static List<Attempt> of(Operation operation, String target, JsonNode right) {
    var attempts = new ArrayList<Attempt>();
    if (operation.namesSomething()) {
      for (var id : IDS) {
        var elsewhere = operation.path().replaceAll("\\{[^}]+}", quoteReplacement(id));
        attempts.add(complete(Attempt.of("the id is " + id, operation, elsewhere, ANY), right));
      }
    }
    for (var query : QUERIES) {
      var known =
          operation.parameters("query").stream().anyMatch(p -> query.equals(p.name() + "=-1"));
      attempts.add(
          complete(
              Attempt.of(
                  "the query " + query, operation, target + "?" + query, known ? REFUSED : ANY),
              right));
    }
    for (var header : HEADERS) {
      attempts.add(
          complete(Attempt.of(header.getFirst() + " is odd", operation, target, ANY), right)
              .with(header.getFirst(), header.getLast()));
    }
    return attempts;
  }

  private static Attempt complete(Attempt attempt, JsonNode right) {
    return right.isMissingNode()
        ? attempt
        : attempt.with("application/json", right.toString().getBytes(UTF_8));
  }

  private static String quoteReplacement(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }
}
