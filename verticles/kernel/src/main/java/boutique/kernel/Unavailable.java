package boutique.kernel;

/**
 * It cannot be had right now: a queue is full, a peer does not answer, a store is away. Nothing is
 * wrong with what was asked; asking again later is the cure.
 */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Unavailable(String what) {
    super(what, null, false, false);
  }

  public Unavailable(String what, Throwable cause) {
    super(what, cause, false, false);
  }
}
