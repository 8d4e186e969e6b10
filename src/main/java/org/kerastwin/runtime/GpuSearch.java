package org.kerastwin.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;

/** Finds the GPUs that TensorFlow can use, by opening an eager context and closing it again. */
public final class GpuSearch {
  private GpuSearch() {}

  /**
   * The GPUs that TensorFlow can use. If one of them can't be initialized, there are none, for
   * instance with an old driver or while another process uses the GPU exclusively. The first search
   * decides how GPU memory is allocated, so it is set here.
   *
   * @param memoryFraction the fraction of a GPU's memory that may be used; empty for all of it
   */
  public static Gpus find(OptionalDouble memoryFraction) {
    ConfigProto config =
        ConfigProto.newBuilder().setGpuOptions(SessionOptions.gpuMemory(memoryFraction)).build();
    return find(config.toByteArray(), memoryFraction);
  }

  /** The same with a serialized {@code ConfigProto}. */
  static Gpus find(byte[] config, OptionalDouble memoryFraction) {
    NativeRuntime.load();
    TF_Status status = TF_Status.newStatus();
    TFE_ContextOptions options = tensorflow.TFE_NewContextOptions();
    try (BytePointer bytes = new BytePointer(config)) {
      tensorflow.TFE_ContextOptionsSetConfig(options, bytes, bytes.limit(), status);
      TFE_Context context = isOk(status) ? tensorflow.TFE_NewContext(options, status) : null;
      if (!isOk(status)) {
        return unusable(status);
      }
      try {
        TF_DeviceList devices = tensorflow.TFE_ContextListDevices(context, status);
        // Without devices the list is a null pointer, which the list functions would dereference.
        return isOk(status) ? gpus(names(devices), memoryFraction) : unusable(status);
      } finally {
        tensorflow.TFE_DeleteContext(context);
      }
    } finally {
      tensorflow.TFE_DeleteContextOptions(options);
    }
  }

  private static Gpus gpus(List<String> names, OptionalDouble memoryFraction) {
    return names.isEmpty()
        ? Gpus.none("TensorFlow found no GPU that it can use")
        : Gpus.of(names, memoryFraction);
  }

  private static Gpus unusable(TF_Status status) {
    return Gpus.none("TensorFlow can't initialize the GPUs: " + message(status));
  }

  /** The names of the GPUs in a list, which it closes. */
  private static List<String> names(TF_DeviceList devices) {
    TF_Status status = TF_Status.newStatus();
    try {
      List<String> gpus = new ArrayList<>();
      for (int i = 0; i < tensorflow.TF_DeviceListCount(devices); i++) {
        if (tensorflow.TF_DeviceListType(devices, i, status).getString().equals("GPU")) {
          gpus.add(tensorflow.TF_DeviceListName(devices, i, status).getString());
        }
      }
      return gpus;
    } finally {
      tensorflow.TF_DeleteDeviceList(devices);
    }
  }

  private static boolean isOk(TF_Status status) {
    return tensorflow.TF_GetCode(status) == tensorflow.TF_OK;
  }

  /** The first line of TensorFlow's message. */
  private static String message(TF_Status status) {
    return tensorflow.TF_Message(status).getString().strip().lines().findFirst().orElse("");
  }
}
