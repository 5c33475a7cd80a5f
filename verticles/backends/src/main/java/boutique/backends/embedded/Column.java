package boutique.backends.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.rocksdb.ColumnFamilyDescriptor;

/** What the database keeps, each kind in a column family of its own. */
enum Column {
  /** What there is only one of: how far the outbox is relayed. */
  MARKS("default"),
  /** Commit key → commit, in the form that {@link CommitFormat} gives it. */
  COMMITS("commits"),
  /** Number, 8 bytes → commit key: the order in which commits were appended. */
  LOG("log"),
  /** Name of a group → where it goes on. */
  GROUPS("groups"),
  /** Collection, a zero byte, key → document. */
  VIEWS("views");

  private final String title;

  Column(String title) {
    this.title = title;
  }

  ColumnFamilyDescriptor descriptor(RocksSettings settings) {
    return new ColumnFamilyDescriptor(title.getBytes(UTF_8), settings.column());
  }
}
