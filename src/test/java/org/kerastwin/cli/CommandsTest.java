package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.keras.random.NumpyRandom;
import org.kerastwin.savedmodel.LoadedModel;

/** Runs generate, export, summary and doctor on a run of one step. */
class CommandsTest {
  private static final int DIM = CommandFolder.NOISE_DIM;

  /** {@code numpy.random.seed(7); numpy.random.normal(0, 1, (3, 4)).astype("float32")}. */
  private static final float[] NUMPY_SEED_7 = {
    1.6905257f, -0.46593738f, 0.032820165f, 0.40751627f,
    -0.788923f, 0.002065573f, -0.0008903859f, -1.7547243f,
    1.017658f, 0.6004985f, -0.625429f, -0.17154826f
  };

  private static final int SIDE = 28;
  private static final int PIXELS = SIDE * SIDE;

  /** TensorFlow orders sums by the batch; images lie in [-1, 1]. */
  private static final float ROUNDING = 1e-6f;

  @TempDir static Path folder;

  private static CommandFolder work;

  @BeforeAll
  static void copyRun() throws IOException {
    work = CommandFolder.withRun(folder);
  }

  @Test
  void writesGridsAsPng() throws IOException {
    assertSize(generate("wide.png", "--grid", "5x2"), 5, 2);
    assertSize(generate("default.png"), 10, 10);
    assertSize(generate("count.png", "--count", "7"), 3, 3);
    // GPU builds print a line about "auto".
    Invocation noNews =
        done("generate", "--model", run(), "--output", name("news.png"), "--device", "cpu");
    assertEquals("100 images: '%s'".formatted(name("news.png")), noNews.out().strip());
    assertEquals("", noNews.err());
  }

  private static void assertSize(Path png, int columns, int rows) throws IOException {
    BufferedImage picture = ImageIO.read(png.toFile());
    assertEquals(columns * (SIDE + 2) - 2, picture.getWidth());
    assertEquals(rows * (SIDE + 2) - 2, picture.getHeight());
  }

  @Test
  void writesImagesAsNpy() {
    NdArray images = Npy.read(generate("images.npy", "--count", "3"));
    assertEquals(DType.FLOAT32, images.dtype());
    assertEquals(List.of(3, SIDE, SIDE, 1), images.shape());
    for (float value : images.floats()) {
      assertTrue(value >= -1 && value <= 1);
    }
  }

  @Test
  void writesSinglePicturesToAFolder() throws IOException {
    generate("singles", "--count", "12");
    Path singles = generate("singles", "--count", "11", "--force");
    try (Stream<Path> files = Files.list(singles)) {
      assertEquals(
          IntStream.range(0, 11).mapToObj("%02d.png"::formatted).toList(),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    BufferedImage single = ImageIO.read(singles.resolve("10.png").toFile());
    assertEquals(SIDE, single.getWidth());
    assertEquals(SIDE, single.getHeight());
  }

  @ParameterizedTest
  @CsvSource({
    "convert, kept.keras",
    "convert, kept.weights.h5",
    "convert, kept.npz",
    "convert, kept",
    "export, kept-export",
    "generate, kept-images"
  })
  void replacesModelsAndFoldersOnlyWithForce(String command, String output) throws IOException {
    List<String> line =
        command.equals("convert")
            ? List.of(command, run(), name(output))
            : List.of(command, "--model", run(), "--output", name(output));
    done(line.toArray(String[]::new));
    Map<String, Long> before = work.contents();
    Invocation refused = Invocation.of(line.toArray(String[]::new));
    assertEquals(ExitCode.ENVIRONMENT, refused.code());
    assertEquals(
        "output '%s': expected a new file or folder, received one that exists already. Replace it"
                .formatted(name(output))
            + " with --force.",
        refused.err().strip());
    assertEquals(before, work.contents());
    done(Stream.concat(line.stream(), Stream.of("--force")).toArray(String[]::new));
  }

  @Test
  void fillsEmptyFoldersAndReplacesSinglePictures() throws IOException {
    Files.createDirectories(work.path("hollow"));
    Files.createDirectories(work.path("hollow-images"));
    done("export", "--model", run(), "--output", name("hollow"));
    generate("hollow-images", "--count", "1");
    generate("twice.png");
    generate("twice.png");
  }

  @Test
  void generatesWithTheBundledModel() throws IOException {
    done("generate", "--output", name("bundled.png"));
    done("generate", "--model", "saved_models/upsampling", "--output", name("file.png"));
    assertEquals(-1, Files.mismatch(work.path("bundled.png"), work.path("file.png")));
    Invocation refused =
        Invocation.of("generate", "--variant", "transposed", "--output", name("no.png"));
    assertEquals(ExitCode.USAGE, refused.code());
    assertEquals(
        "option '--variant': expected upsampling, the variant of the bundled model,"
            + " received transposed. Choose another model with --model.",
        refused.err().strip());
  }

  @Test
  void seedsNoiseAsNumPy() {
    Npy.write(work.path("numpy.npy"), NdArray.ofFloats(NUMPY_SEED_7, List.of(3, DIM)));
    assertArrayEquals(
        Npy.read(generate("of-noise.npy", "--noise", name("numpy.npy"))).floats(),
        Npy.read(generate("of-seed.npy", "--seed", "7", "--count", "3")).floats());
  }

  @Test
  void acceptsFloat64Noise() {
    double[] values = new double[NUMPY_SEED_7.length];
    Arrays.setAll(values, i -> NUMPY_SEED_7[i]);
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asDoubleBuffer().put(values);
    Npy.write(work.path("double.npy"), new NdArray(DType.FLOAT64, List.of(3, DIM), data));
    Npy.write(work.path("single.npy"), NdArray.ofFloats(NUMPY_SEED_7, List.of(3, DIM)));
    assertArrayEquals(
        Npy.read(generate("of-single.npy", "--noise", name("single.npy"))).floats(),
        Npy.read(generate("of-double.npy", "--noise", name("double.npy"))).floats());
  }

  @Test
  void suggestsTheModelInAFolder() {
    Invocation refused =
        Invocation.of("generate", "--model", "saved_models", "--output", name("no.png"));
    assertEquals(ExitCode.ENVIRONMENT, refused.code());
    assertEquals(
        "model 'saved_models': expected a run folder or a SavedModel, received a folder of models."
            + " Did you mean 'saved_models/transposed' or 'saved_models/upsampling'?",
        refused.err().strip());
  }

  @Test
  void suggestsTheFolderOfASavedModel() {
    Invocation refused =
        Invocation.of("summary", "--model", "saved_models/upsampling/saved_model.pb");
    assertEquals(ExitCode.USAGE, refused.code());
    assertTrue(
        refused
            .err()
            .strip()
            .endsWith(
                "Name the folder of the SavedModel, '%s'."
                    .formatted(Path.of("saved_models/upsampling").toAbsolutePath())),
        refused.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"array.npz", "array.keras"})
  void distinguishesArraysFromDamagedArchives(String file) throws IOException {
    Npy.write(work.path("array.npy"), NdArray.ofFloats(NUMPY_SEED_7, List.of(3, DIM)));
    Files.copy(work.path("array.npy"), work.path(file));
    Invocation refused = Invocation.of("summary", "--variant", "upsampling", "--model", name(file));
    assertEquals(ExitCode.ENVIRONMENT, refused.code());
    assertTrue(
        refused.err().contains("expected a zip archive, received a single array, an .npy file."),
        refused.err());
  }

  @Test
  void defaultsToSeedZero() throws IOException {
    assertEquals(
        -1,
        Files.mismatch(
            generate("no-seed.npy", "--count", "2"),
            generate("zero.npy", "--seed", "0", "--count", "2")));
  }

  @Test
  void writesGifAnimations() throws IOException {
    Path gif = generate("path.gif", "--interpolate", "7", "8", "--count", "3");
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream input = ImageIO.createImageInputStream(gif.toFile())) {
      reader.setInput(input);
      assertEquals(3, reader.getNumImages(true));
      BufferedImage first = reader.read(0);
      NdArray images = Npy.read(generate("gif.npy", "--interpolate", "7", "8", "--count", "3"));
      int gray = Math.round((images.floats()[5 * SIDE + 9] + 1) * 127.5f);
      assertEquals(gray, first.getRaster().getSample(9 * 8, 5 * 8, 0));
    }
  }

  @Test
  void interpolatesBetweenSeeds() {
    float[] path =
        Npy.read(generate("path.npy", "--interpolate", "7", "8", "--count", "3")).floats();
    float[] noise = new float[3 * DIM];
    float[] from = NUMPY_SEED_7;
    float[] to = NumpyRandom.ofSeed(8).normalFloats(DIM);
    for (int i = 0; i < DIM; i++) {
      noise[i] = from[i];
      noise[DIM + i] = from[i] + 0.5f * (to[i] - from[i]);
      noise[2 * DIM + i] = to[i];
    }
    Npy.write(work.path("line.npy"), NdArray.ofFloats(noise, List.of(3, DIM)));
    assertArrayEquals(
        Npy.read(generate("line-images.npy", "--noise", name("line.npy"))).floats(),
        path,
        ROUNDING);
  }

  @Test
  void exportedModelsGiveTheSameImages() {
    String exported = name("exported");
    done("export", "--model", run(), "--output", exported);
    Npy.write(work.path("noise.npy"), NdArray.ofFloats(NUMPY_SEED_7, List.of(3, DIM)));
    float[] ofRun = Npy.read(generate("of-run.npy", "--noise", name("noise.npy"))).floats();
    done(
        "generate",
        "--model",
        exported,
        "--output",
        name("again.npy"),
        "--noise",
        name("noise.npy"));
    assertArrayEquals(ofRun, Npy.read(work.path("again.npy")).floats());
    try (LoadedModel loaded = LoadedModel.open(work.path("exported"))) {
      NdArray images = loaded.run(NdArray.ofFloats(NUMPY_SEED_7, List.of(3, DIM)), 3);
      assertEquals(3 * PIXELS, images.size());
      assertArrayEquals(ofRun, images.floats(), ROUNDING);
    }
  }

  @Test
  void readsArchivesWithAVariant() {
    String archive = work.path("run/checkpoint/state.npz").toString();
    done(
        "generate",
        "--model",
        archive,
        "--variant",
        "upsampling",
        "--output",
        name("npz.npy"),
        "--count",
        "3");
    assertArrayEquals(
        Npy.read(generate("run.npy", "--count", "3")).floats(),
        Npy.read(work.path("npz.npy")).floats());
  }

  @Test
  void printsSummariesAsKeras() throws IOException {
    for (String variant : List.of("upsampling", "transposed", "transposed-literal")) {
      assertEquals(
          fixture(variant) + fixture("discriminator"), done("summary", "--variant", variant).out());
    }
    assertEquals(fixture("upsampling") + fixture("discriminator"), done("summary").out());
    assertTrue(done("summary", "--model", run()).out().contains("(Dense)"));
  }

  private static String fixture(String model) throws IOException {
    return Files.readString(
        Path.of("src/test/resources/keras").resolve("summary-%s.txt".formatted(model)));
  }

  private static String run() {
    return name("run");
  }

  private static String name(String file) {
    return work.path(file).toString();
  }

  private static Path generate(String output, String... options) {
    done(
        Stream.concat(
                Stream.of("generate", "--model", run(), "--output", name(output)),
                Stream.of(options))
            .toArray(String[]::new));
    return work.path(output);
  }

  private static Invocation done(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertEquals(ExitCode.DONE, done.code(), done.err());
    return done;
  }
}
