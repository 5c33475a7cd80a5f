package boutique.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import boutique.kernel.Bus;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.stream.Stream;

/** All classes of the house but its tests: only from the launcher are they all visible. */
final class Everything {
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("boutique");

  private Everything() {}

  static DescribedPredicate<JavaClass> dependOn(String... packages) {
    var there = resideInAnyPackage(packages);
    return describe(
        "depend on " + String.join(", ", packages),
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> there.test(dependency.getTargetClass())));
  }

  /** Whoever calls a method of the bus, or passes it on; the bus itself does not count. */
  static Stream<JavaClass> callersOfBus(String method) {
    return CLASSES.get(Bus.class).getAccessesToSelf().stream()
        .filter(access -> access.getTarget().getName().equals(method))
        .map(access -> topLevel(access.getOriginOwner()))
        .filter(caller -> !caller.isEquivalentTo(Bus.class))
        .distinct();
  }

  static JavaClass topLevel(JavaClass type) {
    return type.getEnclosingClass().map(Everything::topLevel).orElse(type);
  }
}
