package boutique.gateway.door;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.Validator;
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
import io.vertx.openapi.validation.impl.ValidatedRequestImpl;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a request against the contract, by the library's own rules, on the thread where it arrives.
 * The library takes every request to another thread and back, because bodies may be large; for a
 * few short words that way is dearer than all the rest of the gateway. What is large still goes it.
 */
public final class Input implements Handler<RoutingContext> {
  private static final int BAD_REQUEST = 400;
  private static final int LARGE = 8 << 10;

  private final Operation operation;
  private final Rules rules;
  private final Map<String, Length> lengths;

  private Input(Operation operation, Rules rules) {
    this.operation = operation;
    this.rules = rules;
    this.lengths = Length.of(operation.getParameters());
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
        RequestUtils.extract(ctx.request(), operation, () -> Future.succeededFuture(body))
            .result(); // everything has arrived
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

  private static void goOn(RoutingContext ctx, ValidatedRequest checked) {
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

  /** Most are ids, of which the contract says nothing but how long they may be. */
  private boolean isPlainlyRight(Parameter parameter, @Nullable RequestParameter value) {
    return value != null
        && value.get() instanceof String text
        && lengths.containsKey(parameter.getName())
        && lengths.get(parameter.getName()).holds(text);
  }

  /** The library's, which makes a validator anew for every body; here each is made once. */
  private static final class Rules extends RequestValidatorImpl {
    private final IdentityHashMap<JsonSchema, Validator> validators = new IdentityHashMap<>();

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
      return validators
              .computeIfAbsent(type.getSchema(), contract.getSchemaRepository()::validator)
              .validate(value)
              .getValid()
          ? value
          : null;
    }
  }

  /** A string of so many characters. */
  private record Length(int least, int most) {
    private static final Set<String> SAYS = Set.of("type", "minLength", "maxLength", "description");

    static Map<String, Length> of(List<Parameter> parameters) {
      return parameters.stream()
          .filter(parameter -> saysNothingElse(parameter.getSchema()))
          .collect(Collectors.toMap(Parameter::getName, one -> of(one.getSchema())));
    }

    private static Length of(JsonSchema schema) {
      return new Length(schema.get("minLength", 0), schema.get("maxLength", Integer.MAX_VALUE));
    }

    private static boolean saysNothingElse(JsonSchema schema) {
      return "string".equals(schema.get("type"))
          && schema.fieldNames().stream()
              .allMatch(name -> SAYS.contains(name) || name.startsWith("__"));
    }

    /** Counted so that what is doubtful, for it has rare characters, is left to the library. */
    boolean holds(String text) {
      return text.length() <= most && text.length() / 2 >= least;
    }
  }
}
