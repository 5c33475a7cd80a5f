package boutique.gateway.door;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Optional;

/** The way to what is beneath a connection, for what Vert.x has no word for. */
public final class Transport {
  private Transport() {}

  /** Where the server itself reads what comes in. */
  public static Optional<ChannelHandlerContext> beneath(HttpConnection connection) {
    return connection instanceof HttpServerConnection line
        ? Optional.of(line.channelHandlerContext())
        : Optional.empty();
  }
}
