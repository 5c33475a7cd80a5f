package boutique.kernel.store;

/** Somebody else has written this version of the stream first. Read again, decide again. */
public final class VersionConflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public VersionConflict(String key) {
    super(key + " is already written", null, false, false);
  }
}
