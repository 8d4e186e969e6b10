package org.kerastwin.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kerastwin.image.PixelRange;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.SeededNoise;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.models.ModelSource;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;

/**
 * A trained generator. Load it once, use it from any number of threads, and close it when no thread
 * uses it any more.
 */
public final class Generator implements AutoCloseable {
  private final int noiseDim;
  private final PixelRange range;
  private final InferenceSession session;

  private Generator(ModelFile file) {
    this.noiseDim = file.noiseDim();
    this.range = file.model().pixelRange();
    this.session = new InferenceSession(file.model(), file.weights(), Device.CPU, Pass.Form.FAST);
  }

  /**
   * Loads a generator from a run folder, a SavedModel of this program, or a {@code .keras} or
   * legacy {@code .h5} file.
   *
   * @throws org.kerastwin.EnvironmentException if the model is missing, damaged or not a generator
   * @throws org.kerastwin.UsageException if the file does not say its architecture
   */
  public static Generator load(Path model) {
    return new Generator(read(model, Optional.empty()));
  }

  /**
   * Loads a generator of a known variant, also from a {@code .weights.h5} or {@code .npz} file that
   * holds only weights.
   *
   * @param variant {@code upsampling}, {@code transposed} or {@code transposed-literal}
   * @throws org.kerastwin.EnvironmentException if the model is missing, damaged or of another
   *     variant
   * @throws org.kerastwin.UsageException if there is no such variant
   */
  public static Generator load(Path model, String variant) {
    return new Generator(read(model, Optional.of(variant)));
  }

  private static ModelFile read(Path model, Optional<String> variant) {
    // Must come first: reading a SavedModel loads TensorFlow.
    NativeRuntime.preferOneDnn();
    return new ModelSource(model, variant.map(Names::variant), Optional.of(Dcgan.GENERATOR)).read();
  }

  /** The length of the noise vector for one image. */
  public int noiseDim() {
    return noiseDim;
  }

  /**
   * Makes images from noise.
   *
   * @param noise {@code [n, noiseDim]} in row-major order, usually from the standard normal
   *     distribution
   * @return n images
   * @throws IllegalArgumentException if the length is not a positive multiple of {@link #noiseDim}
   */
  public Images generate(float[] noise) {
    if (noise.length == 0 || noise.length % noiseDim != 0) {
      throw new IllegalArgumentException(
          "noise: expected n * %d numbers, received %d".formatted(noiseDim, noise.length));
    }
    NdArray input = NdArray.ofFloats(noise, List.of(noise.length / noiseDim, noiseDim));
    return new Images(session.run(input, InferenceSession.BATCH), range);
  }

  /**
   * Makes images from random noise.
   *
   * @param count number of images, at least 1
   * @param seed 0 to 4294967295; the noise is that of {@code numpy.random.seed(seed)} and {@code
   *     numpy.random.normal(0, 1, (count, noiseDim))}
   */
  public Images generate(int count, long seed) {
    return generate(SeededNoise.of(seed, count, noiseDim).floats());
  }

  @Override
  public void close() {
    session.close();
  }
}
