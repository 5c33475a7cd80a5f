package boutique.launcher;

/** What the person who started the shop can mend, told in one line that names it. */
final class Mistake extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Mistake(String line) {
    super(line, null, false, false);
  }
}
