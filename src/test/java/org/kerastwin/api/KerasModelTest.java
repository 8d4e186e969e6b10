package org.kerastwin.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;

class KerasModelTest {
  private static final Path FILES = Path.of("src/test/resources/keras/files");
  private static final String BIAS = "generator/conv2d_transpose/bias";

  @TempDir private Path folder;

  @Test
  void readsTheWeightsOfKeras() {
    Map<String, NdArray> expected = Npz.readAll(FILES.resolve("generator.npz"));
    KerasModel model = KerasModel.read(FILES.resolve("generator.keras"));
    assertEquals(8, model.weightNames().size());
    for (String name : model.weightNames()) {
      assertEquals(expected.get(name).shape(), model.shape(name));
      assertArrayEquals(expected.get(name).floats(), model.values(name));
    }
    // Dense 3 * 8 + 8, batch normalization 4 * 2, Conv2DTranspose 5 * 5 * 2 + 1.
    assertTrue(model.summary().contains("Total params: 91 "), model.summary());
  }

  @Test
  void replacesOneWeight() {
    KerasModel model = KerasModel.read(FILES.resolve("generator.keras"));
    float[] before = model.values(BIAS);
    KerasModel changed = model.with(BIAS, new float[] {0.25f});
    for (String ending : List.of(".keras", ".h5")) {
      Path file = folder.resolve("changed" + ending);
      changed.write(file);
      KerasModel again = KerasModel.read(file);
      for (String name : model.weightNames()) {
        float[] expected = name.equals(BIAS) ? new float[] {0.25f} : model.values(name);
        assertArrayEquals(expected, again.values(name), name);
      }
    }
    assertArrayEquals(before, model.values(BIAS));
  }

  @Test
  void rejectsOtherNamesAndSizes() {
    KerasModel model = KerasModel.read(FILES.resolve("generator.keras"));
    assertThrows(IllegalArgumentException.class, () -> model.values("generator/dense/kernels"));
    assertThrows(IllegalArgumentException.class, () -> model.with(BIAS, new float[2]));
    assertThrows(UsageException.class, () -> model.write(folder.resolve("model.onnx")));
  }
}
