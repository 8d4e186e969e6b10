package org.kerastwin.graph;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TInt32;

/** The native TensorFlow library of this process: what it logs, its version, the GPUs it sees. */
public final class NativeRuntime {
  /** TensorFlow's variable for the least level that it logs: 0 is info, 1 warnings, 2 errors. */
  private static final String LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";

  private static final String ONE_DNN = "TF_ENABLE_ONEDNN_OPTS";

  /** cuBLAS and cuDNN read the first, TensorFlow the second. */
  private static final SortedMap<String, String> REPRODUCIBLE =
      new TreeMap<>(Map.of("NVIDIA_TF32_OVERRIDE", "0", "TF_DETERMINISTIC_OPS", "1"));

  private NativeRuntime() {}

  /**
   * Has TensorFlow take the kernels of oneDNN, which it does by itself on newer processors alone.
   * They are faster and add in another order. Must be called before TensorFlow is loaded; what the
   * user set in {@code TF_ENABLE_ONEDNN_OPTS} is respected.
   */
  public static void preferOneDnn() {
    setUnlessSet(ONE_DNN, "1");
  }

  /**
   * Loads TensorFlow so that it logs errors only. Must be called before any other class of
   * TensorFlow is touched; a level that the user set in {@code TF_CPP_MIN_LOG_LEVEL} is respected.
   */
  public static void loadQuietly() {
    if (!setUnlessSet(LOG_LEVEL, "2")) {
      return;
    }
    // What a process logs once, past that level: two lines of TensorFlow's first session; in builds
    // for GPUs three about plugins that it registers twice, and one where there is no driver; from
    // JDK 24 on four about how TensorFlow-Java fills its first tensor.
    StandardError.without(
        List.of(
            "absl::InitializeLog()",
            "Attempting to register factory for plugin cu",
            "failed call to cuInit",
            "MLIR V1 optimization pass",
            "sun.misc.Unsafe",
            "UnsafeMemoryHandle"),
        NativeRuntime::runFirstSession);
  }

  /**
   * Has GPUs compute in float32 throughout, without TF32, and in the same order from run to run.
   * Must be called before TensorFlow is loaded; what the user set in these variables is respected.
   *
   * @return the settings, such as "TF_DETERMINISTIC_OPS=1"
   */
  public static List<String> makeGpusReproducible() {
    List<String> settings = new ArrayList<>();
    REPRODUCIBLE.forEach(
        (variable, value) -> {
          setUnlessSet(variable, value);
          settings.add(variable + "=" + Optional.ofNullable(System.getenv(variable)).orElse(value));
        });
    return settings;
  }

  /** Java can't change its own environment, which TensorFlow reads when it is loaded. */
  private static boolean setUnlessSet(String variable, String value) {
    if (System.getenv(variable) != null || Platform.isWindows()) {
      return false;
    }
    NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {variable, value, 1});
    return true;
  }

  /** On the CPU: the first that touches a GPU decides how its memory is taken. */
  private static void runFirstSession() {
    try (Graph graph = new Graph();
        Session session = new Session(graph, new SessionOptions(Device.CPU).toConfigProto());
        TInt32 value = TInt32.scalarOf(0)) {
      Ops tf = Ops.create(graph);
      Placeholder<TInt32> fed = tf.placeholder(TInt32.class);
      session.runner().feed(fed, value).fetch(tf.math.neg(fed)).run().close();
    }
  }

  /** The version of the native library, such as "2.18.0". */
  public static String version() {
    return TensorFlow.version();
  }

  /**
   * The GPUs that TensorFlow can use. Whoever looks first decides how their memory is taken, so
   * that is decided here.
   *
   * @param memoryFraction the most of a GPU's memory that may be taken; empty for no limit
   */
  public static Gpus gpus(OptionalDouble memoryFraction) {
    ConfigProto config =
        ConfigProto.newBuilder().setGpuOptions(SessionOptions.gpuMemory(memoryFraction)).build();
    return new Gpus(names(config), Optional.empty(), memoryFraction);
  }

  private static List<String> names(ConfigProto config) {
    TF_Status status = TF_Status.newStatus();
    TFE_ContextOptions options = tensorflow.TFE_NewContextOptions();
    TFE_Context context;
    try (BytePointer bytes = new BytePointer(config.toByteArray())) {
      tensorflow.TFE_ContextOptionsSetConfig(options, bytes, bytes.limit(), status);
      status.throwExceptionIfNotOK();
      context = tensorflow.TFE_NewContext(options, status);
    } finally {
      tensorflow.TFE_DeleteContextOptions(options);
    }
    status.throwExceptionIfNotOK();
    TF_DeviceList devices = tensorflow.TFE_ContextListDevices(context, status);
    try {
      status.throwExceptionIfNotOK();
      List<String> gpus = new ArrayList<>();
      for (int i = 0; i < tensorflow.TF_DeviceListCount(devices); i++) {
        if (tensorflow.TF_DeviceListType(devices, i, status).getString().equals("GPU")) {
          gpus.add(tensorflow.TF_DeviceListName(devices, i, status).getString());
        }
      }
      return gpus;
    } finally {
      tensorflow.TF_DeleteDeviceList(devices);
      tensorflow.TFE_DeleteContext(context);
    }
  }
}
