package org.kerastwin.runtime;

import java.nio.file.Path;
import java.util.List;
import org.kerastwin.EnvironmentException;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.OpList;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TInt32;

/**
 * The native TensorFlow library of this process. It logs only errors, because every method first
 * loads the library with that log level. A log level set in {@code TF_CPP_MIN_LOG_LEVEL} is
 * respected.
 */
public final class NativeRuntime {
  /** TensorFlow's environment variable for its log level: 0 info, 1 warnings, 2 errors. */
  private static final String LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";

  private static final String ONE_DNN = "TF_ENABLE_ONEDNN_OPTS";

  private NativeRuntime() {}

  /**
   * Makes TensorFlow use the kernels of oneDNN, which by default it uses only on newer processors.
   * They are faster but add in another order. Call this before TensorFlow is loaded. A value set in
   * {@code TF_ENABLE_ONEDNN_OPTS} is kept.
   */
  public static void preferOneDnn() {
    NativeEnvironment.setUnlessSet(ONE_DNN, "1");
  }

  /** Loads the library on first use; Java runs the initializer once. */
  private static final class Loaded {
    static {
      NativeCache.unpackTensorFlow();
      loadQuietly();
    }

    private Loaded() {}

    static void require() {}
  }

  /**
   * Loads the library unless it is loaded. Call this before using protobuf without a graph: from
   * JDK 24 on, Java warns about protobuf, and this drops the warning.
   *
   * @throws EnvironmentException if there is no room to unpack it
   */
  public static void load() {
    try {
      Loaded.require();
    } catch (ExceptionInInitializerError failure) {
      if (failure.getCause() instanceof EnvironmentException noRoom) {
        throw noRoom;
      }
      throw failure;
    }
  }

  /** A new graph, which the caller closes. */
  public static Graph graph() {
    load();
    return new Graph();
  }

  /** A loader of the SavedModel in a folder. */
  public static SavedModelBundle.Loader savedModel(Path folder) {
    load();
    return SavedModelBundle.loader(folder.toAbsolutePath().toString());
  }

  /** The version of the library, such as "2.18.0". */
  public static String version() {
    load();
    return TensorFlow.version();
  }

  /** The ops that the library has. */
  public static OpList ops() {
    load();
    return TensorFlow.registeredOpList();
  }

  private static void loadQuietly() {
    if (!NativeEnvironment.setUnlessSet(LOG_LEVEL, "2")) {
      return;
    }
    // Lines that are logged once despite the level: two by TensorFlow's first session; one if
    // the processor has no instructions for bfloat16; in GPU builds three about plugins registered
    // twice, and one if there is no driver; from JDK 24 on four about how TensorFlow-Java fills its
    // first tensor.
    StandardError.without(
        List.of(
            "absl::InitializeLog()",
            "Attempting to register factory for plugin cu",
            "failed call to cuInit",
            "MLIR V1 optimization pass",
            "oneDNN supports DT_BFLOAT16 only",
            "sun.misc.Unsafe",
            "Please consider reporting this to the maintainers of class",
            "UnsafeMemoryHandle"),
        NativeRuntime::runFirstSession);
  }

  /** Uses the CPU, because the first use of a GPU decides how its memory is allocated. */
  private static void runFirstSession() {
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionOptions.exact(Device.CPU).toConfigProto());
        TInt32 value = TInt32.scalarOf(0)) {
      Ops tf = Ops.create(graph);
      Placeholder<TInt32> fed = tf.placeholder(TInt32.class);
      Operand<TBfloat16> half = tf.nn.relu(tf.dtypes.cast(fed, TBfloat16.class));
      session.runner().feed(fed, value).fetch(half).run().close();
    }
  }
}
