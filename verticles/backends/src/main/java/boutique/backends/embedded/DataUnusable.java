package boutique.backends.embedded;

import java.io.IOException;

/** A data directory that must not be used as it is; the message says which and why. */
public final class DataUnusable extends IOException {
  private static final long serialVersionUID = 1L;

  public DataUnusable(String sentence) {
    super(sentence);
  }

  public DataUnusable(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
