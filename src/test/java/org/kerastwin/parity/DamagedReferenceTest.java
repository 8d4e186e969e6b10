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
import org.kerastwin.parity.stages.ProgramSettings;
import org.kerastwin.runtime.Device;

/** Unusable references are rejected with a reason. NaN in a reference is a difference. */
class DamagedReferenceTest {
  private static final Path WHOLE =
      Path.of("src/main/resources/org/kerastwin/parity/reference-discriminator.npz");
  private static final String BIAS = "gradient/discriminator/conv2d/bias";

  @TempDir Path temporary;
  private Path file;
  private Map<String, NdArray> arrays;

  @BeforeEach
  void readValidReference() {
    file = temporary.resolve("reference.npz");
    arrays = Npz.readAll(WHOLE);
  }

  @Test
  void rejectsTruncatedFiles() throws IOException {
    byte[] bytes = Files.readAllBytes(WHOLE);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertRejected(file.toString(), "zip archive");
  }

  @Test
  void rejectsMissingFiles() {
    assertRejected(file.toString(), "no such file");
  }

  @Test
  void rejectsFilesWithoutMeta() {
    arrays.remove("meta");
    assertRejectedWhenWritten("'meta'");
  }

  @Test
  void rejectsMalformedMeta() {
    arrays.put("meta", NdArray.ofBytes(new byte[] {'{'}, List.of(1)));
    assertRejectedWhenWritten("'meta'");
  }

  @Test
  void rejectsNullAsMeta() {
    changeMeta(meta -> "null");
    assertRejectedWhenWritten("'meta'", "null");
  }

  @Test
  void rejectsTrailingTextAfterMeta() {
    changeMeta(meta -> meta + "{}");
    assertRejectedWhenWritten("'meta'");
  }

  @Test
  void rejectsFractionalBatchSizes() {
    changeMeta(meta -> meta.replace("\"batch\": 4", "\"batch\": 4.5"));
    assertRejectedWhenWritten("'meta'", "4.5");
  }

  @Test
  void rejectsTensorsOfAnotherNetwork() {
    changeMeta(meta -> meta.replace("\"discriminator\",", "\"transposed\","));
    assertRejectedWhenWritten("missing", "extra", "transposed");
  }

  @Test
  void rejectsUnknownNetworks() {
    changeMeta(meta -> meta.replace("\"discriminator\",", "\"resnet\","));
    assertRejectedWhenWritten("'resnet'");
  }

  @Test
  void rejectsOtherFormatVersions() {
    changeMeta(meta -> meta.replace("\"format\": 3", "\"format\": 1"));
    assertRejectedWhenWritten("format 1");
  }

  @Test
  void rejectsMissingTensors() {
    arrays.remove("keras/" + BIAS);
    arrays.remove("judge/" + BIAS);
    assertRejectedWhenWritten("missing [" + BIAS + "]");
  }

  @Test
  void rejectsTensorsMissingFromMetaToo() {
    arrays.remove("keras/" + BIAS);
    arrays.remove("judge/" + BIAS);
    changeMeta(meta -> meta.replaceAll("\"" + BIAS + "\": \\[\\s*64\\s*\\],?", ""));
    assertRejectedWhenWritten("missing [" + BIAS + "]");
  }

  @Test
  void rejectsExtraTensors() {
    arrays.put("keras/gradient/more", NdArray.ofFloats(new float[1], List.of(1)));
    assertRejectedWhenWritten("extra [gradient/more]");
  }

  @Test
  void rejectsMisshapenTensors() {
    arrays.put("keras/" + BIAS, NdArray.ofFloats(new float[63], List.of(63)));
    assertRejectedWhenWritten(BIAS, "[63]");
  }

  @Test
  void rejectsTensorsMisshapenInMetaToo() {
    arrays.put("keras/" + BIAS, NdArray.ofFloats(new float[63], List.of(63)));
    arrays.remove("judge/" + BIAS);
    changeMeta(meta -> meta.replaceAll("(?<head>\"" + BIAS + "\": \\[\\s*)64", "${head}63"));
    assertRejectedWhenWritten(BIAS);
  }

  @Test
  void rejectsMissingFloat64Values() {
    arrays.remove("judge/" + BIAS);
    assertRejectedWhenWritten("judge/" + BIAS);
  }

  @Test
  void rejectsNaNAmongFloat64Values() {
    float[] values = arrays.get("judge/" + BIAS).floats();
    values[0] = Float.NaN;
    arrays.put("judge/" + BIAS, NdArray.ofFloats(values, List.of(values.length)));
    assertRejectedWhenWritten("judge/" + BIAS, "NaN");
  }

  @Test
  void rejectsSeedsOutOfRange() {
    changeMeta(meta -> meta.replaceAll("\"seed\": 3", "\"seed\": 8589934592"));
    assertRejectedWhenWritten("'seed'", "8589934592");
  }

  @Test
  void rejectsBatchSizesOutOfRange() {
    changeMeta(meta -> meta.replaceAll("\"batch\": 4", "\"batch\": 1000000000"));
    assertRejectedWhenWritten("'batch'", "1000000000");
  }

  /** These sizes would take gigabytes. */
  @Test
  void rejectsSizesThatItsTensorsDoNotHave() {
    changeMeta(meta -> meta.replaceAll("\"batch\": 4", "\"batch\": 4096"));
    assertRejectedWhenWritten("inference/conv2d [4, 14, 14, 64] for [4096, 14, 14, 64]");
    arrays =
        Npz.readAll(Path.of("src/main/resources/org/kerastwin/parity/reference-upsampling.npz"));
    changeMeta(meta -> meta.replaceAll("\"noise_dim\": 100", "\"noise_dim\": 65536"));
    assertRejectedWhenWritten("weights/generator/dense/kernel [100, 6272] for [65536, 6272]");
  }

  @Test
  void reportsNaNAsADifference() {
    float[] values = arrays.get("keras/" + BIAS).floats();
    values[5] = Float.NaN;
    arrays.put("keras/" + BIAS, NdArray.ofFloats(values, List.of(values.length)));
    write();
    TensorComparison first =
        Verification.of(
                ReferenceFile.read(file), Device.CPU, Pass.Form.EXACT, ProgramSettings.NOTEBOOK)
            .run()
            .firstDifference()
            .orElseThrow();
    assertEquals(BIAS, first.key().toString());
    assertFalse(first.difference().finite());
    assertTrue(
        first.describe().contains("NaN or infinity in the expected values"), first::describe);
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

  private void assertRejectedWhenWritten(String... words) {
    write();
    assertRejected(words);
  }

  private void assertRejected(String... words) {
    EnvironmentException refusal =
        assertThrows(
            EnvironmentException.class,
            () ->
                Verification.of(
                        ReferenceFile.read(file),
                        Device.CPU,
                        Pass.Form.EXACT,
                        ProgramSettings.NOTEBOOK)
                    .run());
    for (String word : words) {
      assertTrue(refusal.getMessage().contains(word), refusal::getMessage);
    }
  }
}
