package org.kerastwin.evaluation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.data.Split;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;

/** The features of real images: mean and covariance of all, and the rows of a sample. */
public final class RealImages {
  /** Enough for stable neighbors, few enough to bundle with the program. */
  private static final int SAMPLE = 5000;

  private static final String MEAN = "mean";
  private static final String COVARIANCE = "covariance";
  private static final String FEATURES = "features";

  private final Moments moments;
  private final FeatureRows sample;

  private RealImages(Moments moments, FeatureRows sample) {
    this.moments = moments;
    this.sample = sample;
  }

  /** The features of all images of a split. */
  public static RealImages of(Split images, Classifier classifier) {
    FeatureRows all = FeatureRows.of(classifier.classify(images.scaled()).features());
    FeatureRows sample = all.sample(SAMPLE);
    NdArray rounded =
        HalfPrecision.rounded(
            NdArray.ofFloats(sample.values(), List.of(sample.size(), sample.width())));
    return new RealImages(Moments.of(all), FeatureRows.of(rounded));
  }

  /** The bundled features of MNIST's training images. */
  static RealImages ofMnist() {
    Map<String, NdArray> arrays = Resources.arrays("mnist-features.npz");
    return new RealImages(
        new Moments(doubles(arrays.get(MEAN)), doubles(arrays.get(COVARIANCE))),
        FeatureRows.of(arrays.get(FEATURES)));
  }

  /** Writes what {@link #ofMnist} reads. */
  public void write(Path file) {
    int d = moments.width();
    Map<String, NdArray> arrays = new LinkedHashMap<>();
    arrays.put(MEAN, array(moments.mean(), List.of(d)));
    arrays.put(COVARIANCE, array(moments.covariance(), List.of(d, d)));
    arrays.put(FEATURES, NdArray.ofFloats(sample.values(), List.of(sample.size(), d)));
    Npz.write(file, arrays, Compression.DEFLATED);
  }

  Moments moments() {
    return moments;
  }

  FeatureRows sample() {
    return sample;
  }

  private static double[] doubles(NdArray array) {
    double[] values = new double[array.size()];
    array.data().asDoubleBuffer().get(values);
    return values;
  }

  private static NdArray array(double[] values, List<Integer> shape) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asDoubleBuffer().put(values);
    return new NdArray(DType.FLOAT64, shape, data);
  }
}
