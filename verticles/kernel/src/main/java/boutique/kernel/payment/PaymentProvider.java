package boutique.kernel.payment;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes money and gives it back.
 *
 * <p>It does everything at most once per key, and can be asked what it has done. To move money
 * never fails: not to know is an answer too, after a time that it sets itself.
 *
 * <p>Other shops may have the same account with it. What is another's is in none of its answers
 * about its books, but for how many lines of a page are.
 */
public interface PaymentProvider extends OwnBooks {

  /**
   * Whether it knows us. Where it does not, it would refuse whatever it is asked: then nobody is
   * asked to pay. It says nothing of what it was asked for before.
   */
  default Future<Boolean> knowsUs() {
    return Future.succeededFuture(true);
  }

  /** Takes the money, or holds it if that is wanted. */
  Future<Answer> charge(Charge charge);

  /**
   * What has become of a charge; takes nothing. Where the same money has been taken for the same
   * payment under a key that was given up since, that may be the answer.
   */
  Future<Answer> find(Charge charge);

  /** What has become of a charge, now that the buyer says they have proved who they are. */
  Future<Answer> proved(Charge charge, String reference);

  /** Takes money that is held. */
  Future<Answer> capture(Charge charge, String reference);

  /** Lets go of what is held, or of what waits for the buyer. */
  Future<Answer> cancel(Charge charge, String reference);

  /** Gives money back. */
  Future<Returned> refund(Return wanted);

  /** What has become of a refund, under whichever key it was asked for; gives nothing back. */
  Future<Returned> findRefund(Return wanted);

  /**
   * What it has on its books: everything that was begun from an instant on, each once, page by page
   * in an order of its own. Fails when it does not answer, as do the other questions about its
   * books.
   *
   * @param after the end of the page before; empty for the first page
   */
  Future<Statement> statement(Instant from, String after);

  /** What it has on its books of one charge; empty if it has never heard of it. */
  Future<Optional<Statement.Entry>> entry(String reference);

  /** What has become of all that was to be given back of one charge, whoever has wanted that. */
  Future<List<Statement.Back>> returns(String reference);

  /** The same of what was begun to be given back from an instant on, whenever it was taken. */
  Future<Sheet<Statement.Back>> returns(Instant from, String after);

  /** How one charge is disputed. */
  Future<List<Statement.Disputed>> disputes(String reference);

  /** How charges are disputed, from an instant on, whenever they were taken. */
  Future<Sheet<Statement.Disputed>> disputes(Instant from, String after);
}
