package boutique.gateway.door;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the kind of a request by its method and path, before anybody has read more of it. */
public final class TrafficSigns {
  private static final String SIGN = "x-limit";
  private final Junction root = new Junction();

  /** A place in the tree of paths; {@code any} leads on from a parameter. */
  private static final class Junction {
    private final Map<String, Junction> ways = new HashMap<>();
    private final Map<HttpMethod, Traffic> kinds = new HashMap<>();
    private @Nullable Junction any;
  }

  public TrafficSigns(JsonObject contract) {
    var paths = contract.getJsonObject("paths");
    for (var path : paths.fieldNames()) {
      var operations = paths.getJsonObject(path);
      for (var method : operations.fieldNames()) {
        if (operations.getValue(method) instanceof JsonObject operation
            && operation.containsKey(SIGN)) {
          put(path, method, Traffic.named(operation.getString(SIGN)));
        }
      }
    }
  }

  Traffic of(HttpMethod method, String path) {
    Junction here = root;
    for (var from = 0; here != null && from < path.length(); ) {
      var slash = path.indexOf('/', from);
      var to = slash < 0 ? path.length() : slash;
      here = to == from ? here : next(here, path.substring(from, to));
      from = to + 1;
    }
    var kind = here == null ? null : here.kinds.get(method);
    return kind == null ? Traffic.usual(method) : kind;
  }

  private static @Nullable Junction next(Junction here, String segment) {
    var way = here.ways.get(segment);
    return way == null ? here.any : way;
  }

  private void put(String path, String method, Traffic kind) {
    var here = root;
    for (var segment : path.substring(1).split("/")) {
      here =
          segment.startsWith("{")
              ? parameter(here)
              : here.ways.computeIfAbsent(segment, _ -> new Junction());
    }
    here.kinds.put(HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)), kind);
  }

  private static Junction parameter(Junction here) {
    var next = here.any == null ? new Junction() : here.any;
    here.any = next;
    return next;
  }
}
