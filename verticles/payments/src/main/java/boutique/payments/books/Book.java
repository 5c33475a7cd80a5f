package boutique.payments.books;

/** What a round goes through page by page, and how far at most; the next one goes on from there. */
enum Book {
  /** What nobody knows the outcome of. */
  UNSETTLED("unsettled", 10),

  /** What the provider has taken. */
  CHARGES("charges", 50),

  /** What was to be given back, and how it is disputed, by the provider's books. */
  RETURNS("returns", 20),
  DISPUTES("disputes", 20),

  /** Ours that are young enough to be compared. */
  PAYMENTS("payments", 50),

  /** All of ours, of which old ones are only added up, and asked after once a day. */
  ALL_PAYMENTS("allPayments", 50);

  /** So many lines are on a page. */
  static final int PAGE = 100;

  /** So many of one book's lines the provider is asked about one by one; the page is finished. */
  static final int MOST_ASKED_FOR = 200;

  final String wireName;
  private final int mostPages;

  Book(String wireName, int mostPages) {
    this.wireName = wireName;
    this.mostPages = mostPages;
  }

  /** Whether it is enough for one round. */
  boolean isEnough(int pages, int askedFor) {
    return pages >= mostPages || askedFor >= MOST_ASKED_FOR;
  }
}
