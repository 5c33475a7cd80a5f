package boutique.backends.embedded;

import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Answer.Certain;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.Returned;
import boutique.kernel.payment.Statement;
import boutique.language.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** How the simulated provider writes down what it has done. */
final class SimulatedBooks {
  private static final String PREFIX = "sim_";
  private static final String CHALLENGED = "challenged";
  private static final String DENIED = "denied";
  private static final String HELD = "held";
  private static final String TAKEN = "taken";
  private static final String VOIDED = "voided";

  /** So long a refund pends, or seems to be done. */
  private static final Duration A_WHILE = Duration.ofSeconds(10);

  /** So long money is held that nobody captures, as by most cards. */
  private static final Duration HOLDS_FOR = Duration.ofDays(7);

  private SimulatedBooks() {}

  static String reference(String key) {
    return PREFIX + key;
  }

  static boolean names(String reference) {
    return reference.startsWith(PREFIX);
  }

  static String key(String reference) {
    return names(reference) ? reference.substring(PREFIX.length()) : reference;
  }

  static JsonObject begun(Charge charge, TestCard card, Instant now) {
    var book =
        new JsonObject()
            .put("key", charge.key())
            .put("payment", charge.payment())
            .put("amount", charge.amount().minor())
            .put("currency", charge.amount().currency())
            .put("later", charge.captureLater())
            .put("code", card.denial())
            .put("then", card.later().name())
            .put("refunds", new JsonArray())
            .put("at", now.toString());
    return card.challenged() ? book.put("status", CHALLENGED) : decided(book);
  }

  static JsonObject proved(JsonObject book) {
    return is(book, CHALLENGED) ? decided(book) : book;
  }

  static JsonObject captured(JsonObject book, Instant now) {
    return status(book, now).equals(HELD) ? book.put("status", TAKEN) : book;
  }

  static JsonObject cancelled(JsonObject book) {
    return is(book, HELD) || is(book, CHALLENGED) || is(book, DENIED)
        ? book.put("status", VOIDED)
        : book;
  }

  private static JsonObject decided(JsonObject book) {
    var held = book.getBoolean("later") ? HELD : TAKEN;
    return book.put("status", book.getString("code").isEmpty() ? held : DENIED);
  }

  static Certain answer(JsonObject book, Instant now) {
    var reference = reference(book.getString("key"));
    var amount = new Money(book.getLong("amount"), book.getString("currency"));
    return switch (status(book, now)) {
      case CHALLENGED -> new Answer.Challenge(reference, amount, false, "prove:" + reference);
      case HELD -> new Answer.Held(reference, amount, false);
      case TAKEN ->
          left(book, now) == 0
              ? new Answer.Voided(reference)
              : new Answer.Taken(reference, amount, false);
      case VOIDED -> new Answer.Voided(reference);
      default -> new Answer.Denied(reference, book.getString("code"));
    };
  }

  static long left(JsonObject book, Instant now) {
    var taken = is(book, TAKEN) ? book.getLong("amount") : 0L;
    return taken
        - backs(book, now)
            .filter(back -> !(back.became() instanceof Returned.Denied))
            .mapToLong(back -> back.amount().minor())
            .sum();
  }

  static JsonObject refunded(JsonObject book, Return wanted, Instant now) {
    var refund =
        new JsonObject()
            .put("key", wanted.key())
            .put("refund", wanted.refund())
            .put("amount", wanted.amount().minor())
            .put("at", now.toString());
    var after = book.copy();
    after.getJsonArray("refunds").add(refund);
    return after;
  }

  static Returned returned(JsonObject book, Return wanted, Instant now) {
    return backs(book, now)
        .filter(back ->
            back.reference().equals(back(wanted.key())) || back.reference().equals(wanted.key()))
        .findFirst()
        .<Returned>map(Statement.Back::became)
        .orElse(new Returned.NotThere());
  }

  static Statement.Entry entry(JsonObject book, Instant now) {
    var currency = book.getString("currency");
    var taken = is(book, TAKEN) ? book.getLong("amount") : 0L;
    return new Statement.Entry(
        reference(book.getString("key")),
        book.getString("key"),
        book.getString("payment"),
        new Money(taken, currency),
        new Money(taken - left(book, now), currency),
        new Money(status(book, now).equals(HELD) ? book.getLong("amount") : 0L, currency),
        status(book, now).equals(VOIDED),
        false,
        Instant.parse(book.getString("at")));
  }

  static List<Statement.Back> returns(JsonObject book, Instant from, Instant now) {
    return backs(book, now, from).toList();
  }

  private static Stream<Statement.Back> backs(JsonObject book, Instant now) {
    return backs(book, now, Instant.EPOCH);
  }

  private static Stream<Statement.Back> backs(JsonObject book, Instant now, Instant from) {
    return refunds(book)
        .filter(refund -> !Instant.parse(refund.getString("at")).isBefore(from))
        .map(refund -> back(book, refund, now));
  }

  private static Statement.Back back(JsonObject book, JsonObject refund, Instant now) {
    var reference = back(refund.getString("key"));
    var amount = new Money(refund.getLong("amount"), book.getString("currency"));
    return new Statement.Back(
        reference,
        reference(book.getString("key")),
        book.getString("payment"),
        refund.getString("refund"),
        amount,
        became(book, refund, reference, amount, now));
  }

  /** It is in the card what comes of it, after a while. */
  private static Returned.Certain became(
      JsonObject book, JsonObject refund, String reference, Money amount, Instant now) {
    var soon = now.isBefore(Instant.parse(refund.getString("at")).plus(A_WHILE));
    return switch (TestCard.Later.valueOf(book.getString("then", "NOTHING"))) {
      case REFUND_PENDS ->
          soon ? new Returned.Pending(reference, amount) : new Returned.Done(reference, amount);
      case REFUND_FAILS ->
          soon
              ? new Returned.Done(reference, amount)
              : new Returned.Denied("expired_or_canceled_card");
      case NOTHING, DISPUTED -> new Returned.Done(reference, amount);
    };
  }

  private static String back(String key) {
    return PREFIX + "re_" + key;
  }

  static List<Statement.Disputed> disputes(JsonObject book) {
    if (!is(book, TAKEN) || !book.getString("then", "").equals(TestCard.Later.DISPUTED.name())) {
      return List.of();
    }
    var key = book.getString("key");
    var amount = new Money(book.getLong("amount"), book.getString("currency"));
    var verdict = Statement.Verdict.valueOf(book.getString("verdict", "OPEN"));
    return List.of(
        new Statement.Disputed(
            PREFIX + "dp_" + key,
            reference(key),
            book.getString("payment"),
            amount,
            "fraudulent",
            verdict));
  }

  private static Stream<JsonObject> refunds(JsonObject book) {
    return book.getJsonArray("refunds").stream().map(JsonObject.class::cast);
  }

  /** What is held is let go of after its time, without anybody asking for that. */
  private static String status(JsonObject book, Instant now) {
    var lapsed =
        is(book, HELD) && !now.isBefore(Instant.parse(book.getString("at")).plus(HOLDS_FOR));
    return lapsed ? VOIDED : book.getString("status");
  }

  private static boolean is(JsonObject book, String status) {
    return book.getString("status").equals(status);
  }
}
