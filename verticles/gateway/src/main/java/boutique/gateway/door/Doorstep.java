package boutique.gateway.door;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;

/**
 * What each line over HTTP/1 has to get past before the server reads it: a head that the server
 * would understand in its own way is marked as malformed, and whoever has more questions under way
 * than can be remembered gets no answer any more, since nobody could tell which was whose.
 */
final class Doorstep extends ChannelInboundHandlerAdapter {
  private static final DecoderResult MALFORMED =
      DecoderResult.failure(
          new IllegalArgumentException("not HTTP/1.0 or 1.1, for one host, with one end"));

  private Doorstep() {}

  static void layBefore(HttpConnection connection) {
    Transport.beneath(connection)
        .ifPresent(server -> server.pipeline().addBefore(server.name(), null, new Doorstep()));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest head && !isPlain(head)) {
      head.setDecoderResult(MALFORMED);
      head.setProtocolVersion(HttpVersion.HTTP_1_1); // in which it is told so
    }
    ctx.fireChannelRead(message);
  }

  /** Too long a queue is the only state of its own that reading can fail at. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    if (failure instanceof DecoderException
        && failure.getCause() instanceof IllegalStateException) {
      var _ = ctx.close(); // nobody is there to hear how it went
    } else {
      ctx.fireExceptionCaught(failure);
    }
  }

  private static boolean isPlain(HttpRequest head) {
    var version = head.protocolVersion();
    if (head.decoderResult().isFailure()) {
      return true; // said already, and better
    }
    var codings = head.headers().valueCharSequenceIterator(HttpHeaderNames.TRANSFER_ENCODING);
    if (codings.hasNext()
        && !(HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.next())
            && !codings.hasNext())) {
      return false; // nobody knows where it ends
    }
    var hosts = head.headers().valueCharSequenceIterator(HttpHeaderNames.HOST);
    if (!hosts.hasNext()) {
      return version.equals(HttpVersion.HTTP_1_0);
    }
    hosts.next();
    return !hosts.hasNext()
        && (version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0));
  }
}
