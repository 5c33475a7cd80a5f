package boutique.language.users;

import org.jspecify.annotations.Nullable;

/** What people say of themselves. Only ever in the vault and in the answer to themselves. */
public record Profile(@Nullable String name, @Nullable String phone) {
  public static final Profile EMPTY = new Profile(null, null);

  @Override
  public String toString() {
    return "Profile"; // nothing of a person, wherever it is written
  }
}
