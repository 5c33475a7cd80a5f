package boutique.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Who asks")
class AddressesTest {
  private static final Addresses ALONE = new Addresses(List.of());
  private static final Addresses BEHIND =
      new Addresses(
          List.of(
              Network.of("10.0.0.0/8").orElseThrow(), Network.of("2001:db8:1::/48").orElseThrow()));

  @Test
  @DisplayName("is who is at the other end, whatever a header says")
  void peer() {
    assertThat(ALONE.of("203.0.113.7", List.of("198.51.100.1"))).isEqualTo("203.0.113.7");
    assertThat(BEHIND.of("203.0.113.7", List.of("198.51.100.1"))).isEqualTo("203.0.113.7");
  }

  @ParameterizedTest
  @DisplayName("behind proxies of ours is the last whom they did not know")
  @CsvSource(
      delimiter = ';',
      value = {
        "198.51.100.1; 198.51.100.1",
        "6.6.6.6, 198.51.100.1; 198.51.100.1",
        "6.6.6.6, 198.51.100.1, 10.2.2.2; 198.51.100.1",
        "198.51.100.1 ,10.2.2.2,10.3.3.3; 198.51.100.1",
        "10.2.2.2; 10.2.2.2",
        "''; 10.1.1.1",
        "nonsense; 10.1.1.1",
        "198.51.100.1, nonsense; 10.1.1.1",
        "198.51.100.1, unknown, 10.2.2.2; 10.2.2.2"
      })
  void proxies(String forwarded, String asks) {
    assertThat(BEHIND.of("10.1.1.1", List.of(forwarded))).isEqualTo(asks);
  }

  @Test
  @DisplayName("has a whole network of IPv6, and so it is one and the same in all of it")
  void networks() {
    assertThat(ALONE.of("2001:db8::1", List.of()))
        .isEqualTo(ALONE.of("2001:db8::ffff:1:2:3", List.of()))
        .isNotEqualTo(ALONE.of("2001:db8:0:1::1", List.of()));
    assertThat(BEHIND.of("2001:db8:1::1", List.of("198.51.100.1"))).isEqualTo("198.51.100.1");
  }

  @Test
  @DisplayName("is the same over IPv6 that only carries IPv4")
  void mapped() {
    assertThat(ALONE.of("::ffff:203.0.113.7", List.of())).isEqualTo("203.0.113.7");
  }

  @ParameterizedTest
  @DisplayName("is in a network by its first bits")
  @CsvSource({
    "10.0.0.0/8, 10.255.1.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false"
  })
  void inside(String network, String address, boolean inside) {
    assertThat(Network.of(network).orElseThrow().contains(InetAddress.ofLiteral(address)))
        .isEqualTo(inside);
  }

  @ParameterizedTest
  @DisplayName("is in no network that is none")
  @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "localhost", "10.0.0.0/x"})
  void noNetwork(String written) {
    assertThat(Network.of(written)).isEmpty();
  }
}
