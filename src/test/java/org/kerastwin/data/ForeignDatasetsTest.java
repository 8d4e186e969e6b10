package org.kerastwin.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter;

/** Reads data sets in the forms in which they are published. */
class ForeignDatasetsTest {
  private static final Dataset SMALL = Samples.small();
  private static final NdArray IMAGES = SMALL.train().images();
  private static final NdArray LABELS = SMALL.train().labels().orElseThrow();
  private static final NdArray TEST = SMALL.test().orElseThrow().images();

  private final List<String> warnings = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void readsNpzWithoutLabels() {
    assertSmall(load(npz(Map.of("x_train", IMAGES))));
    assertSmall(load(npz(Map.of("arr_0", IMAGES))));
    assertSmall(load(npz(Map.of("train_images", IMAGES, "train_labels", LABELS, "test", TEST))));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void acceptsLabelsOfAnyIntegerTypeOrNone(int choice) {
    Map<String, NdArray> arrays = new LinkedHashMap<>();
    arrays.put("x_train", IMAGES);
    if (choice > 0) {
      arrays.put("y_train", choice == 1 ? LABELS : NdArray.ofLongs(new long[] {7, 3}, List.of(2)));
    }
    arrays.put("x_test", TEST);
    Dataset dataset = load(npz(arrays));
    assertSmall(dataset);
    assertEquals(TEST, dataset.test().orElseThrow().images());
    assertEquals(choice > 0, dataset.train().labels().isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"refused_text", "refused_object"})
  void ignoresLabelsThatAreNoNumbers(String labels) throws IOException {
    for (String images : List.of("x_train", "pictures")) {
      Path file = npz(Map.of(images, IMAGES));
      try (FileSystem zip = FileSystems.newFileSystem(file)) {
        Files.copy(Samples.file(labels + ".npy"), zip.getPath("y_train.npy"));
      }
      assertSmall(load(file));
    }
  }

  /** Half a float32's distance to the next number above 1. */
  @Test
  void readsFloatsBesideTheirRange() {
    float[] pixels = new float[IMAGES.size()];
    Arrays.fill(pixels, 1.0000001f);
    pixels[0] = -1e-7f;
    byte[] read =
        load(npz(Map.of("x", NdArray.ofFloats(pixels, IMAGES.shape())))).train().images().bytes();
    assertEquals(0, read[0]);
    assertEquals((byte) 255, read[1]);
    pixels[0] = -1.0000001f;
    read =
        load(npz(Map.of("x", NdArray.ofFloats(pixels, IMAGES.shape())))).train().images().bytes();
    assertEquals(0, read[0]);
    assertEquals((byte) 255, read[1]);
  }

  @Test
  void readsFoldersOfArrays() throws IOException {
    Npy.write(folder.resolve("x_train.npy"), IMAGES);
    assertSmall(load(folder));
    Npy.write(folder.resolve("x_test.npy"), TEST);
    Npy.write(folder.resolve("y_train.npy"), LABELS);
    assertSmall(load(folder));
  }

  @Test
  void saysWhatOtherFilesAre() throws IOException {
    Path picture = Files.writeString(folder.resolve("a.png"), "\u0089PNG");
    assertTrue(rejection(picture).contains("a single picture. Name its folder"));
    Path empty = Files.createFile(folder.resolve("b.npz"));
    assertTrue(rejection(empty).contains("an empty file"));
    Path text = Files.writeString(folder.resolve("c.csv"), "label,pixel0");
    assertTrue(rejection(text).contains("a file of another kind"));
  }

  /** Ten by ten latent numbers, or eight by eight features, are no images beside images. */
  @Test
  void prefersImagesToVectors() {
    assertSmall(
        load(
            npz(
                Map.of(
                    "images",
                    IMAGES,
                    "latents",
                    NdArray.ofBytes(new byte[200], List.of(2, 100))))));
    assertSmall(load(npz(Map.of("images", IMAGES, "train_features", shaped(2, 784)))));
    assertEquals(List.of(), warnings);
  }

  @Test
  void rejectsNpzWithoutOneImageArray() {
    assertTrue(rejection(npz(Map.of("y_train", LABELS))).contains("y_train UINT8 [2]"));
    assertTrue(rejection(npz(Map.of("a", IMAGES, "b", IMAGES))).contains("a UINT8 [2, 28, 28]"));
  }

  @Test
  void readsNpy() {
    Path file = folder.resolve("pixels.npy");
    Npy.write(file, IMAGES);
    Dataset dataset = load(file);
    assertSmall(dataset);
    assertEquals("pixels", dataset.name());
    assertEquals(List.of("(2, 28, 28)", "0.9607843", "-1.0"), dataset.reportLines());
  }

  @Test
  void readsImagesWithAChannelDimension() {
    Dataset dataset =
        load(npz(Map.of("x_train", NdArray.ofBytes(IMAGES.bytes(), List.of(2, 28, 28, 1)))));
    assertArrayEquals(IMAGES.bytes(), dataset.train().images().bytes());
    assertEquals(List.of(), warnings);
  }

  /** {@code [n, 1, height, width]} is the order of PyTorch, and {@code [n, 784]} that of OpenML. */
  @Test
  void readsImagesWithChannelsFirstAndVectorsOfPixels() {
    assertSmall(load(npz(Map.of("x_train", shaped(2, 784)))));
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("vectors of 784 pixels"), warnings.toString());
    Dataset first = load(npz(Map.of("x_train", shaped(2, 1, 28, 28))));
    assertArrayEquals(IMAGES.bytes(), first.train().images().bytes());
    assertTrue(warnings.get(1).contains("transposed"), warnings.toString());
  }

  private static NdArray shaped(Integer... shape) {
    return NdArray.ofBytes(IMAGES.bytes(), List.of(shape));
  }

  @Test
  void readsIntegersInTheRangeOfBytes() {
    long[] pixels = new long[IMAGES.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 251;
    }
    assertSmall(load(npz(Map.of("x_train", NdArray.ofLongs(pixels, IMAGES.shape())))));
    pixels[5] = 256;
    assertTrue(
        rejection(npz(Map.of("x_train", NdArray.ofLongs(pixels, IMAGES.shape()))))
            .contains("INT64 from 0.0 to 256.0"));
  }

  /** The expected bytes are the source of the floats. */
  @ParameterizedTest
  @CsvSource({"255, 0, from 0 to 1", "127.5, -1, from -1 to 1", "1, 0, ''"})
  void readsFloats(float divisor, float offset, String note) {
    float[] pixels = new float[IMAGES.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 251 / divisor + offset;
    }
    assertSmall(load(npz(Map.of("x_train", NdArray.ofFloats(pixels, IMAGES.shape())))));
    assertEquals(note.isEmpty() ? 0 : 1, warnings.size());
    assertTrue(note.isEmpty() || warnings.get(0).contains(note), warnings.toString());
  }

  @ParameterizedTest
  @ValueSource(floats = {-1.5f, 300, Float.NaN, Float.POSITIVE_INFINITY})
  void rejectsFloatsOutOfRange(float pixel) {
    float[] pixels = new float[IMAGES.size()];
    pixels[3] = pixel;
    pixels[4] = 0.5f;
    rejection(npz(Map.of("x_train", NdArray.ofFloats(pixels, IMAGES.shape()))));
  }

  @Test
  void rejectsOtherArrays() {
    for (NdArray other :
        List.of(
            NdArray.ofBytes(new byte[1566], List.of(2, 783)),
            NdArray.ofBytes(new byte[1568], List.of(28, 28, 2)),
            NdArray.ofBytes(new byte[0], List.of(0, 28, 28)),
            NdArray.ofBytes(new byte[1], List.of()))) {
      rejection(npz(Map.of("x_train", other)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train-images-idx3-ubyte",
        "train-images-idx3-ubyte.gz",
        "train-images.idx3-ubyte",
        "train_images_idx3_ubyte",
        "MNIST/raw/train-images-idx3-ubyte.gz",
        "kmnist-train-images-idx3-ubyte",
        "TRAIN-IMAGES-IDX3-UBYTE.GZ",
        "train-images.idx",
        "train-images.gz",
        "train-images-idx3-ubyte/train-images-idx3-ubyte"
      })
  void readsIdxTrainingImagesWithoutLabels(String name) throws IOException {
    idx(name, IMAGES);
    assertSmall(load(folder));
    assertSmall(load(folder.resolve(name)));
  }

  /** As Kaggle's archive of MNIST is unpacked. */
  @Test
  void readsFilesInFoldersOfTheirNames() throws IOException {
    idx("train-images.idx3-ubyte", IMAGES);
    for (String name : List.of("train-images-idx3-ubyte", "t10k-images-idx3-ubyte")) {
      idx(name + "/" + name, name.startsWith("train") ? IMAGES : TEST);
    }
    assertSmall(load(folder));
    Files.delete(folder.resolve("train-images.idx3-ubyte"));
    Dataset dataset = load(folder);
    assertSmall(dataset);
    assertEquals(TEST, dataset.test().orElseThrow().images());
  }

  @ParameterizedTest
  @ValueSource(strings = {"t10k", "test"})
  void readsIdxTestImagesUnderBothNames(String half) throws IOException {
    idx("train-images.idx3-ubyte", IMAGES);
    idx("train-labels.idx1-ubyte", LABELS);
    idx(half + "-images.idx3-ubyte", TEST);
    Dataset dataset = load(folder);
    assertEquals(Optional.of(LABELS), dataset.train().labels());
    assertEquals(TEST, dataset.test().orElseThrow().images());
  }

  @Test
  void rejectsIdxFilesWithoutTrainingImages() throws IOException {
    idx("t10k-images-idx3-ubyte", TEST);
    assertTrue(rejection(folder).contains("no train-images-idx3-ubyte"));
    idx("train-images-idx3-ubyte", LABELS);
    rejection(folder);
  }

  /** Rows and columns are swapped: EMNIST's files are column-major. */
  @ParameterizedTest
  @ValueSource(strings = {"28 28", "784"})
  void transposesEmnist(String sizes) throws IOException {
    List<Integer> shape = Stream.of(("2 " + sizes).split(" ")).map(Integer::valueOf).toList();
    idx("emnist-digits-train-images-idx3-ubyte.gz", NdArray.ofBytes(IMAGES.bytes(), shape));
    NdArray read = load(folder).train().images();
    byte[] original = IMAGES.bytes();
    byte[] transposed = read.bytes();
    for (int image = 0; image < 2; image++) {
      for (int y = 0; y < 28; y++) {
        for (int x = 0; x < 28; x++) {
          assertEquals(original[(image * 28 + x) * 28 + y], transposed[(image * 28 + y) * 28 + x]);
        }
      }
    }
  }

  @Test
  void rejectsFoldersWithSeveralDataSets() throws IOException {
    idx("emnist-letters-train-images-idx3-ubyte", IMAGES);
    idx("emnist-digits-train-images-idx3-ubyte", IMAGES);
    assertTrue(rejection(folder).contains("emnist-letters-"));
    assertEquals(2, load(folder.resolve("emnist-digits-train-images-idx3-ubyte")).train().size());
  }

  @Test
  void readsKmnistFolders() {
    Npz.write(
        folder.resolve("kmnist-train-imgs.npz"),
        Map.of("arr_0", IMAGES),
        ZipWriter.Compression.DEFLATED);
    Npz.write(
        folder.resolve("kmnist-test-imgs.npz"),
        Map.of("arr_0", TEST),
        ZipWriter.Compression.DEFLATED);
    assertSmall(load(folder));
  }

  private static void assertSmall(Dataset dataset) {
    assertEquals(IMAGES, dataset.train().images());
  }

  private Dataset load(Path path) {
    return new DatasetSource(
            Samples.environment(folder, Samples.REFUSED), Samples.SHAPE, warnings::add)
        .load(path.toString());
  }

  private String rejection(Path path) {
    return assertThrows(EnvironmentException.class, () -> load(path)).getMessage();
  }

  private Path npz(Map<String, NdArray> arrays) {
    Path file = folder.resolve("made.npz");
    Npz.write(file, arrays, ZipWriter.Compression.DEFLATED);
    return file;
  }

  private void idx(String name, NdArray array) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * array.shape().size());
    header.putInt(0x800 + array.shape().size());
    array.shape().forEach(header::putInt);
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    try (OutputStream file = Files.newOutputStream(path);
        OutputStream out =
            name.toLowerCase(Locale.ROOT).endsWith(".gz") ? new GZIPOutputStream(file) : file) {
      out.write(header.array());
      out.write(array.bytes());
    }
  }
}
