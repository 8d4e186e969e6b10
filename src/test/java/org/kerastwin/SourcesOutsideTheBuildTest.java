package org.kerastwin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java files that users run as they are, which Maven does not compile. */
class SourcesOutsideTheBuildTest {
  /** Needs ONNX Runtime, which is no dependency of the project. */
  private static final String WITH_OTHER_LIBRARIES = "GenerateDigitsWithOnnxRuntime.java";

  @TempDir Path classes;

  static List<Path> sources() throws IOException {
    try (Stream<Path> tools = Files.walk(Path.of("tools"));
        Stream<Path> examples = Files.walk(Path.of("src/example"))) {
      return Stream.concat(tools, examples)
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith(WITH_OTHER_LIBRARIES))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void compiles(Path source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                options,
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertTrue(compiled, messages.toString());
  }
}
