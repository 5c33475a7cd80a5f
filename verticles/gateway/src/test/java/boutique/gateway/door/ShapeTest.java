package boutique.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import boutique.gateway.Contract;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The shape of a body")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShapeTest {
  private static final int DEEPEST = 4;

  private Vertx vertx;
  private OpenAPIContract contract;

  @BeforeAll
  void read() {
    vertx = Vertx.vertx();
    contract = new Contract(vertx).requests().await();
  }

  @AfterAll
  void close() {
    vertx.close().await();
  }

  Stream<Arguments> bodies() {
    return contract.operations().stream()
        .filter(operation -> operation.getRequestBody() != null)
        .flatMap(operation ->
            operation.getRequestBody().getContent().values().stream()
                .filter(type -> type.getSchema() != null)
                .map(type -> argumentSet(operation.getOperationId(), operation, type.getSchema())));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  @DisplayName("lets nothing pass that the contract refuses, and all that it plainly allows")
  void agreesWithTheContract(Operation operation, JsonSchema schema) {
    var shape = Shape.of((JsonObject) schema);
    if (shape == null) {
      return; // then the library judges alone
    }
    var validator = contract.getSchemaRepository().validator(schema);
    for (var value : values((JsonObject) schema, DEEPEST)) {
      var valid = validator.validate(value).getValid();
      assertThat(shape.fits(value) && !valid).as("%s lets %s pass", shape, value).isFalse();
      if (valid && isPlain(value)) {
        assertThat(shape.fits(value)).as("%s is plainly right", value).isTrue();
      }
    }
  }

  @Test
  @DisplayName("is known for the bodies that are sent most often")
  void isKnown() {
    for (var id : Set.of("addToCart", "setCartItem", "placeOrder", "createPayment", "signIn")) {
      var body = Objects.requireNonNull(contract.operation(id)).getRequestBody();
      assertThat(Shape.of((JsonObject) body.getContent().get("application/json").getSchema()))
          .as(id)
          .isNotNull();
    }
  }

  /** Whole numbers may come as 1.0, and rare characters count once or twice: the library knows. */
  private static boolean isPlain(Object value) {
    return switch (value) {
      case JsonObject object -> object.stream().allMatch(field -> isPlain(field.getValue()));
      case JsonArray row -> row.stream().allMatch(ShapeTest::isPlain);
      case Double number -> number != Math.rint(number);
      case String text -> text.codePointCount(0, text.length()) == text.length();
      case null, default -> true;
    };
  }

  /** Right and wrong ones, around every bound that the schema names. */
  private static List<Object> values(JsonObject schema, int depth) {
    var values = new ArrayList<Object>();
    values.add("");
    values.add("text");
    values.add(0);
    values.add(-1L);
    values.add(1.0);
    values.add(0.5);
    values.add(true);
    values.add(new JsonArray());
    values.add(new JsonObject());
    values.add(new JsonObject().put("$where", 1));
    for (var bound : List.of("minimum", "maximum", "exclusiveMinimum")) {
      if (schema.getValue(bound) instanceof Number number) {
        for (var by : List.of(-1, 0, 1)) {
          values.add(number.longValue() + by);
          values.add(number.doubleValue() + by * 0.01);
        }
      }
    }
    for (var bound : List.of("minLength", "maxLength")) {
      if (schema.getValue(bound) instanceof Number number) {
        for (var length = Math.max(0, number.intValue() - 1);
            length <= number.intValue() + 1;
            length++) {
          values.add("a".repeat(length));
          values.add("7".repeat(length));
          values.add("\uD83D\uDE00".repeat(length));
          values.add("\uD83D\uDE00".repeat((length + 1) / 2));
        }
      }
    }
    schema.getJsonArray("enum", new JsonArray()).forEach(values::add);
    if (depth > 0 && schema.getValue("items") instanceof JsonObject items) {
      var each = values(items, depth - 1);
      each.forEach(one -> values.add(new JsonArray().add(one)));
      for (var count : List.of("minItems", "maxItems")) {
        if (schema.getValue(count) instanceof Number number) {
          for (var size = Math.max(0, number.intValue() - 1);
              size <= number.intValue() + 1;
              size++) {
            for (var one : each) {
              values.add(new JsonArray(Collections.nCopies(size, one)));
            }
          }
        }
      }
    }
    if (depth > 0 && schema.getValue("properties") instanceof JsonObject properties) {
      values.addAll(objects(properties, depth));
    }
    return values;
  }

  /** All fields right as far as one can be found, and each of them in turn with every value. */
  private static List<JsonObject> objects(JsonObject properties, int depth) {
    var objects = new ArrayList<JsonObject>();
    var whole = new JsonObject();
    for (var name : properties.fieldNames()) {
      var schema = properties.getJsonObject(name);
      var shape = Shape.of(schema);
      values(schema, depth - 1).stream()
          .filter(value -> shape != null && shape.fits(value))
          .findFirst()
          .ifPresent(value -> whole.put(name, value));
    }
    objects.add(whole);
    objects.add(whole.copy().put("more", 1));
    for (var name : properties.fieldNames()) {
      var without = whole.copy();
      without.remove(name);
      objects.add(without);
      objects.add(whole.copy().putNull(name));
      for (var value : values(properties.getJsonObject(name), depth - 1)) {
        objects.add(whole.copy().put(name, value));
      }
    }
    return objects;
  }
}
