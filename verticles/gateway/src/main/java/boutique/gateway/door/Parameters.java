package boutique.gateway.door;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.json.schema.JsonSchema;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestUtils;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.ValidatorException;
import io.vertx.openapi.validation.impl.RequestValidatorImpl;
import io.vertx.openapi.validation.impl.ValidatedRequestImpl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a request that has no body against the contract, by the library's own rules, on the thread
 * where it arrives. The library takes every request to another thread and back, because bodies may
 * be large; for a few short words that way is dearer than all the rest of the gateway.
 */
public final class Parameters implements Handler<RoutingContext> {
  private static final int BAD_REQUEST = 400;

  private final Operation operation;
  private final RequestValidatorImpl rules;
  private final Map<String, Length> lengths;

  private Parameters(Operation operation, RequestValidatorImpl rules) {
    this.operation = operation;
    this.rules = rules;
    this.lengths = Length.of(operation.getParameters());
  }

  /** Before anything else is done with them. */
  public static void check(RouterBuilder routes, Vertx vertx, OpenAPIContract contract) {
    var rules = new RequestValidatorImpl(vertx, contract);
    routes.getRoutes().stream()
        .filter(route -> route.getOperation().getRequestBody() == null)
        .forEach(route ->
            route.setDoValidation(false).addHandler(new Parameters(route.getOperation(), rules)));
  }

  @Override
  public void handle(RoutingContext ctx) {
    try {
      var said = RequestUtils.extract(ctx.request(), operation).result(); // there is no body
      ctx.put(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST, checked(said));
    } catch (ValidatorException wrong) {
      ctx.fail(new HttpException(BAD_REQUEST, wrong.getMessage(), wrong));
      return;
    }
    ctx.next();
  }

  private ValidatedRequestImpl checked(ValidatableRequest said) {
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
    return new ValidatedRequestImpl(cookies, headers, path, query);
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
