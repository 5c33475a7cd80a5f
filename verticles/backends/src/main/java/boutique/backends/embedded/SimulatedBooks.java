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

  private SimulatedBooks() {}

  static String reference(String key) {
    return PREFIX + key;
  }

  static String key(String reference) {
    return reference.startsWith(PREFIX) ? reference.substring(PREFIX.length()) : reference;
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
            .put("refunds", new JsonArray())
            .put("at", now.toString());
    return card.challenged() ? book.put("status", CHALLENGED) : decided(book);
  }

  static JsonObject proved(JsonObject book) {
    return is(book, CHALLENGED) ? decided(book) : book;
  }

  static JsonObject captured(JsonObject book) {
    return is(book, HELD) ? book.put("status", TAKEN) : book;
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

  static Certain answer(JsonObject book) {
    var reference = reference(book.getString("key"));
    var amount = new Money(book.getLong("amount"), book.getString("currency"));
    return switch (book.getString("status")) {
      case CHALLENGED -> new Answer.Challenge(reference, amount, false, "prove:" + reference);
      case HELD -> new Answer.Held(reference, amount, false);
      case TAKEN -> new Answer.Taken(reference, amount, false);
      case VOIDED -> new Answer.Voided(reference);
      default -> new Answer.Denied(reference, book.getString("code"));
    };
  }

  static long left(JsonObject book) {
    var taken = is(book, TAKEN) ? book.getLong("amount") : 0L;
    return taken - refunds(book).mapToLong(refund -> refund.getLong("amount")).sum();
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

  static Returned returned(JsonObject book, Return wanted) {
    return refunds(book)
        .filter(refund -> refund.getString("key").equals(wanted.key()))
        .findFirst()
        .<Returned>map(refund ->
            new Returned.Done(
                PREFIX + "re_" + wanted.key(),
                new Money(refund.getLong("amount"), book.getString("currency"))))
        .orElse(new Returned.NotThere());
  }

  static Statement.Entry entry(JsonObject book) {
    var currency = book.getString("currency");
    var taken = is(book, TAKEN) ? book.getLong("amount") : 0L;
    return new Statement.Entry(
        reference(book.getString("key")),
        book.getString("key"),
        book.getString("payment"),
        new Money(taken, currency),
        new Money(taken - left(book), currency),
        is(book, HELD),
        false,
        Instant.parse(book.getString("at")));
  }

  static List<Statement.Back> returns(JsonObject book) {
    return refunds(book)
        .map(refund ->
            new Statement.Back(
                PREFIX + "re_" + refund.getString("key"),
                refund.getString("refund"),
                new Money(refund.getLong("amount"), book.getString("currency"))))
        .toList();
  }

  private static Stream<JsonObject> refunds(JsonObject book) {
    return book.getJsonArray("refunds").stream().map(JsonObject.class::cast);
  }

  private static boolean is(JsonObject book, String status) {
    return book.getString("status").equals(status);
  }
}
