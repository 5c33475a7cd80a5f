package boutique.language.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.language.Look;
import boutique.language.Message;
import boutique.language.StreamId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayName("The codec of the bus")
class RecordCodecTest {
  private final Vertx vertx = Vertx.vertx();
  private final MessageCodec<Message, Message> codec = RecordCodec.ONLY;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  @DisplayName("hands a receiver on the same node the sender's own object")
  void local_delivery_is_the_same_object() {
    RecordCodec.register(vertx.eventBus());
    var heard = new CompletableFuture<Message>();
    vertx.eventBus().<Message>consumer("room", message -> heard.complete(message.body()));
    var sent = new Look(new StreamId("orders", "1"));

    vertx.eventBus().send("room", sent);

    assertThat(heard).succeedsWithin(Duration.ofSeconds(10)).isSameAs(sent);
  }

  @ParameterizedTest
  @FieldSource("boutique.language.codec.Samples#ALL")
  @DisplayName("gives a receiver on another node an equal message")
  void remote_delivery_is_an_equal_message(Message sent) {
    var wire = Buffer.buffer("before");

    codec.encodeToWire(wire, sent);

    assertThat(codec.decodeFromWire("before".length(), wire)).isEqualTo(sent);
  }

  @Test
  @DisplayName("refuses a length that no message of ours has")
  void refuses_a_strange_length() {
    assertThatThrownBy(() -> codec.decodeFromWire(0, Buffer.buffer().appendInt(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> codec.decodeFromWire(0, Buffer.buffer().appendInt(Integer.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
