package boutique.kernel.store;

import boutique.language.Context;
import boutique.language.Event;
import boutique.language.StreamId;
import boutique.language.codec.WireNames;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * One event with its envelope, encoded once: the same bytes are stored, sent to Kafka and read
 * back.
 */
public record Recorded(
    StreamId stream, long version, String type, Instant at, Context context, Encoded encoded) {

  public Recorded(
      StreamId stream, long version, String type, Instant at, Context context, Buffer json) {
    this(stream, version, type, at, context, Encoded.of(json));
  }

  public static Recorded of(
      StreamId stream, long version, Event event, Instant at, Context context) {
    return new Recorded(stream, version, WireNames.of(event), at, context, Encoded.of(event));
  }

  /** The same for ever and everywhere, so that a duplicate is known by it. */
  public String id() {
    return stream + "@" + version;
  }

  public Buffer json() {
    return encoded.json();
  }

  public Event event() {
    return encoded.event();
  }
}
