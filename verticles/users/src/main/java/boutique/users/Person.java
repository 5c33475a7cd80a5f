package boutique.users;

import boutique.language.users.Address;
import boutique.language.users.EmailHash;
import boutique.language.users.PersonFace;
import boutique.language.users.Profile;
import boutique.language.users.UserFace;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is, and how to know that it is the same one: what a document of the vault holds.
 *
 * @param account the name of the account's stream
 */
record Person(
    EmailHash account,
    String email,
    String passwordHash,
    Profile profile,
    List<Address> addresses,
    @Nullable String defaultAddress,
    @Nullable String blockedBecause,
    Instant since) {
  Person {
    addresses = List.copyOf(addresses);
  }

  /** Somebody of whom nothing else is known yet. */
  static Person known(EmailHash account, String email, String passwordHash, Instant since) {
    return new Person(account, email, passwordHash, Profile.EMPTY, List.of(), null, null, since);
  }

  Person withPassword(String hash) {
    return new Person(
        account, email, hash, profile, addresses, defaultAddress, blockedBecause, since);
  }

  Person with(Profile changed) {
    return new Person(
        account, email, passwordHash, changed, addresses, defaultAddress, blockedBecause, since);
  }

  Person with(List<Address> changed, @Nullable String newDefault) {
    return new Person(
        account, email, passwordHash, profile, changed, newDefault, blockedBecause, since);
  }

  Person blocked(@Nullable String because) {
    return new Person(
        account, email, passwordHash, profile, addresses, defaultAddress, because, since);
  }

  PersonFace face(UserFace of) {
    return new PersonFace(of, email, profile, addresses, defaultAddress, blockedBecause, since);
  }

  @Override
  public String toString() {
    return "Person"; // nothing of a person, wherever it is written
  }
}
