package boutique.gateway.door;

import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the shop is reached from outside.
 *
 * @param port where it listens; 0 for any that is free
 * @param webroot where the pages are
 * @param publicUrl the address under which browsers know it, if that is not the one they connect to
 * @param others the pages of others that may act for their visitors here
 * @param proxies whose word is taken for whom they ask
 * @param certificate to be reached over TLS
 * @param publishableKey with which pages may show the payment provider's own card form
 */
public record FrontDoor(
    int port,
    Path webroot,
    Optional<Origin> publicUrl,
    Set<Origin> others,
    List<Network> proxies,
    Optional<Certificate> certificate,
    Optional<String> publishableKey) {
  public FrontDoor {
    others = Set.copyOf(others);
    proxies = List.copyOf(proxies);
  }

  /** A chain of certificates and the key that belongs to the first, as PEM files. */
  public record Certificate(Path chain, Path key) {
    public PemKeyCertOptions options() {
      return new PemKeyCertOptions().setCertPath(chain.toString()).setKeyPath(key.toString());
    }
  }
}
