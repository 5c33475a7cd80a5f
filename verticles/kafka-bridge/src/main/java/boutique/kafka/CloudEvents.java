package boutique.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.StreamId;
import io.vertx.core.buffer.Buffer;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A fact as a record of Kafka: a CloudEvent in binary mode. The envelope is in the headers, the
 * value is the event's JSON, byte for byte as it was stored.
 *
 * <p>Written out by hand: it is ten headers, and the library for it would bring a second model of
 * events. The tests read our records with that library.
 */
final class CloudEvents {
  private static final String CONTENT_TYPE = "content-type";
  private static final String SPEC_VERSION = "ce_specversion";
  private static final String ID = "ce_id";
  private static final String SOURCE = "ce_source";
  private static final String TYPE = "ce_type";
  private static final String SUBJECT = "ce_subject";
  private static final String TIME = "ce_time";
  private static final String VERSION = "ce_version";
  private static final String CORRELATION = "ce_correlationid";
  private static final String CAUSATION = "ce_causationid";
  private static final String ACTOR = "ce_actor";

  private static final byte[] JSON = bytes("application/json");
  private static final byte[] ONE_POINT_ZERO = bytes("1.0");

  private CloudEvents() {}

  static ProducerRecord<byte[], byte[]> write(Recorded fact) {
    var stream = bytes(fact.stream().toString());
    var room = fact.stream().room();
    var record =
        new ProducerRecord<byte[], byte[]>(Topics.of(room), stream, fact.json().getBytes());
    var context = fact.context();
    record
        .headers()
        .add(CONTENT_TYPE, JSON)
        .add(SPEC_VERSION, ONE_POINT_ZERO)
        .add(ID, bytes(fact.id()))
        .add(SOURCE, bytes("/boutique/" + room))
        .add(TYPE, bytes(fact.type()))
        .add(SUBJECT, stream)
        .add(TIME, bytes(fact.at().toString()))
        .add(VERSION, bytes(Long.toString(fact.version())))
        .add(CORRELATION, bytes(context.correlation()))
        .add(ACTOR, bytes(context.actor()));
    if (context.causation() != null) {
      record.headers().add(CAUSATION, bytes(context.causation()));
    }
    return record;
  }

  /**
   * The fact that a record holds.
   *
   * @throws IllegalArgumentException when it holds none of ours, and so was written by a stranger
   */
  static Recorded read(ConsumerRecord<byte[], byte[]> record) {
    var headers = record.headers();
    if (!"1.0".equals(text(headers, SPEC_VERSION)) || record.value() == null) {
      throw new IllegalArgumentException("no CloudEvent");
    }
    var stream = StreamId.parse(required(headers, SUBJECT));
    if (!stream.room().equals(Topics.room(record.topic()))) {
      throw new IllegalArgumentException(stream + " is not of this topic");
    }
    return new Recorded(
        stream,
        version(required(headers, VERSION)),
        required(headers, TYPE),
        time(required(headers, TIME)),
        new Context(
            required(headers, CORRELATION), text(headers, CAUSATION), required(headers, ACTOR)),
        Buffer.buffer(record.value()));
  }

  private static long version(String text) {
    var version = Long.parseLong(text);
    if (version < 1) {
      throw new IllegalArgumentException("versions start at 1");
    }
    return version;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException malformed) {
      throw new IllegalArgumentException(TIME + " is no time", malformed);
    }
  }

  private static String required(Headers headers, String name) {
    var value = text(headers, name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  private static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
