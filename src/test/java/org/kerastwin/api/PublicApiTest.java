package org.kerastwin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lists the types that other programs may use. A change here is a change of the public API. */
class PublicApiTest {
  private static final String API = "org.kerastwin.api.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("Test"))
          .importPackages("org.kerastwin.api");

  @Test
  void onlyTheListedTypesArePublic() {
    Set<String> types =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Set.of("Generator", "Images", "KerasModel", "Training", "TrainingObserver"), types);
  }

  /** Programs must not need other packages of this project or TensorFlow. */
  @Test
  void signaturesUseOnlyJavaAndApiTypes() {
    Set<String> others =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(PublicApiTest::types)
            .map(type -> type.getBaseComponentType().getName())
            .filter(name -> !name.startsWith("java.") && !name.startsWith(API))
            .filter(name -> name.contains("."))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), others);
  }

  private static Stream<JavaClass> types(JavaCodeUnit unit) {
    return Stream.concat(
        Stream.of(unit.getRawReturnType()),
        Stream.concat(
            unit.getRawParameterTypes().stream(),
            unit.getExceptionTypes().stream().map(JavaClass.class::cast)));
  }
}
