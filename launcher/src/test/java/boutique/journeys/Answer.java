package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What the shop answered over HTTP. */
record Answer(HttpResponse<String> response) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Answer {
    var request = response.request();
    var code = code(response);
    assertThat(code.isEmpty() || Documented.has(request.method(), request.uri().getRawPath(), code))
        .as(
            "the contract says that %s %s may be refused as %s",
            request.method(), request.uri(), code)
        .isTrue();
  }

  int status() {
    return response.statusCode();
  }

  String type() {
    return header("Content-Type").orElse("");
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** A header that must be there. */
  String headed(String name) {
    return header(name).orElseThrow(() -> new AssertionError("no %s in %s".formatted(name, this)));
  }

  JsonNode json() {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("not JSON: " + response.body(), malformed);
    }
  }

  /** The body, when the status is the one that was hoped for. */
  JsonNode json(int status) {
    assertThat(status()).as("status of %s", this).isEqualTo(status);
    return json();
  }

  /** That it was refused with this status and this code. */
  JsonNode problem(int status, String code) {
    var problem = json(status);
    assertThat(type()).isEqualTo("application/problem+json");
    assertThat(problem.path("code").asText()).as("code of %s", this).isEqualTo(code);
    return problem;
  }

  /** What is wrong, if anything is. */
  private static String code(HttpResponse<String> response) {
    var type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.equals("application/problem+json") || response.body().isEmpty()) {
      return "";
    }
    try {
      return JSON.readTree(response.body()).path("code").asText();
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("no problem as RFC 9457 wants it: " + response.body(), malformed);
    }
  }

  @Override
  public String toString() {
    var request = response.request();
    return "%s %s: %d %s"
        .formatted(request.method(), request.uri().getPath(), status(), response.body());
  }
}
