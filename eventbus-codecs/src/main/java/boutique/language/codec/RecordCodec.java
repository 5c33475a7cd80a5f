package boutique.language.codec;

import boutique.language.Message;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/**
 * The one codec of the bus. On the same node a receiver gets the sender's own object, which is safe
 * because messages are immutable; between nodes a message is its JSON, which names its own type, so
 * that a peer in any language can speak it.
 */
public final class RecordCodec implements MessageCodec<Message, Message> {
  static final RecordCodec ONLY = new RecordCodec();
  private static final int LARGEST = 4 << 20;

  private RecordCodec() {}

  /** Lets every message that has a wire name travel on the bus. */
  public static void register(EventBus bus) {
    bus.registerCodec(ONLY);
    bus.codecSelector(body -> body instanceof Message ? ONLY.name() : null);
  }

  @Override
  public void encodeToWire(Buffer wire, Message message) {
    var json = Json.encode(message);
    wire.appendInt(json.length).appendBytes(json);
  }

  @Override
  public Message decodeFromWire(int position, Buffer wire) {
    var length = wire.getInt(position);
    if (length < 0 || length > LARGEST) {
      throw new IllegalArgumentException("a message of " + length + " bytes is not ours");
    }
    var start = position + Integer.BYTES;
    return Json.decode(wire.getBytes(start, start + length), Message.class);
  }

  @Override
  public Message transform(Message message) {
    return message;
  }

  @Override
  public String name() {
    return "boutique";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
