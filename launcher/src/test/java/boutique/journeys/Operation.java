package boutique.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Something that the contract lets people do.
 *
 * @param open whether nobody has to say who they are
 * @param role who may do it; empty for everybody who has an account
 * @param type of the body, empty where there is none
 * @param body what it must look like
 */
record Operation(
    String id,
    String method,
    String path,
    boolean open,
    String role,
    List<Parameter> parameters,
    String type,
    JsonNode body) {
  private static final String JSON = "application/json";

  record Parameter(String name, String in, boolean required, JsonNode schema) {}

  /** Whether it is about one thing, which somebody may own. */
  boolean namesSomething() {
    return path.contains("{");
  }

  boolean reads() {
    return method.equals("GET");
  }

  boolean takesJson() {
    return type.equals(JSON);
  }

  boolean takes(String parameter) {
    return parameters.stream().anyMatch(one -> one.name().equals(parameter));
  }

  List<Parameter> parameters(String in) {
    return parameters.stream().filter(one -> one.in().equals(in)).toList();
  }

  @Override
  public String toString() {
    return method + " " + path + " (" + id + ")";
  }
}
