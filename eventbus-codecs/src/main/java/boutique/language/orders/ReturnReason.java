package boutique.language.orders;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** Why goods came back. One of a few, so that no free text about a person gets into an event. */
public enum ReturnReason {
  @JsonProperty("not-wanted")
  NOT_WANTED("not-wanted"),
  @JsonProperty("wrong-item")
  WRONG_ITEM("wrong-item"),
  @JsonProperty("damaged")
  DAMAGED("damaged"),
  @JsonProperty("not-delivered")
  NOT_DELIVERED("not-delivered"),
  @JsonProperty("other")
  OTHER("other");

  private final String wireName;

  ReturnReason(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  public static Optional<ReturnReason> named(String name) {
    return Arrays.stream(values()).filter(reason -> reason.wireName.equals(name)).findFirst();
  }
}
