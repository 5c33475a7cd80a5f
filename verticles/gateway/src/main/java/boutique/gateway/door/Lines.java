package boutique.gateway.door;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open connections: not too many, nor too many from one address, and none that is held without
 * being used. Who connects has to say what they want within a time, who sends a body has to come to
 * its end, and who has got an answer may think about the next question for a while; however they
 * trickle.
 */
public final class Lines {
  private static final String LINE = "boutique.line";
  private static final int MOST = 10_000;
  private static final int MOST_OF_ONE = 2_000;
  private static final long SWEEP_MILLIS = 1_000;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long FIRST_HEAD = 10 * SECOND_NANOS;
  private static final long BODY = 20 * SECOND_NANOS;
  private static final long NEXT_HEAD = 75 * SECOND_NANOS;
  private static final int SWITCHING = 101;

  private final Addresses addresses;
  private final Map<HttpConnection, Line> lines = new HashMap<>();
  private final Map<String, Integer> byAddress = new HashMap<>();

  /** One connection, and until when somebody must have done something. */
  private static final class Line {
    private int underWay;
    private int arriving;
    private boolean bounded;
    private long deadline;

    void within(long nanos) {
      bounded = true;
      deadline = System.nanoTime() + nanos;
    }

    void begun(boolean body) {
      underWay++;
      if (body) {
        arriving++;
        within(BODY);
      } else if (arriving == 0) {
        bounded = false;
      }
    }

    void arrived() {
      arriving--;
      if (arriving == 0) {
        bounded = false;
      } else {
        within(BODY);
      }
    }

    void ended(boolean socket) {
      underWay--;
      if (underWay == 0 && !socket) {
        within(NEXT_HEAD);
      }
    }
  }

  public Lines(Vertx vertx, Addresses addresses) {
    this.addresses = addresses;
    vertx.setPeriodic(SWEEP_MILLIS, _ -> sweep());
  }

  void opened(HttpConnection connection) {
    Doorstep.layBefore(connection);
    var from = addresses.of(connection.remoteAddress());
    if (lines.size() >= MOST || from.map(byAddress::get).orElse(0) >= MOST_OF_ONE) {
      connection.close();
      return;
    }
    var line = new Line();
    line.within(FIRST_HEAD);
    lines.put(connection, line);
    from.ifPresent(address -> byAddress.merge(address, 1, Integer::sum));
    connection.closeHandler(_ -> {
      lines.remove(connection);
      from.ifPresent(
          address -> byAddress.computeIfPresent(address, (_, open) -> open == 1 ? null : open - 1));
    });
  }

  /** The first who handles a request. */
  public void begun(RoutingContext ctx) {
    var line = lines.get(ctx.request().connection());
    if (line != null) {
      var body = hasBody(ctx.request());
      line.begun(body);
      if (body) {
        ctx.put(LINE, line);
      }
      ctx.addEndHandler(_ -> {
        arrived(ctx);
        line.ended(ctx.response().getStatusCode() == SWITCHING);
        if (body && !ctx.request().isEnded()) {
          line.within(BODY); // answered before it was read: the rest has to come all the same
        }
      });
    }
    ctx.next();
  }

  /** What came without a body was answered at once. */
  void answered(HttpServerRequest request) {
    var line = lines.get(request.connection());
    if (line != null) {
      line.begun(false);
      line.ended(false);
    }
  }

  /** When the body has been read. */
  public static void bodyRead(RoutingContext ctx) {
    arrived(ctx);
    ctx.next();
  }

  private static void arrived(RoutingContext ctx) {
    var line = ctx.<@Nullable Line>remove(LINE);
    if (line != null) {
      line.arrived();
    }
  }

  private void sweep() {
    var now = System.nanoTime();
    var late = new ArrayList<HttpConnection>();
    lines.forEach((connection, line) -> {
      if (line.bounded && now - line.deadline > 0) {
        late.add(connection);
      }
    });
    late.forEach(HttpConnection::close);
  }

  static boolean hasBody(HttpServerRequest request) {
    var headers = request.headers();
    var length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return headers.contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }
}
