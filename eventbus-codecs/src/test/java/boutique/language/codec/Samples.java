package boutique.language.codec;

import boutique.language.Message;
import boutique.language.orders.OrderNumber;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages of every kind that has a wire name, made from the shapes of their records: so a new
 * message is tried from its first day. Each comes with everything that it can hold, and with
 * nothing that it can do without.
 */
final class Samples {
  static final List<Message> ALL =
      WireNames.all().stream()
          .sorted(Comparator.comparing(WireNames::of))
          .flatMap(kind -> Stream.of(true, false).map(full -> (Message) make(kind, full)))
          .distinct()
          .toList();

  private Samples() {}

  private static Object make(Class<?> kind, boolean full) {
    var components = kind.getRecordComponents();
    try {
      var constructor =
          kind.getDeclaredConstructor(
              Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(
          Stream.of(components).map(component -> value(component, full)).toArray());
    } catch (ReflectiveOperationException unfit) {
      throw new IllegalStateException("cannot make a " + kind.getName(), unfit);
    }
  }

  private static @Nullable Object value(RecordComponent component, boolean full) {
    return full || !isNullable(component.getAnnotatedType())
        ? value(component.getGenericType(), component.getName(), full)
        : null;
  }

  private static Object value(Type type, String name, boolean full) {
    if (type instanceof ParameterizedType generic) {
      var content = value(generic.getActualTypeArguments()[0], name, full);
      if (generic.getRawType() == List.class) {
        return full ? List.of(content, content) : List.of();
      }
      if (generic.getRawType() == Set.class) {
        return full ? Set.of(content) : Set.of();
      }
      var mapped = value(generic.getActualTypeArguments()[1], name, full);
      return full ? Map.of(content, mapped) : Map.of();
    }
    var kind = (Class<?>) type;
    if (kind == String.class) {
      return name;
    }
    if (kind == long.class || kind == Long.class) {
      return full ? Long.MAX_VALUE : 0L;
    }
    if (kind == int.class) {
      return full ? 10_000 : 1;
    }
    if (kind == boolean.class) {
      return full;
    }
    if (kind == Instant.class) {
      return full ? Instant.parse("2026-03-01T10:15:30.123456789Z") : Instant.EPOCH;
    }
    if (kind == Duration.class) {
      return full ? Duration.parse("P2DT3H4M5.6S") : Duration.ZERO;
    }
    if (kind == OrderNumber.class) {
      return OrderNumber.of(2026, full ? 1_000_000 : 1); // not any text is one
    }
    if (kind.isEnum()) {
      return kind.getEnumConstants()[full ? kind.getEnumConstants().length - 1 : 0];
    }
    if (kind.isSealed() && !Message.class.isAssignableFrom(kind)) {
      return make(oneOf(kind, full), full);
    }
    return make(kind.isInterface() ? somethingPlain(kind) : kind, full);
  }

  /** Of what is one of several things, the first for what has to be little, else the last. */
  private static Class<?> oneOf(Class<?> choice, boolean full) {
    var choices = choice.getPermittedSubclasses();
    return choices[full ? choices.length - 1 : 0];
  }

  /** A message of this sort that holds no further message. */
  private static Class<?> somethingPlain(Class<?> sort) {
    return WireNames.all().stream()
        .filter(sort::isAssignableFrom)
        .filter(kind ->
            Stream.of(kind.getRecordComponents())
                .noneMatch(component -> Message.class.isAssignableFrom(component.getType())))
        .min(Comparator.comparing(WireNames::of))
        .orElseThrow();
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }
}
