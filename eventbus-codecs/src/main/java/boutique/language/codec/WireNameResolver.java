package boutique.language.codec;

import boutique.language.Message;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;

/** Writes a message's wire name into its JSON as {@code type}, and finds its class by it. */
final class WireNameResolver extends TypeIdResolverBase {

  /** Mixed into {@link Message}, so that the language itself needs to know nothing of Jackson. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "type")
  @JsonTypeIdResolver(WireNameResolver.class)
  interface Named {}

  @Override
  public String idFromValue(Object message) {
    return WireNames.of((Message) message);
  }

  @Override
  public String idFromValueAndType(Object message, Class<?> declared) {
    return WireNames.of(declared.asSubclass(Message.class));
  }

  @Override
  public JavaType typeFromId(DatabindContext context, String name) {
    return context.constructType(WireNames.named(name));
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }
}
