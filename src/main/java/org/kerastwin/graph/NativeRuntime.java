package org.kerastwin.graph;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/** The native TensorFlow library of this process: what it logs, its version, the GPUs it sees. */
public final class NativeRuntime {
  /** absl::LogSeverityAtLeast::kError. */
  private static final int ERRORS_ONLY = 2;

  /** absl::SetMinLogLevel(absl::LogSeverityAtLeast) of the Abseil that TensorFlow 2.18 carries. */
  private static final String SET_MIN_LOG_LEVEL =
      "_ZN4absl12lts_2023080214SetMinLogLevelENS0_18LogSeverityAtLeastE";

  private NativeRuntime() {}

  /**
   * Loads TensorFlow so that it logs errors only. Must be called before any other class of
   * TensorFlow is touched; a level that the user set in {@code TF_CPP_MIN_LOG_LEVEL} is respected.
   */
  public static void loadQuietly() {
    if (System.getenv("TF_CPP_MIN_LOG_LEVEL") != null) {
      return;
    }
    if (!Platform.isWindows()) {
      // Java can't change its own environment, and TensorFlow reads the level when it is loaded.
      NativeLibrary.getProcess()
          .getFunction("setenv")
          .invokeInt(new Object[] {"TF_CPP_MIN_LOG_LEVEL", Integer.toString(ERRORS_ONLY), 1});
    }
    String bindings = Loader.load(tensorflow.class);
    silenceAbseil(new File(bindings).getParentFile());
  }

  /** Some lines pass by the environment variable's level, straight through Abseil's log. */
  private static void silenceAbseil(File folder) {
    File framework =
        new File(
            folder,
            Platform.isMac() ? "libtensorflow_framework.2.dylib" : "libtensorflow_framework.so.2");
    try {
      Function setMinLogLevel =
          NativeLibrary.getInstance(framework.getPath()).getFunction(SET_MIN_LOG_LEVEL);
      setMinLogLevel.invokeVoid(new Object[] {ERRORS_ONLY});
    } catch (UnsatisfiedLinkError absentInThisBuild) {
      // Another build of TensorFlow: its two informational lines stay visible, nothing else
      // changes.
    }
  }

  /** The version of the native library, such as "2.18.0". */
  public static String version() {
    return TensorFlow.version();
  }

  /** The names of the GPUs that TensorFlow can use; empty without CUDA. */
  public static List<String> gpus() {
    TF_Status status = TF_Status.newStatus();
    TFE_ContextOptions options = tensorflow.TFE_NewContextOptions();
    TFE_Context context = tensorflow.TFE_NewContext(options, status);
    tensorflow.TFE_DeleteContextOptions(options);
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
