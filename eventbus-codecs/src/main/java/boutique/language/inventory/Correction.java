package boutique.language.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** Why the books were corrected. Not in words: somebody might name a person in them. */
public enum Correction {
  @JsonProperty("counted")
  COUNTED("counted"),
  @JsonProperty("misbooked")
  MISBOOKED("misbooked"),
  @JsonProperty("found")
  FOUND("found");

  private final String wireName;

  Correction(String wireName) {
    this.wireName = wireName;
  }

  public static Optional<Correction> named(String name) {
    return Arrays.stream(values()).filter(one -> one.wireName.equals(name)).findFirst();
  }
}
