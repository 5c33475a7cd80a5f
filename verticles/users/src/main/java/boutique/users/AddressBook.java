package boutique.users;

import boutique.language.Reply.Refused;
import boutique.language.users.Address;
import boutique.users.Outcome.Becomes;
import boutique.users.Outcome.Not;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of the addresses of one person: not too many, and one of them is the default. */
final class AddressBook {
  static final int MOST = 20;

  private static final Not FULL =
      new Not(
          new Refused(
              "addresses.full",
              "There is room for " + MOST + " addresses; please remove one first."));
  private static final Not UNKNOWN =
      new Not(new Refused("address.not-found", "There is no such address."));

  private AddressBook() {}

  /** An address that is there already, from the same request come twice, stays as it is. */
  static Outcome add(Person person, Address address, boolean asDefault) {
    if (place(person, address.id()) >= 0) {
      return new Becomes(person);
    }
    if (person.addresses().size() >= MOST) {
      return FULL;
    }
    var addresses = new ArrayList<>(person.addresses());
    addresses.add(address);
    return new Becomes(person.with(addresses, chosen(person, address, asDefault)));
  }

  static Outcome change(Person person, Address address, boolean asDefault) {
    var place = place(person, address.id());
    if (place < 0) {
      return UNKNOWN;
    }
    var addresses = new ArrayList<>(person.addresses());
    addresses.set(place, address);
    return new Becomes(person.with(addresses, chosen(person, address, asDefault)));
  }

  /** When the default goes, the first of the others takes its place. */
  static Outcome remove(Person person, String id) {
    var place = place(person, id);
    if (place < 0) {
      return UNKNOWN;
    }
    var addresses = new ArrayList<>(person.addresses());
    addresses.remove(place);
    var left = id.equals(person.defaultAddress()) ? first(addresses) : person.defaultAddress();
    return new Becomes(person.with(addresses, left));
  }

  private static @Nullable String chosen(Person person, Address address, boolean asDefault) {
    return asDefault || person.defaultAddress() == null ? address.id() : person.defaultAddress();
  }

  private static @Nullable String first(List<Address> addresses) {
    return addresses.isEmpty() ? null : addresses.getFirst().id();
  }

  private static int place(Person person, String id) {
    return person.addresses().stream().map(Address::id).toList().indexOf(id);
  }
}
