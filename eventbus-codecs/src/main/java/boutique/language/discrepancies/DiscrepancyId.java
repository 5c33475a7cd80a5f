package boutique.language.discrepancies;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.language.StreamId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Which line: the same for the same thing, however often it is seen. */
public record DiscrepancyId(@JsonValue String value) {
  @JsonCreator
  public DiscrepancyId {
    if (!StreamId.isPlain(value)) {
      throw new IllegalArgumentException("not an id");
    }
  }

  /**
   * What is wrong, with which payment and with what of it. Others may have told the provider any
   * text as the name of a payment: what cannot be the name of a stream is named by its hash.
   */
  public static DiscrepancyId of(String kind, String payment, String about) {
    var thing = payment + "." + about;
    var named = kind + "." + thing;
    return new DiscrepancyId(StreamId.isPlain(named) ? named : kind + "." + hash(thing));
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public StreamId stream() {
    return new StreamId(DiscrepancyCommand.ROOM, value);
  }

  @Override
  public String toString() {
    return value;
  }
}
