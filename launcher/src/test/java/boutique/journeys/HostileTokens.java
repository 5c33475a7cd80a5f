package boutique.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that are not the shop's, made from one that is. */
final class HostileTokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String OTHER_KEY = "another key, which the shop does not have";

  private HostileTokens() {}

  /** By what is wrong with them. */
  static Map<String, List<String>> of(String token, String refreshToken) {
    var parts = List.of(token.split("\\."));
    var head = parts.get(0);
    var claims = parts.get(1);
    var kinds = new java.util.LinkedHashMap<String, List<String>>();
    kinds.put("cut", cuts(token));
    kinds.put("altered", altered(token));
    kinds.put("unsigned", unsigned(claims));
    kinds.put("signed by somebody else", signedByOthers(head, claims));
    kinds.put("without its signature", List.of(head + "." + claims, head + "." + claims + "."));
    kinds.put("of somebody else, under its signature", List.of(otherClaims(parts)));
    kinds.put("doubled", List.of(token + token, token + "." + token, token + " " + token));
    kinds.put("no token", List.of("", "null", "a.b.c", "..", "{}", "x".repeat(5_000)));
    if (!refreshToken.isEmpty()) {
      kinds.put("the refresh token", List.of(refreshToken));
    }
    return kinds;
  }

  /** Signed with the shop's own key, but not meant for this, or not any more. */
  static Map<String, List<String>> ours(String token, String key) {
    var claims =
        List.<Consumer<ObjectNode>>of(
            one -> one.put("exp", 1_000_000_000),
            one -> one.remove("exp"),
            one -> one.put("iss", "another-shop"),
            one -> one.put("aud", "another-shop"),
            one -> one.put("use", "refresh"),
            one -> one.remove("use"),
            one -> one.remove("sub"),
            one -> one.put("epoch", "many"));
    return Map.of(
        "of ours, but not for this",
        claims.stream().map(change -> signedAnew(token, key, change)).toList());
  }

  /** With other claims, under a good signature. */
  static String signedAnew(String token, String key, Consumer<ObjectNode> change) {
    var parts = List.of(token.split("\\."));
    try {
      var claims = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts.get(1)));
      change.accept(claims);
      return signed(parts.get(0), BASE64.encodeToString(JSON.writeValueAsBytes(claims)), key);
    } catch (java.io.IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private static List<String> cuts(String token) {
    var cuts = new ArrayList<String>();
    for (var length = 1; length < token.length(); length += token.length() / 7) {
      cuts.add(token.substring(0, length));
    }
    return cuts;
  }

  /** One character of each part is another. */
  private static List<String> altered(String token) {
    var altered = new ArrayList<String>();
    for (var at : List.of(2, token.indexOf('.') + 4, token.lastIndexOf('.') + 4)) {
      var other = token.charAt(at) == 'A' ? 'B' : 'A';
      altered.add(token.substring(0, at) + other + token.substring(at + 1));
    }
    return altered;
  }

  private static List<String> unsigned(String claims) {
    return List.of("none", "None", "NONE", "nOnE", "").stream()
        .map(algorithm -> head(node -> node.put("alg", algorithm)) + "." + claims + ".")
        .toList();
  }

  private static List<String> signedByOthers(String head, String claims) {
    var tokens = new ArrayList<String>();
    tokens.add(signed(head, claims, OTHER_KEY));
    tokens.add(signed(head, claims, "\0"));
    for (var key :
        List.of("../../../../dev/null", "' UNION SELECT 'x", "0", "http://127.0.0.1/k")) {
      tokens.add(signed(head(node -> node.put("alg", "HS256").put("kid", key)), claims, OTHER_KEY));
    }
    tokens.add(
        signed(
            head(
                node -> node.put("alg", "HS256").putObject("jwk").put("kty", "oct").put("k", "eA")),
            claims,
            "x"));
    return tokens;
  }

  private static String otherClaims(List<String> parts) {
    try {
      var claims = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts.get(1)));
      claims.put("sub", "somebody-else").putArray("roles").add("operator");
      return parts.get(0)
          + "."
          + BASE64.encodeToString(JSON.writeValueAsBytes(claims))
          + "."
          + parts.get(2);
    } catch (java.io.IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private static String head(Consumer<ObjectNode> write) {
    var head = JSON.createObjectNode().put("typ", "JWT");
    write.accept(head);
    try {
      return BASE64.encodeToString(JSON.writeValueAsBytes(head));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String signed(String head, String claims, String key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      var text = head + "." + claims;
      return text + "." + BASE64.encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
