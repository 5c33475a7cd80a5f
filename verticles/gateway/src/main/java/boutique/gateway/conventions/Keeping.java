package boutique.gateway.conventions;

import org.jspecify.annotations.Nullable;

/** For whom the answer of an operation is kept. */
public enum Keeping {
  /** For whoever has asked, if they can be known again. */
  OWN,

  /** For all who say the same: it tells of nobody, and brings no cookie. */
  COMMON,

  /** For nobody, as with cookies: it is done again each time. */
  NEVER;

  /** As the contract calls it. */
  public static Keeping of(@Nullable Object mark) {
    if (mark == null) {
      return OWN;
    }
    return switch (mark.toString()) {
      case "common" -> COMMON;
      case "redone" -> NEVER;
      default -> throw new IllegalStateException("no way to keep answers: " + mark);
    };
  }
}
