package org.kerastwin.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.keras.random.SeededNoise;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.run.TrainingListener;
import org.kerastwin.runtime.Device;
import org.kerastwin.training.Batch;
import org.kerastwin.training.BatchPrefetcher;
import org.kerastwin.training.GanSettings;
import org.kerastwin.training.GanStep;
import org.kerastwin.training.GanUpdate;

/**
 * Benchmarks training and generation in alternating rounds, so that temporary load on the machine
 * affects all figures alike.
 */
public final class Benchmark {
  private static final int SEED = 1;

  /**
   * Rows and columns: 2 × 1536³ operations take long enough to time, and the matrices fit into any
   * memory.
   */
  private static final int MATRIX = 1536;

  /** Large enough to occupy a whole GPU; three of these take 0.8 GB. */
  private static final int MATRIX_ON_GPU = 8192;

  private static final int PRODUCTS = 3;

  /** Steps until memory stops growing; {@code tools/baselines.py} runs as many. */
  private static final int WARM_UP = 3;

  private static final double NANOS_PER_MS = 1e6;

  private final BenchSettings settings;
  private final List<Double> step = new ArrayList<>();
  private final List<Double> outside = new ArrayList<>();
  private final List<Double> generated = new ArrayList<>();
  private final List<Double> products = new ArrayList<>();
  private final Map<GanUpdate, List<Double>> updates = new EnumMap<>(GanUpdate.class);

  private Benchmark(BenchSettings settings) {
    this.settings = settings;
    Arrays.stream(GanUpdate.values()).forEach(update -> updates.put(update, new ArrayList<>()));
  }

  /**
   * Runs the benchmark.
   *
   * @param listener notified of every step, as in {@code train}
   */
  public static BenchReport run(BenchSettings settings, TrainingListener listener) {
    return new Benchmark(settings).run(listener);
  }

  private BenchReport run(TrainingListener listener) {
    GanSettings gan = settings.gan();
    Sequential generator = Dcgan.generator(gan.variant(), gan.noiseDim());
    try (TrainingSteps training = new TrainingSteps(settings, SEED, listener)) {
      training.run();
      double started = secondsSinceStart();
      for (int i = 0; i < WARM_UP + settings.steps(); i++) {
        training.run();
      }
      long trainingPeak = ResidentMemory.peakMib();
      double gflop;
      try (GanStep apart =
              GanStep.apart(
                  gan, settings.device(), KerasStreams.ofSeed(SEED)::nextInitializerSeed);
          InferenceSession inference =
              new InferenceSession(
                  generator,
                  training.gan().generatorWeights(),
                  settings.device(),
                  gan.form(),
                  gan.precision());
          MatrixProduct product =
              new MatrixProduct(matrix(settings.device()), settings.device(), gan.precision())) {
        gflop = 2 * apart.multiplyAdds() / 1e9;
        warmUp(apart, inference, product, training.batches());
        for (int round = 0; round < settings.rounds(); round++) {
          products.add(product.gflopPerSecond(PRODUCTS));
          trainWhole(training);
          trainApart(apart, training.batches());
          generate(inference);
        }
      }
      return report(started, gflop, trainingPeak);
    }
  }

  private static int matrix(Device device) {
    return device.isCpu() ? MATRIX : MATRIX_ON_GPU;
  }

  private void warmUp(
      GanStep apart, InferenceSession inference, MatrixProduct product, BatchPrefetcher batches) {
    for (GanUpdate update : GanUpdate.values()) {
      apart.update(update, batches.next());
    }
    inference.run(noise(settings.generationBatch()), settings.generationBatch());
    product.gflopPerSecond(1);
  }

  private void trainWhole(TrainingSteps training) {
    double[] all = new double[settings.steps()];
    double[] rest = new double[settings.steps()];
    for (int i = 0; i < all.length; i++) {
      long inSession = training.gan().nanosInSession();
      long begun = System.nanoTime();
      training.run();
      long nanos = System.nanoTime() - begun;
      all[i] = nanos / NANOS_PER_MS;
      rest[i] = 100.0 * (nanos - (training.gan().nanosInSession() - inSession)) / nanos;
    }
    step.add(Spread.of(all).median());
    outside.add(Spread.of(rest).median());
  }

  private void trainApart(GanStep apart, BatchPrefetcher batches) {
    for (GanUpdate update : GanUpdate.values()) {
      double[] times = new double[settings.steps()];
      for (int i = 0; i < times.length; i++) {
        Batch batch = batches.next();
        long begun = System.nanoTime();
        apart.update(update, batch);
        times[i] = (System.nanoTime() - begun) / NANOS_PER_MS;
      }
      updates.get(update).add(Spread.of(times).median());
    }
  }

  private void generate(InferenceSession inference) {
    NdArray noise = noise(settings.images());
    long begun = System.nanoTime();
    inference.run(noise, settings.generationBatch());
    generated.add(settings.images() / ((System.nanoTime() - begun) / 1e9));
  }

  private NdArray noise(int images) {
    return SeededNoise.of(SEED, images, settings.gan().noiseDim());
  }

  private BenchReport report(double started, double gflop, long trainingPeak) {
    GanSettings gan = settings.gan();
    double[] reached = step.stream().mapToDouble(ms -> gflop / ms * 1e3).toArray();
    double[] share = new double[reached.length];
    for (int i = 0; i < share.length; i++) {
      share[i] = 100 * reached[i] / products.get(i);
    }
    return new BenchReport(
        gan.variant().label(),
        gan.form().toString(),
        gan.precision().toString(),
        settings.device().toString(),
        gan.batchSize(),
        settings.rounds(),
        Runtime.getRuntime().availableProcessors(),
        started,
        spread(step),
        spread(updates.get(GanUpdate.REAL)),
        spread(updates.get(GanUpdate.FAKE)),
        spread(updates.get(GanUpdate.GENERATOR)),
        spread(outside),
        Spread.of(step.stream().mapToDouble(ms -> gan.batchSize() / ms * 1e3).toArray()),
        spread(generated),
        settings.generationBatch(),
        gflop,
        Spread.of(reached),
        spread(products),
        Spread.of(share),
        trainingPeak);
  }

  private static Spread spread(List<Double> values) {
    return Spread.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double secondsSinceStart() {
    Instant begun = ProcessHandle.current().info().startInstant().orElseThrow();
    return Duration.between(begun, Instant.now()).toMillis() / 1e3;
  }
}
