package boutique.payments.books;

import boutique.language.discrepancies.Closing;

/** What people have decided of a line on which the books do not agree. */
sealed interface Decided {

  /** Nothing, or that it is to be seen to. */
  record Open() implements Decided {}

  /** That it may stay as it is. */
  record Closed(Closing closing) implements Decided {}
}
