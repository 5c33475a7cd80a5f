package boutique.launcher;

import boutique.gateway.door.FrontDoor.Certificate;
import io.vertx.core.Vertx;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.X509KeyManager;

/** Finds out, before the door is opened with them, whether a certificate and a key fit together. */
final class Tls {
  private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

  private Tls() {}

  static void check(Certificate certificate, Vertx vertx) {
    var manager = manager(certificate, vertx);
    var alias = aliases(manager).getFirst();
    if (!fit(manager.getCertificateChain(alias)[0], manager.getPrivateKey(alias))) {
      throw new Mistake(
          "http.tls.key: %s is not the key of %s"
              .formatted(certificate.key(), certificate.chain()));
    }
  }

  private static X509KeyManager manager(Certificate certificate, Vertx vertx) {
    try {
      var managers = certificate.options().getKeyManagerFactory(vertx).getKeyManagers();
      return Arrays.stream(managers)
          .filter(X509KeyManager.class::isInstance)
          .map(X509KeyManager.class::cast)
          .filter(manager -> !aliases(manager).isEmpty())
          .findFirst()
          .orElseThrow(() -> unusable(certificate, "there is no certificate in it"));
    } catch (Mistake mistake) {
      throw mistake;
    } catch (Exception unreadable) { // it says no more than this
      throw unusable(certificate, String.valueOf(unreadable.getMessage()));
    }
  }

  private static List<String> aliases(X509KeyManager manager) {
    return KINDS.stream()
        .map(kind -> manager.getServerAliases(kind, null))
        .filter(Objects::nonNull)
        .flatMap(Arrays::stream)
        .toList();
  }

  private static Mistake unusable(Certificate certificate, String why) {
    return new Mistake(
        "http.tls: %s and %s cannot be used as certificate and key: %s"
            .formatted(certificate.chain(), certificate.key(), why.lines().findFirst().orElse("")));
  }

  /** What the one has signed, the other knows. */
  private static boolean fit(X509Certificate certificate, PrivateKey key) {
    try {
      var signature = Signature.getInstance(algorithm(key));
      var text = new byte[] {1, 2, 3};
      signature.initSign(key);
      signature.update(text);
      var signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException different) {
      return false;
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
