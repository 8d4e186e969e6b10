package org.kerastwin.keras;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.CheckedZip;
import org.kerastwin.io.FileName;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.ZipWriter;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.weights.WeightMap;

/**
 * Reads and writes Keras's files: tensors, and in most formats the model's description in JSON,
 * which is passed through as text.
 */
public final class KerasFile {
  private static final String ARCHIVE = "Keras model";
  private static final String CONFIG = "config.json";
  private static final String METADATA = "metadata.json";
  private static final String WEIGHTS = "model.weights.h5";

  /** Descriptions of models and their compilation take kilobytes. */
  private static final long MAX_CONFIG_BYTES = 4L << 20;

  /** Weights hardly compress, but the zeros of Adam before its first step do. */
  private static final long MAX_WEIGHTS_RATIO = 16;

  /** The oldest version that reads the files written here. */
  private static final String KERAS_VERSION = "3.6.0";

  private final Path path;
  private final Format format;
  private final Description description;
  private final Hdf5Content content;

  /** The formats, by the ending of a file's name. */
  public enum Format {
    /** Keras 3's archive: description and weights. */
    ARCHIVE(".keras"),
    /** Weights alone. */
    WEIGHTS(".weights.h5"),
    /** Keras 2's file of description and weights, which Keras 3 also reads and writes. */
    LEGACY(".h5");

    private final String ending;

    Format(String ending) {
      this.ending = ending;
    }

    /** The ending, with its dot. */
    public String ending() {
      return ending;
    }

    /** The format of a file by its name, if known. */
    public static Optional<Format> of(Path path) {
      FileName name = FileName.of(path);
      // ".weights.h5" comes before ".h5".
      return Arrays.stream(values()).filter(format -> name.endsWith(format.ending)).findFirst();
    }
  }

  /**
   * A model's description in JSON.
   *
   * @param model the layers; {@code config.json} or the attribute {@code model_config}
   * @param training loss and optimizer of a legacy file, the attribute {@code training_config}; an
   *     archive has them in {@code model}
   */
  public record Description(Optional<String> model, Optional<String> training) {
    /** For a file without a description. */
    public static final Description NONE = new Description(Optional.empty(), Optional.empty());
  }

  private KerasFile(Path path, Format format, Description description, Hdf5Content content) {
    this.path = path;
    this.format = format;
    this.description = description;
    this.content = content;
  }

  /**
   * Reads a file in the format of its ending.
   *
   * @throws EnvironmentException if it is missing, damaged, or of another kind
   */
  public static KerasFile read(Path path) {
    Format format =
        Format.of(path).orElseThrow(() -> new IllegalArgumentException("no Keras file: " + path));
    if (format == Format.ARCHIVE) {
      return readArchive(path);
    }
    Hdf5Content content = Keras2Layout.toCurrent(Hdf5Reader.read(path));
    Description description =
        new Description(
            content.attribute("", "model_config").stream().findFirst(),
            content.attribute("", "training_config").stream().findFirst());
    return new KerasFile(path, format, description, content);
  }

  private static KerasFile readArchive(Path path) {
    try (CheckedZip zip = CheckedZip.open(ARCHIVE, path)) {
      String config = new String(zip.bytes(CONFIG, MAX_CONFIG_BYTES), StandardCharsets.UTF_8);
      byte[] weights = zip.bytes(WEIGHTS, mostWeights(path));
      Hdf5Content content =
          Keras2Layout.toCurrent(Hdf5Reader.read(weights, "%s[%s]".formatted(path, WEIGHTS)));
      Description description = new Description(Optional.of(config), Optional.empty());
      return new KerasFile(path, Format.ARCHIVE, description, content);
    }
  }

  private static long mostWeights(Path archive) {
    return (64L << 20) + MAX_WEIGHTS_RATIO * archive.toFile().length();
  }

  /** The model's description. */
  public Description description() {
    return description;
  }

  /**
   * The shape of a tensor of the first layer of a class. Legacy files do not name classes; there it
   * is the first layer with weights.
   *
   * @param layer the class in snake case, such as {@code dense}
   * @param index number of the tensor among the layer's variables
   */
  public Optional<List<Integer>> shape(String layer, int index) {
    Optional<NdArray> tensor =
        format == Format.LEGACY
            ? LegacyLayout.first(content, index)
            : Optional.ofNullable(content.dataSets().get("layers/" + layer + "/vars/" + index));
    return tensor.map(NdArray::shape);
  }

  /**
   * The model's weights, by our paths. NaN and infinities are read as they are.
   *
   * @throws EnvironmentException unless the file has exactly the variables of the model
   */
  public WeightMap weights(ModelVariables variables) {
    WeightMap weights =
        format == Format.LEGACY
            ? LegacyLayout.weights(content, variables, path)
            : WeightsLayout.weights(content, variables, path);
    variables.weightTypes().require(weights, path);
    return weights;
  }

  /**
   * The variables of the optimizer, if it has more than its two scalars. Those that Adam has are
   * named by our paths. Files of Keras 2 lack the learning rate, which is in the description.
   */
  public Optional<WeightMap> slots(ModelVariables variables) {
    WeightMap found =
        format == Format.LEGACY
            ? LegacyLayout.slots(content, variables)
            : WeightsLayout.slots(content, variables);
    return Optional.of(found).filter(slots -> slots.paths().size() > 2);
  }

  /**
   * Replaces a file atomically, in the format of its ending.
   *
   * @param description not written to a {@code .weights.h5}
   * @param weights the model's weights, by our paths
   * @param slots the variables of its Adam, if any
   * @throws EnvironmentException if it cannot be written
   */
  public static void write(
      Path path,
      ModelVariables variables,
      Description description,
      WeightMap weights,
      Optional<WeightMap> slots) {
    switch (Format.of(path)
        .orElseThrow(() -> new IllegalArgumentException("no Keras file: " + path))) {
      case ARCHIVE -> {
        byte[] tensors = Hdf5Writer.bytes(WeightsLayout.of(variables, weights, slots));
        writeArchive(path, description.model().orElseThrow(), tensors);
      }
      case WEIGHTS ->
          AtomicFile.write(path, Hdf5Writer.bytes(WeightsLayout.of(variables, weights, slots)));
      case LEGACY -> {
        Hdf5Content content = LegacyLayout.of(variables, weights, slots);
        content.addAttribute("", "keras_version", List.of(KERAS_VERSION));
        content.addAttribute("", "backend", List.of("tensorflow"));
        content.addAttribute("model_weights", "keras_version", List.of(KERAS_VERSION));
        content.addAttribute("model_weights", "backend", List.of("tensorflow"));
        content.addAttribute("", "model_config", List.of(description.model().orElseThrow()));
        description
            .training()
            .ifPresent(training -> content.addAttribute("", "training_config", List.of(training)));
        AtomicFile.write(path, Hdf5Writer.bytes(content));
      }
    }
  }

  private static void writeArchive(Path path, String config, byte[] tensors) {
    String metadata = "{\"keras_version\": \"%s\"}".formatted(KERAS_VERSION);
    AtomicFile.write(
        path,
        out -> {
          try (ZipWriter zip = new ZipWriter(out)) {
            zip.add(
                METADATA,
                Compression.STORED,
                entry -> entry.write(metadata.getBytes(StandardCharsets.UTF_8)));
            zip.add(
                CONFIG,
                Compression.STORED,
                entry -> entry.write(config.getBytes(StandardCharsets.UTF_8)));
            zip.add(WEIGHTS, Compression.STORED, entry -> entry.write(tensors));
          }
        });
  }
}
