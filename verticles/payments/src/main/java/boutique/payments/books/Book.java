package boutique.payments.books;

import java.util.Arrays;

/**
 * What a round goes through page by page, in this order, and how far at most, in pages and in time;
 * the next one goes on from there. What was found before comes after them all.
 */
enum Book {
  /** What nobody knows the outcome of. */
  UNSETTLED("unsettled", 10, 1),

  /** What the provider has taken. */
  CHARGES("charges", 50, 4),

  /** What was to be given back, and how it is disputed, by the provider's books. */
  RETURNS("returns", 20, 1),
  DISPUTES("disputes", 20, 1),

  /** Ours that are young enough to be compared. */
  PAYMENTS("payments", 50, 2),

  /** All of ours, of which old ones are only added up, and asked after once a day. */
  ALL_PAYMENTS("allPayments", 50, 1);

  /** So many lines are on a page. */
  static final int PAGE = 100;

  /** So many of one book's lines the provider is asked about one by one; the page is finished. */
  static final int MOST_ASKED_FOR = 200;

  final String wireName;

  /** How much of a round's time it may take, beside the others. */
  final int share;

  private final int mostPages;

  Book(String wireName, int mostPages, int share) {
    this.wireName = wireName;
    this.mostPages = mostPages;
    this.share = share;
  }

  /** How much all of them may take. */
  static int shares() {
    return Arrays.stream(values()).mapToInt(book -> book.share).sum();
  }

  /** Whether it is enough for one round. */
  boolean isEnough(int pages, int askedFor) {
    return pages >= mostPages || askedFor >= MOST_ASKED_FOR;
  }
}
