package boutique.language.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** Why goods cannot be sold any more. */
public enum Loss {
  @JsonProperty("damaged")
  DAMAGED("damaged"),
  @JsonProperty("lost")
  LOST("lost"),
  @JsonProperty("expired")
  EXPIRED("expired");

  private final String wireName;

  Loss(String wireName) {
    this.wireName = wireName;
  }

  public static Optional<Loss> named(String name) {
    return Arrays.stream(values()).filter(one -> one.wireName.equals(name)).findFirst();
  }
}
