package boutique.users;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.users.Address;
import boutique.users.Outcome.Becomes;
import boutique.users.Outcome.Not;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An address book")
class AddressBookTest {
  private static final Person ANNA =
      Person.known(Anna.HASH, "anna@example.com", "a hash", Anna.NOW);

  @Test
  @DisplayName("has its first address as the default, until somebody says otherwise")
  void first() {
    var one = becomes(AddressBook.add(ANNA, address("one"), false));
    var two = becomes(AddressBook.add(one, address("two"), false));
    var three = becomes(AddressBook.add(two, address("three"), true));

    assertThat(one.defaultAddress()).isEqualTo("one");
    assertThat(two.defaultAddress()).isEqualTo("one");
    assertThat(three.defaultAddress()).isEqualTo("three");
    assertThat(becomes(AddressBook.change(three, address("two"), true)).defaultAddress())
        .isEqualTo("two");
  }

  @Test
  @DisplayName("is never without a default as long as it has an address")
  void removed() {
    var one = becomes(AddressBook.add(ANNA, address("one"), false));
    var two = becomes(AddressBook.add(one, address("two"), false));

    assertThat(becomes(AddressBook.remove(two, "one")).defaultAddress()).isEqualTo("two");
    assertThat(becomes(AddressBook.remove(two, "two")).defaultAddress()).isEqualTo("one");
    assertThat(becomes(AddressBook.remove(one, "one"))).isEqualTo(ANNA);
  }

  @Test
  @DisplayName("does not hold an address twice that comes twice")
  void twice() {
    var one = becomes(AddressBook.add(ANNA, address("one"), false));

    assertThat(becomes(AddressBook.add(one, address("one"), false))).isEqualTo(one);
  }

  @Test
  @DisplayName("has an end")
  void full() {
    var person = ANNA;
    for (var i = 0; i < AddressBook.MOST; i++) {
      person = becomes(AddressBook.add(person, address("address-" + i), false));
    }

    assertThat(refused(AddressBook.add(person, address("more"), false)))
        .isEqualTo("addresses.full");
  }

  @Test
  @DisplayName("knows no address that is not in it")
  void unknown() {
    assertThat(refused(AddressBook.change(ANNA, address("one"), true)))
        .isEqualTo("address.not-found");
    assertThat(refused(AddressBook.remove(ANNA, "one"))).isEqualTo("address.not-found");
  }

  private static Address address(String id) {
    return new Address(id, "Anna", "1 Canal Street", null, "10115", "Berlin", null, "DE", null);
  }

  private static Person becomes(Outcome outcome) {
    return ((Becomes) outcome).person();
  }

  private static String refused(Outcome outcome) {
    return ((Not) outcome).because().code();
  }
}
