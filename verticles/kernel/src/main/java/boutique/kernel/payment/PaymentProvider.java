package boutique.kernel.payment;

import io.vertx.core.Future;
import java.time.Instant;

/**
 * Takes money and gives it back.
 *
 * <p>It does everything at most once per key, and can be asked what it has done. It never fails:
 * not to know is an answer too, after a time that it sets itself.
 */
public interface PaymentProvider {

  /** Whether it is real money. */
  boolean live();

  /** Takes the money, or holds it if that is wanted. */
  Future<Answer> charge(Charge charge);

  /** What has become of a charge; takes nothing. */
  Future<Answer> find(Charge charge);

  /** What has become of a charge, now that the buyer says they have proved who they are. */
  Future<Answer> proved(Charge charge, String reference);

  /** Takes money that is held. */
  Future<Answer> capture(Charge charge, String reference);

  /** Lets go of what is held, or of what waits for the buyer. */
  Future<Answer> cancel(Charge charge, String reference);

  /** Gives money back. */
  Future<Returned> refund(Return wanted);

  /** What has become of a refund; gives nothing back. */
  Future<Returned> findRefund(Return wanted);

  /**
   * What it has on its books, oldest first: everything that was begun from an instant on.
   *
   * @param after the end of the page before; empty for the first page
   */
  Future<Statement> statement(Instant from, String after);
}
