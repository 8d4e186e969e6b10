package org.kerastwin.parity.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The program has all scripts that {@code verify --python} runs. */
class LiveReferenceScriptsTest {
  private static final Path TOOLS = Path.of("tools");
  private static final Pattern IMPORT = Pattern.compile("(?m)^(?:import|from) (\\w+)");

  @Test
  void namesAllScriptsThatTheExporterImports() throws IOException {
    Set<String> needed = new TreeSet<>();
    addWithImports("export_reference.py", needed);
    assertEquals(needed, new TreeSet<>(LiveReference.SCRIPTS));
  }

  private static void addWithImports(String script, Set<String> needed) throws IOException {
    if (Files.exists(TOOLS.resolve(script)) && needed.add(script)) {
      Matcher imports = IMPORT.matcher(Files.readString(TOOLS.resolve(script)));
      while (imports.find()) {
        addWithImports(imports.group(1) + ".py", needed);
      }
    }
  }

  @Test
  void comesWithTheScripts() {
    for (String script : LiveReference.SCRIPTS) {
      assertNotNull(getClass().getResource(LiveReference.RESOURCES + script), script);
    }
  }
}
