package boutique.gateway.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.gateway.sessions.Secret;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By what a request is known again: who asks under which key, and what for. Made with a secret, so
 * that nobody who reads the store can try out what was in the body.
 *
 * @param name whose key it is
 * @param request what was asked with it
 * @param seal under which the answer is kept; made of the client's own words, of which the store
 *     has digests only
 */
record Fingerprint(String name, String request, Seal seal) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String NOBODY = "";
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  static Fingerprint of(
      Secret secret, String who, String key, String method, String target, Buffer body) {
    var name = who + "\n" + key;
    var request =
        digest(secret, "request\n" + name + "\n" + method + "\n" + target + "\n" + canonical(body));
    return new Fingerprint(
        digest(secret, "key\n" + name),
        request,
        Seal.of(mac(secret, "seal\n" + name + "\n" + request)));
  }

  /**
   * The same of somebody who is nobody: their key is one together with all that they ask for, so
   * that no stranger can take it, and whoever asks the same again is known without a name.
   */
  static Fingerprint ofNobody(
      Secret secret, String key, String method, String target, Buffer body) {
    var print = of(secret, NOBODY, key, method, target, body);
    return new Fingerprint(
        digest(secret, "nobody\n" + print.request()), print.request(), print.seal());
  }

  /** Another one for something else that the same request makes. */
  static String part(String request, String what) {
    return digest(new Secret(request.getBytes(UTF_8)), what);
  }

  /** The same for bodies that mean the same; what is no JSON stands for itself. */
  static String canonical(Buffer body) {
    if (body.length() == 0) {
      return "";
    }
    try {
      return canonical(EXACT.readTree(body.getBytes()));
    } catch (JsonProcessingException noJson) {
      return HexFormat.of().formatHex(body.getBytes());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String canonical(JsonNode node) {
    if (node.isObject()) {
      var fields = new TreeMap<String, String>();
      node.properties()
          .forEach(field ->
              fields.put(
                  JsonNodeFactory.instance.textNode(field.getKey()).toString(),
                  canonical(field.getValue())));
      return fields.entrySet().stream()
          .map(field -> field.getKey() + ":" + field.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .map(Fingerprint::canonical)
          .collect(Collectors.joining(",", "[", "]"));
    }
    return node.isNumber() ? node.decimalValue().stripTrailingZeros().toString() : node.toString();
  }

  private static String digest(Secret secret, String text) {
    return HexFormat.of().formatHex(mac(secret, text));
  }

  private static byte[] mac(Secret secret, String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
