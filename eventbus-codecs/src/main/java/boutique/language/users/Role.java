package boutique.language.users;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What somebody may do in the shop beyond looking at it. */
public enum Role {
  /** Buys and sells. */
  CUSTOMER,

  /** Keeps the shop running: sees its users, and may block them. */
  OPERATOR;

  /** The same roles, unchangeable and always in the same order. */
  public static Set<Role> set(Collection<Role> roles) {
    var sorted = EnumSet.noneOf(Role.class);
    sorted.addAll(roles);
    return Collections.unmodifiableSet(sorted);
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
