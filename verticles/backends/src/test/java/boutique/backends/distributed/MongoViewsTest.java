package boutique.backends.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.store.Views;
import boutique.kernel.store.ViewsConformance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("MongoDB as a keeper of views")
class MongoViewsTest extends ViewsConformance {
  private final Mongo mongo = new Mongo();

  @AfterEach
  void close() {
    mongo.close();
  }

  @Override
  protected Views views() {
    return new MongoViews(mongo.client());
  }

  @Override
  protected void reopen() {
    mongo.reconnect();
  }

  /** The stand-in compares as Java does, by halves of 16 bits. */
  @Override
  protected boolean sortsByBytes() {
    return Mongo.isReal();
  }

  @Test
  @DisplayName("above a prefix is the next character that there is")
  void above() {
    assertThat(MongoViews.above("a")).isEqualTo("b");
    assertThat(MongoViews.above("a\u007F")).isEqualTo("a\u0080");
    assertThat(MongoViews.above("a\uD7FF")).isEqualTo("a\uE000");
    assertThat(MongoViews.above("a\uFFFF")).isEqualTo("a\uD800\uDC00");
    assertThat(MongoViews.above("a\uDBFF\uDFFF")).isEqualTo("b");
    assertThat(MongoViews.above("\uDBFF\uDFFF")).isNull();
    assertThat(MongoViews.above("")).isNull();
  }
}
