package boutique.gateway.conventions;

import boutique.language.StreamId;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation has to say.
 *
 * @param tag by which the client may ask whether it is still so
 * @param location of what was created
 * @param changed the streams that it has changed
 * @param about all that it was read from; empty when it says more than these streams do
 */
public record Answer(
    int status,
    @Nullable JsonObject body,
    @Nullable String tag,
    @Nullable String location,
    List<StreamId> changed,
    List<Version> about) {

  public Answer(int status, @Nullable JsonObject body) {
    this(status, body, null, null, List.of(), List.of());
  }

  public static Answer ok(JsonObject body) {
    return new Answer(200, body);
  }

  public static Answer nothing() {
    return new Answer(204, null);
  }

  public static Answer created(JsonObject body) {
    return new Answer(201, body);
  }

  public Answer tagged(String etag) {
    return new Answer(status, body, etag, location, changed, about);
  }

  public Answer located(String path) {
    return new Answer(status, body, tag, path, changed, about);
  }

  public Answer changing(StreamId... streams) {
    return new Answer(status, body, tag, location, List.of(streams), about);
  }

  public Answer about(Version... versions) {
    return new Answer(status, body, tag, location, changed, List.of(versions));
  }

  /** What a stream is like as long as it stays at this version. */
  public record Version(StreamId stream, long version) {}
}
