package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter;
import org.kerastwin.layers.Pass;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.reference.ReferenceFile;
import org.kerastwin.runtime.Device;

/** A reference that can't be used is refused by name; one with NaN differs. */
class DamagedReferenceTest {
  private static final Path WHOLE =
      Path.of("src/main/resources/org/kerastwin/parity/reference-discriminator.npz");
  private static final String BIAS = "gradient/discriminator/conv2d/bias";

  @TempDir Path temporary;
  private Path file;
  private Map<String, NdArray> arrays;

  @BeforeEach
  void readWhole() {
    file = temporary.resolve("reference.npz");
    arrays = Npz.readAll(WHOLE);
  }

  @Test
  void cutOff() throws IOException {
    byte[] bytes = Files.readAllBytes(WHOLE);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(file.toString(), "zip archive");
  }

  @Test
  void missing() {
    assertRefused(file.toString(), "no such file");
  }

  @Test
  void withoutMeta() {
    arrays.remove("meta");
    assertRefusedWhenWritten("'meta'");
  }

  @Test
  void withMalformedMeta() {
    arrays.put("meta", NdArray.ofBytes(new byte[] {'{'}, List.of(1)));
    assertRefusedWhenWritten("'meta'");
  }

  @Test
  void withNullForMeta() {
    changeMeta(meta -> "null");
    assertRefusedWhenWritten("'meta'", "null");
  }

  @Test
  void withMoreThanMeta() {
    changeMeta(meta -> meta + "{}");
    assertRefusedWhenWritten("'meta'");
  }

  @Test
  void ofHalfASample() {
    changeMeta(meta -> meta.replace("\"batch\": 4", "\"batch\": 4.5"));
    assertRefusedWhenWritten("'meta'", "4.5");
  }

  @Test
  void ofAnotherNetwork() {
    changeMeta(meta -> meta.replace("\"discriminator\",", "\"transposed\","));
    assertRefusedWhenWritten("missing", "extra", "transposed");
  }

  @Test
  void ofAnUnknownNetwork() {
    changeMeta(meta -> meta.replace("\"discriminator\",", "\"resnet\","));
    assertRefusedWhenWritten("'resnet'");
  }

  @Test
  void ofAnotherFormat() {
    changeMeta(meta -> meta.replace("\"format\": 2", "\"format\": 1"));
    assertRefusedWhenWritten("format 1");
  }

  @Test
  void lackingATensor() {
    arrays.remove("keras/" + BIAS);
    arrays.remove("judge/" + BIAS);
    assertRefusedWhenWritten("missing [" + BIAS + "]");
  }

  @Test
  void lackingATensorInMetaToo() {
    arrays.remove("keras/" + BIAS);
    arrays.remove("judge/" + BIAS);
    changeMeta(meta -> meta.replaceAll("\"" + BIAS + "\": \\[\\s*64\\s*\\],?", ""));
    assertRefusedWhenWritten("missing [" + BIAS + "]");
  }

  @Test
  void withAnExtraTensor() {
    arrays.put("keras/gradient/more", NdArray.ofFloats(new float[1], List.of(1)));
    assertRefusedWhenWritten("extra [gradient/more]");
  }

  @Test
  void withAMisshapenTensor() {
    arrays.put("keras/" + BIAS, NdArray.ofFloats(new float[63], List.of(63)));
    assertRefusedWhenWritten(BIAS, "[63]");
  }

  @Test
  void withAMisshapenTensorInMetaToo() {
    arrays.put("keras/" + BIAS, NdArray.ofFloats(new float[63], List.of(63)));
    arrays.remove("judge/" + BIAS);
    changeMeta(meta -> meta.replaceAll("(?<head>\"" + BIAS + "\": \\[\\s*)64", "${head}63"));
    assertRefusedWhenWritten(BIAS);
  }

  @Test
  void lackingAJudge() {
    arrays.remove("judge/" + BIAS);
    assertRefusedWhenWritten("judge/" + BIAS);
  }

  @Test
  void withNaNInAJudge() {
    float[] values = arrays.get("judge/" + BIAS).floats();
    values[0] = Float.NaN;
    arrays.put("judge/" + BIAS, NdArray.ofFloats(values, List.of(values.length)));
    assertRefusedWhenWritten("judge/" + BIAS, "NaN");
  }

  @Test
  void ofAnImpossibleSeed() {
    changeMeta(meta -> meta.replaceAll("\"seed\": 3", "\"seed\": 8589934592"));
    assertRefusedWhenWritten("'seed'", "8589934592");
  }

  @Test
  void ofAnImpossibleBatch() {
    changeMeta(meta -> meta.replaceAll("\"batch\": 4", "\"batch\": 1000000000"));
    assertRefusedWhenWritten("'batch'", "1000000000");
  }

  /** Sizes that would take gigabytes, were they believed. */
  @Test
  void ofOtherSizesThanItsTensors() {
    changeMeta(meta -> meta.replaceAll("\"batch\": 4", "\"batch\": 4096"));
    assertRefusedWhenWritten("inference/conv2d [4, 14, 14, 64] for [4096, 14, 14, 64]");
    arrays =
        Npz.readAll(Path.of("src/main/resources/org/kerastwin/parity/reference-upsampling.npz"));
    changeMeta(meta -> meta.replaceAll("\"noise_dim\": 100", "\"noise_dim\": 65536"));
    assertRefusedWhenWritten("weights/generator/dense/kernel [100, 6272] for [65536, 6272]");
  }

  @Test
  void withNaNDiffers() {
    float[] values = arrays.get("keras/" + BIAS).floats();
    values[5] = Float.NaN;
    arrays.put("keras/" + BIAS, NdArray.ofFloats(values, List.of(values.length)));
    write();
    TensorComparison first =
        Verification.of(ReferenceFile.read(file), Device.CPU, Pass.Form.EXACT)
            .firstDifference()
            .orElseThrow();
    assertEquals(BIAS, first.key().toString());
    assertFalse(first.difference().finite());
    assertTrue(first.describe().contains("NaN or infinity in what was expected"), first::describe);
  }

  private void changeMeta(UnaryOperator<String> change) {
    String meta = new String(arrays.get("meta").bytes(), StandardCharsets.UTF_8);
    String changed = change.apply(meta);
    assertFalse(changed.equals(meta), "the change changes nothing");
    byte[] bytes = changed.getBytes(StandardCharsets.UTF_8);
    arrays.put("meta", NdArray.ofBytes(bytes, List.of(bytes.length)));
  }

  private void write() {
    Npz.write(file, arrays, ZipWriter.Compression.DEFLATED);
  }

  private void assertRefusedWhenWritten(String... words) {
    write();
    assertRefused(words);
  }

  private void assertRefused(String... words) {
    EnvironmentException refusal =
        assertThrows(
            EnvironmentException.class,
            () -> Verification.of(ReferenceFile.read(file), Device.CPU, Pass.Form.EXACT));
    for (String word : words) {
      assertTrue(refusal.getMessage().contains(word), refusal::getMessage);
    }
  }
}
