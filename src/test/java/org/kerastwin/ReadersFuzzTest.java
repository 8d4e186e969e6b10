package org.kerastwin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.Idx;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.keras.ModelVariables;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.OptimizerConfig;
import org.kerastwin.parity.reference.ReferenceFile;
import org.kerastwin.run.folder.RunConfigFile;
import org.kerastwin.testing.Fuzzing;
import org.kerastwin.testing.Mutations;

/**
 * Reads mutations of valid files with every reader: {@code mvn test -Pfuzz}, with {@code
 * -Dfuzz.inputs=100000} for more inputs.
 */
@Tag("fuzz")
class ReadersFuzzTest {
  private static final Path IO = Path.of("src/test/resources/io");
  private static final Path KERAS = Path.of("src/test/resources/keras/files");
  private static final Path REFERENCE =
      Path.of("src/main/resources/org/kerastwin/parity/reference-discriminator.npz");

  private static final String RUN =
      """
      {"variant": "upsampling", "epochs": 50, "batch_size": 256, "learning_rate": 2.0E-4,
       "beta_1": 0.5, "noise_dim": 100, "label_smoothing": 0.9, "bn_statistics": "exponential",
       "form": "fast", "seed": 42, "save_every": 10,
       "initial_weights": {"generator": {"file": "/g.keras", "sha256": "01"}},
       "dataset": {"request": "auto", "name": "mnist", "origin": "/mnist.npz", "sha256": "02"},
       "versions": {"trainer": "1", "tensorflow": "2.18.0", "java": "17"}}
      """;

  @TempDir Path folder;

  private static List<byte[]> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(ending))
          .sorted()
          .map(ReadersFuzzTest::bytes)
          .toList();
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void npy() throws Exception {
    List<byte[]> seeds = files(IO, ".npy");
    new Fuzzing("npy", folder.resolve("a.npy"))
        .run(
            Fuzzing.inputs(),
            number -> {
              Mutations mutations = new Mutations(number);
              return mutations.bytes(mutations.pick(seeds));
            },
            Npy::read);
  }

  @Test
  void npz() throws Exception {
    List<byte[]> seeds = files(IO, ".npz");
    new Fuzzing("npz", folder.resolve("a.npz"))
        .run(
            Fuzzing.inputs(),
            number -> {
              Mutations mutations = new Mutations(number);
              return mutations.arrays(number, mutations.pick(seeds));
            },
            Npz::readAll);
  }

  @Test
  void idx() throws Exception {
    List<byte[]> seeds =
        Stream.of("images.idx", "images.idx.gz", "labels.idx")
            .map(IO::resolve)
            .map(ReadersFuzzTest::bytes)
            .toList();
    new Fuzzing("idx", folder.resolve("a.idx"))
        .run(
            Fuzzing.inputs(),
            number -> {
              Mutations mutations = new Mutations(number);
              byte[] seed = mutations.pick(seeds);
              boolean packed = seed[0] == 0x1f && number % 2 == 0;
              return packed ? gzip(mutations.bytes(gunzip(seed))) : mutations.bytes(seed);
            },
            Idx::read);
  }

  private static byte[] gunzip(byte[] packed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** The archive's own bytes, and the description in it. */
  @Test
  void kerasArchive() throws Exception {
    List<byte[]> seeds = files(KERAS, ".keras");
    new Fuzzing("keras", folder.resolve("a.keras"))
        .run(
            Fuzzing.inputs(),
            number -> {
              Mutations mutations = new Mutations(number);
              byte[] seed = mutations.pick(seeds);
              return number % 2 == 0
                  ? mutations.bytes(seed)
                  : mutations.archive(
                      seed,
                      (name, content) ->
                          name.endsWith(".json") ? json(mutations, content) : content);
            },
            ReadersFuzzTest::readKeras);
  }

  @Test
  void hdf5() throws Exception {
    List<byte[]> seeds = files(KERAS, ".weights.h5");
    List<ModelVariables> models =
        Stream.of("generator", "discriminator")
            .map(name -> variables(KerasFile.read(KERAS.resolve(name + ".keras")), name))
            .toList();
    new Fuzzing("hdf5", folder.resolve("a.weights.h5"))
        .run(
            Fuzzing.libraryInputs(),
            number -> changed(number, seeds),
            file -> weights(file, models));
  }

  /** Files of either model: the format does not name the model. */
  private static void weights(Path path, List<ModelVariables> models) {
    KerasFile file = KerasFile.read(path);
    models.forEach(file::slots);
    try {
      file.weights(models.get(0));
    } catch (EnvironmentException other) {
      file.weights(models.get(1));
    }
  }

  @Test
  void legacyHdf5() throws Exception {
    List<byte[]> seeds =
        Stream.of("generator.h5", "keras2.h5", "keras2-turns.h5", "keras2-momenta.h5")
            .map(KERAS::resolve)
            .map(ReadersFuzzTest::bytes)
            .toList();
    new Fuzzing("legacy-hdf5", folder.resolve("a.h5"))
        .run(Fuzzing.libraryInputs(), number -> changed(number, seeds), ReadersFuzzTest::readKeras);
  }

  private static byte[] changed(long number, List<byte[]> seeds) {
    Mutations mutations = new Mutations(number);
    return mutations.bytes(mutations.pick(seeds));
  }

  private static byte[] json(Mutations mutations, byte[] valid) {
    String text = new String(valid, StandardCharsets.UTF_8);
    return mutations.json(text).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads everything that a command reads of such a file. */
  private static void readKeras(Path path) {
    KerasFile file = KerasFile.read(path);
    ModelVariables variables = variables(file, "generator");
    OptimizerConfig.adam(file.description(), path);
    file.slots(variables);
    file.weights(variables);
  }

  private static ModelVariables variables(KerasFile file, String name) {
    String json = file.description().model().orElse("");
    return KerasConfig.variables(KerasConfig.sequential(json, name, name));
  }

  @Test
  void description() throws Exception {
    List<KerasFile.Description> seeds =
        Stream.of(
                "generator.keras",
                "discriminator.keras",
                "stacked.keras",
                "generator.h5",
                "keras2.h5")
            .map(name -> KerasFile.read(KERAS.resolve(name)).description())
            .toList();
    new Fuzzing("description", folder.resolve("a.json"))
        .run(
            Fuzzing.inputs(),
            number -> {
              Mutations mutations = new Mutations(number);
              KerasFile.Description seed = mutations.pick(seeds);
              String model = mutations.json(seed.model().orElseThrow());
              return model.getBytes(StandardCharsets.UTF_8);
            },
            file -> {
              String json = new String(bytes(file), StandardCharsets.UTF_8);
              KerasFile.Description both =
                  new KerasFile.Description(Optional.of(json), Optional.of(json));
              OptimizerConfig.adam(both, file);
              KerasConfig.variables(KerasConfig.sequential(json, "generator", file));
            });
  }

  @Test
  void reference() throws Exception {
    Map<String, NdArray> arrays = Npz.readAll(REFERENCE);
    Path made = folder.resolve("made.npz");
    new Fuzzing("reference", folder.resolve("a.npz"))
        .run(
            Fuzzing.inputs(),
            number -> {
              Mutations mutations = new Mutations(number);
              Map<String, NdArray> changed = new LinkedHashMap<>(arrays);
              byte[] meta = json(mutations, arrays.get("meta").bytes());
              changed.put("meta", NdArray.ofBytes(meta, List.of(meta.length)));
              if (number % 8 == 0) {
                changed.remove(mutations.pick(List.copyOf(arrays.keySet())));
              }
              Npz.write(made, changed, Compression.STORED);
              return bytes(made);
            },
            ReferenceFile::read);
  }

  @Test
  void runConfig() throws Exception {
    Path run = Files.createDirectory(folder.resolve("run"));
    new Fuzzing("run-config", run.resolve("config.json"))
        .run(
            Fuzzing.inputs(),
            number -> {
              byte[] text = RUN.getBytes(StandardCharsets.UTF_8);
              Mutations mutations = new Mutations(number);
              return number % 4 == 0 ? mutations.bytes(text) : json(mutations, text);
            },
            file -> RunConfigFile.read(run));
  }
}
