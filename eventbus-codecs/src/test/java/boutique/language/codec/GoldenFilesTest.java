package boutique.language.codec;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.Event;
import boutique.language.Message;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A golden file is an event as it was written once. It is never edited: events in stores and topics
 * have its shape for ever, so what breaks here needs a new record under a new name.
 */
@DisplayName("An event that was written long ago")
class GoldenFilesTest {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  @ParameterizedTest
  @MethodSource("boutique.language.codec.GoldenFiles#names")
  @DisplayName("is still read as an event of its name")
  void reads(String name) throws IOException {
    var event = Json.decode(GoldenFiles.read(name), Message.class);

    assertThat(event).isInstanceOf(Event.class);
    assertThat(WireNames.of(event)).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("boutique.language.codec.GoldenFiles#names")
  @DisplayName("is still written in the same way")
  void writes(String name) throws IOException {
    var golden = GoldenFiles.read(name);

    var written = Json.encode(Json.decode(golden, Message.class));

    assertThat(PLAIN.readTree(written)).isEqualTo(PLAIN.readTree(golden));
  }

  @ParameterizedTest
  @MethodSource("boutique.language.codec.GoldenFiles#events")
  @DisplayName("is kept for every event that has a wire name")
  void exists(String event) {
    assertThat(GoldenFiles.names()).contains(event);
  }
}
