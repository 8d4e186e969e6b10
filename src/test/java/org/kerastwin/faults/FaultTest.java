package org.kerastwin.faults;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of faults fits the sources. */
class FaultTest {
  private static final Path MAIN = Path.of("src/main/java/org/kerastwin");
  private static final Path TESTS = Path.of("src/test/java/org/kerastwin");
  private static final int FEWEST = 60;

  @Test
  void everyFaultChangesItsFile() throws IOException {
    List<Fault> faults = Fault.read(Path.of("src/test/resources/faults.txt"));
    assertTrue(faults.size() >= FEWEST, () -> "only " + faults.size());
    assertEquals(faults.size(), faults.stream().map(Fault::name).distinct().count());
    assertAll(
        faults.stream()
            .map(
                fault ->
                    () -> {
                      String source = Files.readString(MAIN.resolve(fault.file()));
                      assertNotEquals(source, fault.plantedIn(source), fault::name);
                    }));
  }

  @Test
  void everyFaultNamesTestsThatExist() throws IOException {
    for (Fault fault : Fault.read(Path.of("src/test/resources/faults.txt"))) {
      assertFalse(fault.tests().isEmpty(), fault::name);
      for (String test : fault.tests()) {
        String[] names = test.split("#", -1);
        Path file = TESTS.resolve(names[0].replace('.', '/') + ".java");
        assertTrue(Files.isRegularFile(file), () -> fault.name() + ": " + file);
        String method = names.length > 1 ? " " + names[1].replaceFirst("\\(.*", "") + "(" : "";
        assertTrue(Files.readString(file).contains(method), () -> fault.name() + ": " + test);
      }
    }
  }
}
