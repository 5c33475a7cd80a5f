package boutique.gateway.door;

import boutique.gateway.door.Shape.Text;
import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.json.schema.JsonSchema;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestUtils;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.ValidatedRequest;
import io.vertx.openapi.validation.ValidationContext;
import io.vertx.openapi.validation.ValidatorException;
import io.vertx.openapi.validation.analyser.ContentAnalyser;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.RequestValidatorImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import io.vertx.openapi.validation.impl.ValidatedRequestImpl;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds a request against the contract, by the library's own rules, on the thread where it arrives.
 * The library takes every request to another thread and back, because bodies may be large; for a
 * few short words that way is dearer than all the rest of the gateway. What is large still goes it.
 */
public final class Input implements Handler<RoutingContext> {
  private static final int BAD_REQUEST = 400;
  private static final int LARGE = 8 << 10;
  private static final String JSON = "application/json";

  private final Operation operation;
  private final Rules rules;
  private final Map<String, Shape> shapes;
  private final @Nullable Object schema;
  private final boolean foreign;

  private Input(Operation operation, Rules rules) {
    this.operation = operation;
    this.rules = rules;
    this.shapes = texts(operation.getParameters());
    this.schema = schema(operation);
    this.foreign = "foreign".equals(operation.getExtensions().get("x-text"));
  }

  private static @Nullable Object schema(Operation operation) {
    var body = operation.getRequestBody();
    var type = body == null ? null : body.getContent().get(JSON);
    return type == null ? null : type.getSchema();
  }

  /** Before anything else is done with them. */
  public static void check(RouterBuilder routes, Vertx vertx, OpenAPIContract contract) {
    var rules = new Rules(vertx, contract);
    for (var route : routes.getRoutes()) {
      route.setDoValidation(false).addHandler(new Input(route.getOperation(), rules));
    }
  }

  @Override
  public void handle(RoutingContext ctx) {
    var body = ctx.body().buffer();
    var said =
        typed(
            ctx,
            RequestUtils.extract(ctx.request(), operation, () -> Future.succeededFuture(body))
                .result()); // everything has arrived
    if (body != null && body.length() > LARGE) {
      rules
          .validate(said, operation.getOperationId())
          .onSuccess(checked -> goOn(ctx, checked))
          .onFailure(wrong -> fail(ctx, wrong));
      return;
    }
    ValidatedRequest checked;
    try {
      checked = checked(said);
    } catch (ValidatorException wrong) {
      fail(ctx, wrong);
      return;
    }
    goOn(ctx, checked);
  }

  /** The library knows types only in small letters; parameters of them tell it nothing. */
  private static ValidatableRequest typed(RoutingContext ctx, ValidatableRequest said) {
    return BodyType.of(ctx).equals(JSON)
        ? new ValidatableRequestImpl(
            said.getCookies(),
            said.getHeaders(),
            said.getPathParameters(),
            said.getQuery(),
            said.getBody(),
            JSON)
        : said;
  }

  private void goOn(RoutingContext ctx, ValidatedRequest checked) {
    var wrongs = foreign ? List.<Wrong>of() : Characters.wrong(checked.getBody(), schema);
    if (!wrongs.isEmpty()) {
      ctx.fail(Problem.invalid(wrongs));
      return;
    }
    ctx.put(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST, checked);
    ctx.next();
  }

  private static void fail(RoutingContext ctx, Throwable wrong) {
    ctx.fail(
        wrong instanceof ValidatorException
            ? new HttpException(BAD_REQUEST, wrong.getMessage(), wrong)
            : wrong);
  }

  private ValidatedRequest checked(ValidatableRequest said) {
    var cookies = new HashMap<String, RequestParameter>();
    var headers = new HashMap<String, RequestParameter>();
    var path = new HashMap<String, RequestParameter>();
    var query = new HashMap<String, RequestParameter>();
    for (var parameter : operation.getParameters()) {
      switch (parameter.getIn()) {
        case COOKIE -> check(parameter, said.getCookies(), cookies);
        case HEADER -> check(parameter, said.getHeaders(), headers);
        case PATH -> check(parameter, said.getPathParameters(), path);
        case QUERY -> check(parameter, said.getQuery(), query);
      }
    }
    return new ValidatedRequestImpl(
        cookies, headers, path, query, rules.validateBody(operation.getRequestBody(), said));
  }

  private void check(
      Parameter parameter,
      Map<String, RequestParameter> said,
      Map<String, RequestParameter> checked) {
    var name = parameter.getName();
    var value = said.get(name);
    checked.put(
        name, isPlainlyRight(parameter, value) ? value : rules.validateParameter(parameter, value));
  }

  /** Of a parameter that is not a string, the library has to make what it is first. */
  private boolean isPlainlyRight(Parameter parameter, @Nullable RequestParameter value) {
    var shape = shapes.get(parameter.getName());
    return value != null && shape != null && shape.fits(value.get());
  }

  private static Map<String, Shape> texts(List<Parameter> parameters) {
    var shapes = new HashMap<String, Shape>();
    for (var parameter : parameters) {
      if (Shape.of((JsonObject) parameter.getSchema()) instanceof Text text) {
        shapes.put(parameter.getName(), text);
      }
    }
    return shapes;
  }

  /** The library's, which is asked only about bodies that are not plainly right. */
  private static final class Rules extends RequestValidatorImpl {
    private final IdentityHashMap<JsonSchema, Predicate<@Nullable Object>> plain =
        new IdentityHashMap<>();

    Rules(Vertx vertx, OpenAPIContract contract) {
      super(vertx, contract);
    }

    @Override
    protected RequestParameterImpl validate(
        MediaType type, String contentType, Buffer body, ValidationContext where) {
      var json =
          body.length() > LARGE || type == null ? null : json(type, contentType, body, where);
      return json == null
          ? super.validate(type, contentType, body, where) // which says what is wrong
          : new RequestParameterImpl(json);
    }

    /** Null when it is not as the contract wants it. */
    private @Nullable Object json(
        MediaType type, String contentType, Buffer body, ValidationContext where) {
      var content = ContentAnalyser.getContentAnalyser(type, contentType, body, where);
      if (content == null) {
        return null;
      }
      content.checkSyntacticalCorrectness();
      var value = content.transform();
      return plain.computeIfAbsent(type.getSchema(), this::plain).test(value) ? value : null;
    }

    private Predicate<@Nullable Object> plain(JsonSchema schema) {
      var shape = Shape.of((JsonObject) schema);
      if (shape != null) {
        return shape::fits;
      }
      var validator = contract.getSchemaRepository().validator(schema);
      return value -> validator.validate(value).getValid();
    }
  }
}
