package boutique.language.users;

import org.jspecify.annotations.Nullable;

/**
 * Where something can be sent. Only ever in the vault and in the answer to the person.
 *
 * @param country two letters, as ISO 3166 has them
 */
public record Address(
    String id,
    String name,
    String line1,
    @Nullable String line2,
    String postalCode,
    String city,
    @Nullable String region,
    String country,
    @Nullable String phone) {

  @Override
  public String toString() {
    return "Address[" + id + "]"; // nothing of a person, wherever it is written
  }
}
