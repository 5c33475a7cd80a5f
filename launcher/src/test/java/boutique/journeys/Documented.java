package boutique.journeys;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The codes with which the contract says that its operations may be refused: each problem that any
 * test is answered is looked up here, so that none can be forgotten.
 */
final class Documented {
  private static final JsonNode CONTRACT = contract();
  private static final Set<String> EVERYWHERE = codes(CONTRACT);
  private static final List<Path> PATHS =
      CONTRACT.get("paths").properties().stream()
          .map(path -> new Path(path.getKey(), path.getValue()))
          .sorted(Comparator.comparingLong(Path::parameters))
          .toList();

  private Documented() {}

  private record Path(String template, JsonNode operations) {
    boolean leadsTo(String path) {
      return Pattern.matches(template.replaceAll("\\{[^}]+}", "[^/]+"), path);
    }

    long parameters() {
      return template.chars().filter(sign -> sign == '{').count();
    }
  }

  /** Slashes count as the shop counts them: many are one, and the last is none. */
  static boolean has(String method, String path, String code) {
    var place = path.replaceAll("/+", "/").replaceFirst("/$", "");
    return EVERYWHERE.contains(code) || own(method, place).anyMatch(code::equals);
  }

  private static Stream<String> own(String method, String path) {
    var name = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    return PATHS.stream()
        .filter(one -> one.leadsTo(path))
        .limit(1)
        .flatMap(one -> codes(one.operations().path(name)).stream());
  }

  private static Set<String> codes(JsonNode says) {
    return StreamSupport.stream(says.path("x-codes").spliterator(), false)
        .map(JsonNode::asText)
        .collect(toSet());
  }

  private static JsonNode contract() {
    try (var yaml = Documented.class.getResourceAsStream("/openapi.yaml")) {
      return new YAMLMapper().readTree(Objects.requireNonNull(yaml));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
