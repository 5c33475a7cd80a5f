package boutique.launcher;

import static boutique.launcher.Everything.CLASSES;
import static boutique.launcher.Everything.callersOfBus;
import static boutique.launcher.Everything.dependOn;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import boutique.backends.embedded.KafkaBroker;
import boutique.kernel.feed.Reactions;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Message;
import boutique.language.codec.WireNames;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayName("In this house")
class ArchitectureTest {
  static final List<String> ROOMS =
      List.of(
          "boutique.users",
          "boutique.catalog",
          "boutique.inventory",
          "boutique.carts",
          "boutique.discounts",
          "boutique.orders",
          "boutique.payments");

  /** Every package that there is: a rule about one that is gone would guard nothing. */
  static final List<String> PACKAGES =
      List.of(
          "boutique.language",
          "boutique.language.codec",
          "boutique.language.users",
          "boutique.language.sessions",
          "boutique.language.catalog",
          "boutique.language.inventory",
          "boutique.language.carts",
          "boutique.language.discounts",
          "boutique.language.discrepancies",
          "boutique.language.orders",
          "boutique.language.numbers",
          "boutique.language.payments",
          "boutique.language.pricing",
          "boutique.kernel",
          "boutique.kernel.feed",
          "boutique.kernel.mail",
          "boutique.kernel.payment",
          "boutique.kernel.limits",
          "boutique.kernel.room",
          "boutique.kernel.store",
          "boutique.kernel.sweep",
          "boutique.kernel.timers",
          "boutique.kernel.views",
          "boutique.backends",
          "boutique.backends.embedded",
          "boutique.backends.distributed",
          "boutique.users",
          "boutique.catalog",
          "boutique.inventory",
          "boutique.carts",
          "boutique.discounts",
          "boutique.orders",
          "boutique.payments",
          "boutique.payments.books",
          "boutique.kafka",
          "boutique.gateway",
          "boutique.gateway.problems",
          "boutique.gateway.sessions",
          "boutique.gateway.conventions",
          "boutique.gateway.door",
          "boutique.gateway.live",
          "boutique.gateway.routes",
          "boutique.ops",
          "boutique.launcher");

  /** The gateway's own rooms: each knows those before it. */
  static final List<String> GATEWAY =
      List.of("problems", "sessions", "conventions", "door", "live", "routes");

  static final List<String> ADAPTERS = List.of("boutique.backends..", "boutique.kafka");

  @Test
  @DisplayName("there are these packages and no others")
  void packages() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(PACKAGES);
  }

  @ParameterizedTest
  @FieldSource("PACKAGES")
  @DisplayName("nothing is null unless it says so")
  void nullMarked(String name) throws ClassNotFoundException {
    assertThat(Class.forName(name + ".package-info")).hasAnnotation(NullMarked.class);
  }

  @ParameterizedTest
  @FieldSource("ROOMS")
  @DisplayName("a room knows the kernel and the language, and no other room")
  void rooms(String room) {
    knowsOnly(room, "boutique.kernel..", "boutique.language..").check(CLASSES);
  }

  @Test
  @DisplayName("who compares the books knows the payments room, and the room knows nothing of that")
  void books() {
    noClasses()
        .that()
        .resideOutsideOfPackages("boutique.payments.books", "boutique.launcher")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("boutique.payments.books")
        .check(CLASSES);
    knowsOnly(
            "boutique.payments.books",
            "boutique.payments",
            "boutique.kernel..",
            "boutique.language..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("the language knows nothing of who speaks it")
  void language() {
    knowsOnly("boutique.language..").check(CLASSES);
  }

  @Test
  @DisplayName("the kernel has not one business word")
  void kernel() {
    knowsOnly("boutique.kernel..", "boutique.language", "boutique.language.codec").check(CLASSES);
  }

  @ParameterizedTest
  @FieldSource("ADAPTERS")
  @DisplayName("what adapts the kernel's ports knows no room either, and not each other")
  void adapters(String adapter) {
    knowsOnly(adapter, "boutique.kernel..", "boutique.language", "boutique.language.codec")
        .check(CLASSES);
  }

  @Test
  @DisplayName("the gateway knows the kernel and the language, and no room behind them")
  void gateway() {
    knowsOnly("boutique.gateway..", "boutique.kernel..", "boutique.language..").check(CLASSES);
  }

  @Test
  @DisplayName("within the gateway each package knows those before it, and none behind")
  void gatewayLayers() {
    for (var layer = 0; layer < GATEWAY.size(); layer++) {
      var known =
          Stream.concat(
              Stream.of("boutique.kernel..", "boutique.language.."),
              GATEWAY.stream().limit(layer).map(before -> "boutique.gateway." + before));
      knowsOnly("boutique.gateway." + GATEWAY.get(layer), known.toArray(String[]::new))
          .check(CLASSES);
    }
  }

  @Test
  @DisplayName(
      "only the gateway, the launcher, an order's steps, the sweeps and reactions ask a room")
  void asking() {
    var doors = resideOutsideOfPackages("boutique.gateway..", "boutique.launcher");

    assertThat(callersOfBus("ask").filter(doors).map(JavaClass::getName))
        .containsExactlyInAnyOrder(
            "boutique.carts.Forgetting",
            "boutique.inventory.Lapses",
            "boutique.orders.Checkout",
            "boutique.orders.Expiry",
            "boutique.orders.Finishing",
            "boutique.orders.LineChanging",
            "boutique.orders.Numbering",
            "boutique.orders.Settlement",
            "boutique.payments.Asking",
            "boutique.payments.Notices",
            "boutique.payments.Settlement",
            "boutique.payments.books.GivingSurplusBack",
            "boutique.payments.books.Mending",
            "boutique.payments.books.Watching",
            "boutique.orders.Undoing",
            Reactions.class.getName());
    assertThat(callersOfBus("look").filter(doors).map(JavaClass::getName))
        .containsExactlyInAnyOrder(
            "boutique.orders.Numbering", // whether an order bears its number
            "boutique.payments.Asking", // whether what is taken is still wanted
            "boutique.payments.Cashier", // what is paid for
            "boutique.payments.books.Lines", // what is compared
            "boutique.users.Tidying"); // at its own room
  }

  @Test
  @DisplayName("only the bridge and the broker inside see Kafka")
  void kafka() {
    classes()
        .that(dependOn("org.apache.kafka.."))
        .and(not(belongToAnyOf(KafkaBroker.class)))
        .should()
        .resideInAPackage("boutique.kafka")
        .check(CLASSES);
    assertThat(CLASSES.that(dependOn("kafka..", "scala..")))
        .isNotEmpty()
        .allMatch(belongToAnyOf(KafkaBroker.class));
  }

  @Test
  @DisplayName("only the distributed backends see MongoDB")
  void mongo() {
    onlyIn("boutique.backends.distributed", "io.vertx.ext.mongo..", "com.mongodb..", "org.bson..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("only the distributed backends see Redis")
  void redis() {
    onlyIn("boutique.backends.distributed", "io.vertx.redis..").check(CLASSES);
  }

  @Test
  @DisplayName("only the distributed backends see Stripe")
  void stripe() {
    onlyIn("boutique.backends.distributed", "com.stripe..").check(CLASSES);
  }

  @Test
  @DisplayName("only the embedded backends see RocksDB")
  void rocks() {
    onlyIn("boutique.backends.embedded", "org.rocksdb..").check(CLASSES);
  }

  @Test
  @DisplayName("only the gateway speaks HTTP, but for the operators' door")
  void http() {
    onlyIn("boutique.gateway..", "io.vertx.ext.web..", "io.vertx.openapi..").check(CLASSES);
    classes()
        .that(dependOn("io.vertx.core.http.."))
        .should()
        .resideInAnyPackage("boutique.gateway..", "boutique.ops")
        .check(CLASSES);
  }

  @Test
  @DisplayName("the operators' door knows the kernel and the language, and no room behind them")
  void ops() {
    knowsOnly("boutique.ops", "boutique.kernel..", "boutique.language..").check(CLASSES);
  }

  @Test
  @DisplayName("only the operators' door sees how numbers are told")
  void micrometer() {
    onlyIn("boutique.ops", "io.micrometer..", "io.prometheus..").check(CLASSES);
  }

  @Test
  @DisplayName("every command and every event is a record with a wire name")
  void wireNames() {
    var families =
        CLASSES.stream()
            .filter(resideInAPackage("boutique.language.."))
            .map(JavaClass::reflect)
            .filter(Class::isSealed)
            .filter(
                type -> Command.class.isAssignableFrom(type) || Event.class.isAssignableFrom(type))
            .toList();

    assertThat(families)
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder(
            "UserCommand",
            "UserEvent",
            "SessionCommand",
            "SessionEvent",
            "CatalogCommand",
            "CatalogEvent",
            "InventoryCommand",
            "InventoryEvent",
            "CartCommand",
            "CartEvent",
            "DiscountCommand",
            "DiscountEvent",
            "OrderCommand",
            "OrderEvent",
            "NumberCommand",
            "NumberEvent",
            "PaymentCommand",
            "PaymentEvent",
            "DiscrepancyCommand",
            "DiscrepancyEvent");
    assertThat(families.stream().flatMap(family -> Stream.of(family.getPermittedSubclasses())))
        .allSatisfy(type -> {
          assertThat(type).isRecord();
          assertThatCode(() -> WireNames.of(type.asSubclass(Message.class)))
              .doesNotThrowAnyException();
        });
  }

  @Test
  @DisplayName("nobody but the launcher speaks to the terminal")
  void terminal() {
    noClasses()
        .that()
        .resideOutsideOfPackage("boutique.launcher")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  @DisplayName("nothing is called by a name that says nothing")
  void names() {
    noClasses()
        .should()
        .haveNameMatching(".*\\.(Abstract|Base)[A-Z]\\w*|.*(Util|Utils|Helper|Manager|Impl)")
        .orShould()
        .resideInAnyPackage("..util..", "..common..", "..impl..")
        .check(CLASSES);
  }

  /** Of what is ours, these know themselves and those. */
  private static ArchRule knowsOnly(String these, String... those) {
    return noClasses()
        .that()
        .resideInAPackage(these)
        .should()
        .dependOnClassesThat(
            resideInAPackage("boutique..")
                .and(resideOutsideOfPackage(these))
                .and(resideOutsideOfPackages(those)));
  }

  private static ArchRule onlyIn(String home, String... foreign) {
    return classes().that(dependOn(foreign)).should().resideInAPackage(home);
  }
}
