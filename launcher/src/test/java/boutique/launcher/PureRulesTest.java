package boutique.launcher;

import static boutique.launcher.Everything.CLASSES;
import static boutique.launcher.Everything.topLevel;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Decider;
import boutique.kernel.Decision;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What decides looks at nothing but what it is given:")
class PureRulesTest {
  private static final DescribedPredicate<JavaClass> WORLD =
      resideInAnyPackage(
              "io.vertx..",
              "io.netty..",
              "org.apache.kafka..",
              "kafka..",
              "com.mongodb..",
              "org.bson..",
              "org.rocksdb..",
              "org.slf4j..",
              "java.io..",
              "java.net..",
              "java.nio.file..",
              "java.util.concurrent..")
          .or(describe("time and chance", PureRulesTest::isTimeOrChance))
          .as("the world");

  private static final DescribedPredicate<JavaAccess<?>> LOOKS_AT_THE_WORLD =
      describe("look at the world", PureRulesTest::looksAtTheWorld);

  @Test
  @DisplayName("each room has its rules, and all of them are held to this")
  void everyDecider() {
    assertThat(deciders().map(JavaClass::getName))
        .containsExactlyInAnyOrder(
            "boutique.users.AccountDecider",
            "boutique.users.SessionDecider",
            "boutique.catalog.ProductDecider",
            "boutique.inventory.StockDecider",
            "boutique.carts.CartDecider",
            "boutique.discounts.VoucherDecider",
            "boutique.orders.OrderDecider",
            "boutique.orders.RegisterDecider",
            "boutique.payments.PaymentDecider",
            "boutique.payments.books.ClosingDecider");
  }

  @Test
  @DisplayName("rules, states and messages know no clock, no chance, no bus and no store")
  void looksAtNothing() {
    var pure = rulesStatesAndMessages();

    noClasses().that(pure).should().dependOnClassesThat(WORLD).check(CLASSES);
    noClasses().that(pure).should().accessTargetWhere(LOOKS_AT_THE_WORLD).check(CLASSES);
    noClasses()
        .that(pure)
        .should()
        .dependOnClassesThat(resideInAPackage("boutique..").and(not(pure)))
        .check(CLASSES);
  }

  @Test
  @DisplayName("what a room does because of what it hears is a function of that")
  void reactions() {
    var reactions =
        Stream.of(
                "boutique.inventory.InventoryRoom",
                "boutique.carts.CartRoom",
                "boutique.discounts.DiscountRoom",
                "boutique.orders.OrderRoom",
                "boutique.orders.NumbersRoom",
                "boutique.payments.PaymentRoom")
            .flatMap(room -> CLASSES.get(room).getMethods().stream())
            .filter(method -> method.getName().equals("reactions"))
            .toList();

    assertThat(reactions).hasSize(6);
    for (var reaction : reactions) {
      assertThat(accesses(reaction, new HashSet<>()))
          .isNotEmpty()
          .filteredOn(LOOKS_AT_THE_WORLD)
          .as(reaction.getFullName())
          .isEmpty();
    }
  }

  private static Stream<JavaClass> deciders() {
    return CLASSES.stream()
        .filter(type -> type.isAssignableTo(Decider.class) && !type.isInterface());
  }

  private static DescribedPredicate<JavaClass> rulesStatesAndMessages() {
    var rulesAndStates = new HashSet<JavaClass>();
    deciders()
        .flatMap(rules -> Stream.of(rules, stateOf(rules)))
        .forEach(type -> reach(type, rulesAndStates));
    return resideInAPackage("boutique.language..")
        .and(resideOutsideOfPackages("boutique.language.codec"))
        .or(belongToAnyOf(Decider.class, Decision.class))
        .or(describe("rules and states", type -> rulesAndStates.contains(topLevel(type))))
        .as("rules, states and messages");
  }

  /** A type, and what it uses of its own room. */
  private static void reach(JavaClass type, Set<JavaClass> reached) {
    if (reached.add(type)) {
      CLASSES.stream()
          .filter(part -> topLevel(part).equals(type))
          .flatMap(part -> part.getDirectDependenciesFromSelf().stream())
          .map(dependency -> topLevel(dependency.getTargetClass()))
          .filter(other -> other.getPackageName().equals(type.getPackageName()))
          .forEach(other -> reach(other, reached));
    }
  }

  private static JavaClass stateOf(JavaClass decider) {
    return decider.getInterfaces().stream()
        .map(JavaParameterizedType.class::cast)
        .map(rules -> rules.getActualTypeArguments().get(1).toErasure())
        .findFirst()
        .orElseThrow();
  }

  /** What a method reaches for, by itself or through others of its class. */
  private static Set<JavaAccess<?>> accesses(JavaCodeUnit method, Set<JavaCodeUnit> seen) {
    var accesses = new HashSet<JavaAccess<?>>();
    if (seen.add(method)) {
      for (var access : method.getAccessesFromSelf()) {
        accesses.add(access);
        if (access.getTargetOwner().equals(method.getOwner())
            && access.getTarget().resolveMember().orElse(null) instanceof JavaCodeUnit own) {
          accesses.addAll(accesses(own, seen));
        }
      }
    }
    return accesses;
  }

  private static boolean isTimeOrChance(JavaClass type) {
    return Stream.of(InstantSource.class, RandomGenerator.class, UUID.class)
        .anyMatch(type::isAssignableTo);
  }

  private static boolean looksAtTheWorld(JavaAccess<?> access) {
    var owner = access.getTargetOwner();
    var name = access.getTarget().getName();
    return WORLD.test(owner)
        || (owner.getPackageName().equals("java.time") && name.equals("now"))
        || owner.isEquivalentTo(System.class)
        || (owner.isEquivalentTo(Math.class) && name.equals("random"));
  }
}
