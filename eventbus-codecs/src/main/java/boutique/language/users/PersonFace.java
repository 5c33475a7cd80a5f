package boutique.language.users;

import boutique.language.Face;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account with the person behind it, for that person and for operators.
 *
 * @param defaultAddress which of the addresses is meant when nobody says which
 * @param blockedBecause what the operator wrote who blocked the account
 */
public record PersonFace(
    UserFace account,
    String email,
    Profile profile,
    List<Address> addresses,
    @Nullable String defaultAddress,
    @Nullable String blockedBecause,
    Instant since)
    implements Face {
  public PersonFace {
    addresses = List.copyOf(addresses);
  }

  @Override
  public String toString() {
    return "PersonFace[" + account.user() + "]"; // nothing of a person, wherever it is written
  }
}
