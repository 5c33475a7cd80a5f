package boutique.language.payments;

import boutique.language.Money;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What has become of an attempt, as the provider says. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outcome.Denied.class, name = "denied"),
  @JsonSubTypes.Type(value = Outcome.Voided.class, name = "voided"),
  @JsonSubTypes.Type(value = Outcome.Challenge.class, name = "challenge"),
  @JsonSubTypes.Type(value = Outcome.Held.class, name = "held"),
  @JsonSubTypes.Type(value = Outcome.Taken.class, name = "taken")
})
public sealed interface Outcome {

  /** No money has moved, and none will. */
  record Denied(@Nullable String reference, String code) implements Outcome {}

  /**
   * None of its money is here, and none will come: it was called off, or all of it has gone back.
   */
  record Voided(String reference) implements Outcome {}

  /** The buyer has to prove who they are first. */
  record Challenge(String reference, Money amount, boolean live) implements Outcome {}

  /** The money is held, until it is captured. */
  record Held(String reference, Money amount, boolean live) implements Outcome {}

  /** The money is ours. */
  record Taken(String reference, Money amount, boolean live) implements Outcome {}
}
