package boutique.gateway.live;

import boutique.gateway.door.Transport;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;

/**
 * Counts what no {@link Browser} gets to see: parts of messages, empty ones, and pings, each of
 * which the server answers by itself, whether anybody reads it or not. From whoever sends too much
 * of it, or asks for more while the answers pile up, the line is taken.
 */
final class FrameGate extends ChannelInboundHandlerAdapter {
  private static final String NAME = "boutique.frames";

  private final FrameRate rate = FrameRate.ofFrames(System.nanoTime());

  private FrameGate() {}

  static void layBefore(HttpConnection connection) {
    Transport.beneath(connection)
        .filter(server -> server.pipeline().get(NAME) == null)
        .ifPresent(server -> server.pipeline().addBefore(server.name(), NAME, new FrameGate()));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof WebSocketFrame frame && !mayPass(ctx, frame)) {
      ReferenceCountUtil.release(frame);
      var _ = ctx.close(); // nobody is there to hear how it went
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private boolean mayPass(ChannelHandlerContext ctx, WebSocketFrame frame) {
    return rate.allows(System.nanoTime())
        && (ctx.channel().isWritable() || !(frame instanceof PingWebSocketFrame));
  }
}
