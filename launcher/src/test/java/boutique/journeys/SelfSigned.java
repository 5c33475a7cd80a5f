package boutique.journeys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A certificate that somebody has made for themselves, and its key, as PEM files. */
record SelfSigned(Path certificate, Path key) {
  static final String NAME = "shop.example";
  private static final String SECRET = "only for a moment";

  /**
   * Made by the JDK's own tool.
   *
   * @param kind RSA, EC or Ed25519
   */
  static SelfSigned in(Path folder, String file, String kind) throws IOException {
    var store = folder.resolve(file + ".p12");
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var names = "SAN=dns:" + NAME + ",dns:localhost,ip:127.0.0.1";
    var command =
        List.of(
            tool,
            "-genkeypair",
            "-alias",
            "shop",
            "-keyalg",
            kind,
            "-dname",
            "CN=" + NAME,
            "-ext",
            names,
            "-validity",
            "2",
            "-keystore",
            store.toString(),
            "-storepass",
            SECRET);
    try (var making = Program.start(Map.of(), command)) {
      assertThat(making.exitCode()).as("%s %s", making.out(), making.err()).isZero();
    }
    try (var stored = Files.newInputStream(store)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(stored, SECRET.toCharArray());
      return new SelfSigned(
          pem(
              folder.resolve(file + ".crt"),
              "CERTIFICATE",
              keys.getCertificate("shop").getEncoded()),
          pem(
              folder.resolve(file + ".key"),
              "PRIVATE KEY",
              keys.getKey("shop", SECRET.toCharArray()).getEncoded()));
    } catch (GeneralSecurityException everyJvmCan) {
      throw new IllegalStateException(everyJvmCan);
    }
  }

  /** What makes a shop use it, and more. */
  String[] flags(String... more) {
    return Stream.concat(
            Stream.of("--http.tls.cert=" + certificate, "--http.tls.key=" + key), Stream.of(more))
        .toArray(String[]::new);
  }

  private static Path pem(Path file, String what, byte[] bytes) throws IOException {
    var text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, text, what));
  }
}
