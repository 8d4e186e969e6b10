package org.kerastwin.savedmodel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The signature {@code serving_default} of a SavedModel, with one float32 input and one float32
 * output.
 *
 * @param input the input, with its tensor in the model's main graph
 * @param output the output, with its tensor in the model's main graph
 */
record Signature(TensorSpec input, TensorSpec output) {
  /** The name that servers use by default. */
  static final String NAME = "serving_default";

  /** The signature for a SavedModel file. */
  SignatureDef toProto() {
    return SignatureDef.newBuilder()
        .setMethodName("tensorflow/serving/predict")
        .putInputs(input.name(), info(input))
        .putOutputs(output.name(), info(output))
        .build();
  }

  /**
   * Reads the signature of a file.
   *
   * @throws EnvironmentException unless it has exactly one float32 input and one float32 output of
   *     known rank
   */
  static Signature of(SignatureDef proto, Path where) {
    return new Signature(
        only("input", proto.getInputsMap(), where), only("output", proto.getOutputsMap(), where));
  }

  private static TensorSpec only(String kind, Map<String, TensorInfo> tensors, Path where) {
    if (tensors.size() != 1) {
      throw new EnvironmentException(
          problem(where, kind).received(tensors.size() + " " + kind + "s"));
    }
    Map.Entry<String, TensorInfo> entry = tensors.entrySet().iterator().next();
    TensorInfo info = entry.getValue();
    if (info.getDtype() != DataType.DT_FLOAT || info.getTensorShape().getUnknownRank()) {
      String rank = info.getTensorShape().getUnknownRank() ? "unknown" : "known";
      throw new EnvironmentException(
          problem(where, kind).received("%s of %s rank".formatted(info.getDtype(), rank)));
    }
    List<Long> shape =
        info.getTensorShape().getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
    return new TensorSpec(entry.getKey(), info.getName(), shape);
  }

  private static Problem problem(Path where, String kind) {
    return Problem.with("SavedModel", where)
        .expected("the signature %s with one float32 %s".formatted(NAME, kind))
        .advice("The model may not be a generator of this program.");
  }

  private static TensorInfo info(TensorSpec spec) {
    return TensorInfo.newBuilder()
        .setName(spec.tensor())
        .setDtype(DataType.DT_FLOAT)
        .setTensorShape(spec.shapeProto())
        .build();
  }
}
