package org.kerastwin.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;

/** The expected pixels come from TensorFlow (src/test/python/make_picture_fixtures.py). */
class PictureFolderTest {
  /** TensorFlow computes in float32 and we exactly, so values near a half may round differently. */
  private static final int ROUNDING = 1;

  /** Two JPEG decoders may round a coefficient differently. */
  private static final int JPEG_ROUNDING = 2;

  private static final Map<String, NdArray> EXPECTED = Npz.readAll(resource("expected.npz"));

  private final List<String> warnings = new ArrayList<>();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "grey.png, grey, 0",
    "grey_16_bits.png, grey, 0",
    "grey_transparent.png, grey, 0",
    "colour.png, colour_as_grey, 1",
    "colour_transparent.png, colour_as_grey, 1",
    "grey.jpg, jpeg, 2"
  })
  void readsPictures(String file, String expected, int tolerance) throws IOException {
    put(file, file);
    assertTrue(tolerance <= JPEG_ROUNDING);
    assertClose(EXPECTED.get(expected), load(Samples.SHAPE).train().images(), tolerance);
  }

  /** The expected pixels come from Pillow (src/test/python/make_picture_form_fixtures.py). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "turned_1.jpg",
        "turned_2.jpg",
        "turned_3.jpg",
        "turned_4.jpg",
        "turned_5.jpg",
        "turned_6.jpg",
        "turned_7.jpg",
        "turned_8.jpg",
        "turned_6.png",
        "progressive.jpg",
        "cmyk.jpg",
        "ycck.jpg",
        "palette.png",
        "one_bit.png",
        "four_bits.png",
        "interlaced.png",
        "colour_16_bits.png"
      })
  void readsPicturesAsPillowDoes(String file) throws IOException {
    Map<String, NdArray> expected = Npz.readAll(resource("forms/expected.npz"));
    put("forms/" + file, file);
    int tolerance = file.endsWith("jpg") ? JPEG_ROUNDING : ROUNDING;
    assertClose(expected.get(file + "_grey"), load(Samples.SHAPE).train().images(), tolerance);
    assertClose(
        expected.get(file + "_colour"),
        load(new ImageShape(28, 28, 3)).train().images(),
        tolerance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"larger", "smaller"})
  void scalesAndCropsToTheGeneratorSize(String name) {
    NdArray source = EXPECTED.get(name + "_source");
    List<Integer> shape = source.shape();
    Split one =
        new Split(
            NdArray.ofBytes(source.bytes(), List.of(1, shape.get(0), shape.get(1), shape.get(2))));
    ConversionNotes notes = new ConversionNotes();
    assertClose(
        EXPECTED.get(name + "_grey"),
        new ImageConversion(Samples.SHAPE, notes).apply(one, name).images(),
        2 * ROUNDING);
    assertClose(
        EXPECTED.get(name + "_colour"),
        new ImageConversion(new ImageShape(28, 28, 3), notes).apply(one, name).images(),
        ROUNDING);
    notes.report(name, warnings::add);
    assertEquals(
        List.of(
            "Images of '%1$s': %2$d×%3$d color was converted to 28×28 color, %2$d×%3$d color was converted to 28×28 gray."
                .formatted(name, shape.get(0), shape.get(1))),
        warnings);
  }

  @Test
  void reportsConversionsOnce() throws IOException {
    put("colour.png", "a.png");
    put("colour.png", "b.png");
    put("grey.png", "c.png");
    load(Samples.SHAPE);
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("28×28 color was converted to 28×28 gray"));
  }

  @Test
  void keepsNumberedOrderAcrossClassFolders() throws IOException {
    int count = 23;
    for (int i = 0; i < count; i++) {
      draw(i, "training/%d/%d.PNG".formatted((i * 7) % 10, i));
      draw(100 + i, "testing/%d/%d.png".formatted(i % 10, i));
    }
    draw(99, "training/3/.hidden.png");
    Dataset dataset = load(Samples.SHAPE);
    assertEquals(count, dataset.train().size());
    assertEquals(count, dataset.test().orElseThrow().size());
    for (int i = 0; i < count; i++) {
      assertEquals(i, dataset.train().images().bytes()[i * Samples.PIXELS]);
      assertEquals(100 + i, dataset.test().orElseThrow().images().bytes()[i * Samples.PIXELS]);
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void keepsPicturesOfATestFolderWithoutATrainingFolder() throws IOException {
    draw(1, "test/1.png");
    draw(2, "other/2.png");
    assertEquals(2, load(Samples.SHAPE).train().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {".hidden", "__MACOSX", "of/.ipynb_checkpoints"})
  void skipsFoldersOfOtherPrograms(String name) throws IOException {
    draw(1, "1.png");
    draw(2, name + "/2.png");
    assertEquals(1, load(Samples.SHAPE).train().size());
  }

  @Test
  void followsLinks() throws IOException {
    draw(1, "pictures/1.png");
    draw(2, "pictures/2.png");
    Path links = Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("folder"), folder.resolve("pictures"));
    Files.createSymbolicLink(links.resolve("loop"), links);
    Files.createSymbolicLink(folder.resolve("all"), links);
    assertEquals(2, load(folder.resolve("all")).train().size());
    Files.createSymbolicLink(links.resolve("3.png"), folder.resolve("missing"));
    String message = assertThrows(EnvironmentException.class, () -> load(links)).getMessage();
    assertTrue(message.contains("1 broken: '3.png' (no such file"), message);
  }

  @Test
  void namesOtherKindsOfPictures() throws IOException {
    Files.createFile(folder.resolve("a.gif"));
    Files.createFile(folder.resolve("b.WEBP"));
    String message = assertThrows(EnvironmentException.class, () -> load(folder)).getMessage();
    assertTrue(message.contains("other files: [.WEBP, .gif]"), message);
    draw(1, "c.png");
    Files.createFile(folder.resolve("labels.csv"));
    assertEquals(1, load(folder).train().size());
    assertTrue(warnings.get(0).contains("2 files [.WEBP, .gif] were skipped"), warnings.toString());
  }

  @Test
  void readsRelativeFolders() throws IOException {
    draw(1, "train/1.png");
    draw(2, "test/2.png");
    Path relative = Path.of("").toAbsolutePath().relativize(folder);
    assertEquals(1, load(relative).train().size());
    Files.write(folder.resolve("train/3.png"), new byte[0]);
    String message = assertThrows(EnvironmentException.class, () -> load(relative)).getMessage();
    assertTrue(message.contains("'train/3.png' (an empty file)"), message);
  }

  @Test
  void namesEachBrokenPicture() throws IOException {
    draw(1, "good.png");
    byte[] png = Files.readAllBytes(resource("grey.png"));
    Files.write(folder.resolve("cut.png"), java.util.Arrays.copyOf(png, png.length / 2));
    Files.write(folder.resolve("empty.jpg"), new byte[0]);
    Files.writeString(folder.resolve("text.png"), "no picture");
    byte[] jpeg = Files.readAllBytes(resource("grey.jpg"));
    Files.write(folder.resolve("cut.jpg"), java.util.Arrays.copyOf(jpeg, jpeg.length - 20));
    Files.write(folder.resolve("huge.png"), huge(png));
    String message =
        assertThrows(EnvironmentException.class, () -> load(Samples.SHAPE)).getMessage();
    assertTrue(message.contains("5 broken"), message);
    for (String name :
        List.of(
            "'cut.png'",
            "'cut.jpg' (data that is cut off)",
            "'empty.jpg' (an empty file)",
            "'text.png'",
            "huge")) {
      assertTrue(message.contains(name), message);
    }
    assertTrue(message.contains("4000000000 pixels"), message);
  }

  /** The width is at byte 16 and the height at byte 20 of every PNG; then its CRC is wrong too. */
  private static byte[] huge(byte[] png) {
    byte[] changed = png.clone();
    java.nio.ByteBuffer.wrap(changed).putInt(16, 100_000).putInt(20, 40_000);
    return changed;
  }

  private Dataset load(ImageShape shape) {
    return load(folder, shape);
  }

  private Dataset load(Path pictures) {
    return load(pictures, Samples.SHAPE);
  }

  private Dataset load(Path pictures, ImageShape shape) {
    return new DatasetSource(Samples.environment(folder, Samples.REFUSED), shape, warnings::add)
        .load(pictures.toString());
  }

  private static void assertClose(NdArray expected, NdArray actual, int tolerance) {
    byte[] wanted = expected.bytes();
    byte[] found = actual.bytes();
    if (tolerance == 0) {
      assertArrayEquals(wanted, found);
    }
    assertEquals(wanted.length, found.length);
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(Byte.toUnsignedInt(wanted[i]), Byte.toUnsignedInt(found[i]), tolerance);
    }
  }

  private void put(String fixture, String name) throws IOException {
    Files.copy(resource(fixture), folder.resolve(name));
  }

  /** A gray picture of one value. */
  private void draw(int pixel, String name) throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < Samples.PIXELS; i++) {
      image.getRaster().setSample(i % 28, i / 28, 0, pixel);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private static Path resource(String name) {
    try {
      return Path.of(PictureFolderTest.class.getResource("/pictures/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
