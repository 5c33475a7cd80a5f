package boutique.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.kernel.store.Facts;
import boutique.kernel.store.Recorded;
import boutique.language.StreamId;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A fact in Kafka")
class CloudEventsTest {
  private static final StreamId STREAM = new StreamId("orders", "0195-a.b_c");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 1_000_000_000_000L})
  @DisplayName("is read as it was written, byte for byte")
  void round_trip(long version) {
    var fact = Facts.fact(STREAM, version);

    assertThat(CloudEvents.read(arrived(CloudEvents.write(fact)))).isEqualTo(fact);
  }

  @Test
  @DisplayName("lies in the topic of its room, under the key of its stream")
  void place() {
    var record = CloudEvents.write(Facts.fact(STREAM, 1));

    assertThat(record.topic()).isEqualTo("boutique.orders");
    assertThat(record.key()).asString(UTF_8).isEqualTo("orders/0195-a.b_c");
    assertThat(record.partition()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  @DisplayName("is a CloudEvent to the reference library, caused by a person or by an event")
  void reference_reader(long version) {
    var fact = Facts.fact(STREAM, version);
    var record = CloudEvents.write(fact);

    var event = KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();

    assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
    assertThat(event.getId()).isEqualTo(fact.id());
    assertThat(event.getSource()).hasToString("/boutique/orders");
    assertThat(event.getType()).isEqualTo("product.created");
    assertThat(event.getSubject()).isEqualTo("orders/0195-a.b_c");
    assertThat(event.getTime()).isEqualTo(fact.at().atOffset(ZoneOffset.UTC));
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(event.getExtension("version")).isEqualTo(Long.toString(version));
    assertThat(event.getExtension("correlationid")).isEqualTo(fact.context().correlation());
    assertThat(Optional.ofNullable(event.getExtension("causationid")))
        .isEqualTo(Optional.ofNullable(fact.context().causation()));
    assertThat(event.getExtension("actor")).isEqualTo(fact.context().actor());
    assertThat(event.getData().toBytes()).isEqualTo(fact.json().getBytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ce_specversion",
        "ce_type",
        "ce_subject",
        "ce_version",
        "ce_time",
        "ce_correlationid",
        "ce_actor"
      })
  @DisplayName("is none of ours without its envelope")
  void incomplete(String missing) {
    var record = CloudEvents.write(Facts.fact(STREAM, 1));
    var headers = new RecordHeaders(record.headers());
    headers.remove(missing);

    assertStrange(arrived(record.topic(), headers, record.value()));
  }

  @Test
  @DisplayName("is none of ours with an envelope that makes no sense")
  void nonsense() {
    assertStrange("ce_version", "0");
    assertStrange("ce_version", "two");
    assertStrange("ce_time", "yesterday");
    assertStrange("ce_subject", "orders");
    assertStrange("ce_subject", "users/0195-a.b_c");
    assertStrange("ce_specversion", "0.3");
  }

  @Test
  @DisplayName("is none of ours when there is nothing but a key")
  void nothing_in_it() {
    assertStrange(arrived("boutique.orders", new RecordHeaders(), null));
    assertStrange(
        arrived("boutique.orders", CloudEvents.write(Facts.fact(STREAM, 1)).headers(), null));
  }

  @Test
  @DisplayName("may be of a type that this node does not know yet")
  void unknown_type() {
    var record = CloudEvents.write(Facts.fact(STREAM, 1));
    var headers = new RecordHeaders(record.headers());
    headers.remove("ce_type").add("ce_type", "order.teleported.v9".getBytes(UTF_8));

    assertThat(CloudEvents.read(arrived(record.topic(), headers, record.value())))
        .extracting(Recorded::type)
        .isEqualTo("order.teleported.v9");
  }

  private static void assertStrange(String header, String value) {
    var record = CloudEvents.write(Facts.fact(STREAM, 1));
    var headers = new RecordHeaders(record.headers());
    headers.remove(header).add(header, value.getBytes(UTF_8));
    assertStrange(arrived(record.topic(), headers, record.value()));
  }

  private static void assertStrange(ConsumerRecord<byte[], byte[]> record) {
    assertThatThrownBy(() -> CloudEvents.read(record)).isInstanceOf(IllegalArgumentException.class);
  }

  private static ConsumerRecord<byte[], byte[]> arrived(ProducerRecord<byte[], byte[]> sent) {
    return arrived(sent.topic(), sent.headers(), sent.value());
  }

  private static ConsumerRecord<byte[], byte[]> arrived(
      String topic, Headers headers, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        topic,
        0,
        7,
        0,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        new byte[0],
        value,
        headers,
        Optional.empty());
  }
}
