package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.models.ModelSource;
import org.kerastwin.testing.Fuzzing;
import org.kerastwin.testing.Mutations;
import org.kerastwin.testing.Zeros;

/** Reads mutations of every form of model as the commands do. */
@Tag("fuzz")
class ModelsFuzzTest {
  private static final Path KERAS = Path.of("src/test/resources/keras/files");

  @TempDir static Path folder;

  private static List<byte[]> keras(String... names) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (String name : names) {
      files.add(Files.readAllBytes(KERAS.resolve(name)));
    }
    return files;
  }

  private static void read(Path file, Optional<Variant> variant) {
    new ModelSource(file, variant, Optional.empty()).read();
  }

  private static byte[] changed(long number, List<byte[]> seeds) {
    Mutations mutations = new Mutations(number);
    return mutations.bytes(mutations.pick(seeds));
  }

  @Test
  void keras() throws Exception {
    List<byte[]> seeds = keras("generator.keras", "discriminator.keras");
    new Fuzzing("model-keras", folder.resolve("a.keras"))
        .run(
            Fuzzing.libraryInputs(),
            number -> {
              Mutations mutations = new Mutations(number);
              return mutations.archive(
                  mutations.pick(seeds), (name, content) -> mutations.bytes(content));
            },
            file -> read(file, Optional.empty()));
  }

  @Test
  void legacy() throws Exception {
    List<byte[]> seeds = keras("generator.h5", "keras2.h5", "keras2-turns.h5", "keras2-momenta.h5");
    new Fuzzing("model-h5", folder.resolve("a.h5"))
        .run(
            Fuzzing.libraryInputs(),
            number -> changed(number, seeds),
            file -> read(file, Optional.empty()));
  }

  /** Files that do not name their architecture: the right one, and others. */
  @Test
  void weights() throws Exception {
    List<byte[]> seeds = new ArrayList<>(keras("generator.weights.h5", "nan.weights.h5"));
    seeds.add(converted(zeros(Dcgan.generator(Variant.TRANSPOSED, 1))));
    new Fuzzing("model-weights", folder.resolve("a.weights.h5"))
        .run(
            Fuzzing.libraryInputs(),
            number -> changed(number, seeds),
            file -> read(file, Optional.of(Variant.TRANSPOSED)));
  }

  @Test
  void npz() throws Exception {
    List<byte[]> seeds =
        List.of(zeros(Dcgan.generator(Variant.TRANSPOSED, 1)), zeros(Dcgan.discriminator()));
    new Fuzzing("model-npz", folder.resolve("a.npz"))
        .run(
            Fuzzing.libraryInputs(),
            number -> {
              Mutations mutations = new Mutations(number);
              return mutations.arrays(number, mutations.pick(seeds));
            },
            file -> read(file, Optional.of(Variant.TRANSPOSED)));
  }

  private static byte[] zeros(Sequential model) throws IOException {
    Path file = folder.resolve("seed.npz");
    Npz.write(file, Zeros.of(model).tensors(), Compression.DEFLATED);
    return Files.readAllBytes(file);
  }

  private static byte[] converted(byte[] npz) throws IOException {
    Path from = folder.resolve("from.npz");
    Path to = folder.resolve("to.weights.h5");
    Files.write(from, npz);
    assertEquals(
        ExitCode.DONE,
        new Program().run("convert", from.toString(), to.toString(), "--variant", "transposed"));
    return Files.readAllBytes(to);
  }
}
