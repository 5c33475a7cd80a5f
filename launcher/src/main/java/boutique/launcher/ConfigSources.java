package boutique.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads the configuration from where people write it: files, the environment, flags. */
final class ConfigSources {
  private static final String PREFIX = "BOUTIQUE_";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ConfigSources() {}

  static Config read(Path home, Map<String, String> environment, List<String> flags) {
    var config = new Config();
    file(config, home.resolve("conf").resolve("boutique.json"));
    var parsed = Flags.parse(flags);
    if (parsed.conf() != null) {
      file(config, Path.of(parsed.conf()));
    }
    environment(config, environment);
    parsed.settings().forEach((name, text) -> config.set(name, text, "--" + name));
    return config;
  }

  private static void file(Config config, Path file) {
    if (!Files.isReadable(file)) {
      throw new Mistake(file + ": there is no such file, or it cannot be read");
    }
    try {
      var root = JSON.readTree(file.toFile());
      if (root == null || !root.isObject()) {
        throw new Mistake(file + ": must be a JSON object");
      }
      flatten(config, "", root, file.toString());
    } catch (JsonProcessingException malformed) {
      var where = malformed.getLocation();
      throw new Mistake(
          "%s: not JSON in line %d: %s"
              .formatted(file, where.getLineNr(), malformed.getOriginalMessage()));
    } catch (IOException unreadable) {
      throw new Mistake(file + ": cannot be read: " + unreadable.getMessage());
    }
  }

  private static void flatten(Config config, String prefix, JsonNode node, String source) {
    node.properties()
        .forEach(field -> {
          var name = prefix + field.getKey();
          if (field.getValue().isObject()) {
            flatten(config, name + ".", field.getValue(), source);
          } else {
            config.set(name, field.getValue().asText(), source);
          }
        });
  }

  private static void environment(Config config, Map<String, String> environment) {
    environment.forEach((variable, text) -> {
      if (variable.startsWith(PREFIX)) {
        config.set(named(variable), text, variable);
      }
    });
  }

  private static String named(String variable) {
    return Config.KEYS.stream()
        .filter(key -> key.environment().equals(variable))
        .map(Key::name)
        .findFirst()
        .orElseThrow(() ->
            new Mistake(
                variable
                    + ": no key has this name"
                    + Hint.among(Config.KEYS.stream().map(Key::environment).toList(), variable)));
  }
}
