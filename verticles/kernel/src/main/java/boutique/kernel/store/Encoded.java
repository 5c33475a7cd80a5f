package boutique.kernel.store;

import boutique.language.Event;
import boutique.language.Message;
import boutique.language.codec.Json;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An event and its JSON. Whoever wrote the event has both; whoever read the JSON makes the event of
 * it when somebody asks, once for all who listen.
 */
public final class Encoded {
  private final Buffer json;
  private @Nullable Event event; // immutable: to make it on two threads at once makes it twice

  private Encoded(Buffer json, @Nullable Event event) {
    this.json = json;
    this.event = event;
  }

  static Encoded of(Event event) {
    return new Encoded(Buffer.buffer(Json.encode(event)), event);
  }

  static Encoded of(Buffer json) {
    return new Encoded(json, null);
  }

  Buffer json() {
    return json;
  }

  Event event() {
    var known = event;
    if (known == null) {
      known = (Event) Json.decode(json.getBytes(), Message.class);
      event = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Encoded that && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
