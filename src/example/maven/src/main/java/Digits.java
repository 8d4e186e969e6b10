import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kerastwin.api.Generator;

public class Digits {
  public static void main(String[] arguments) throws IOException {
    try (Generator generator = Generator.load(Path.of(arguments[0]))) {
      Files.write(Path.of(arguments[1]), generator.generate(100, 42).gridPng());
    }
  }
}
