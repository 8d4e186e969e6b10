package org.kerastwin.cuda;

import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What NVIDIA's driver says, through the CUDA driver API (NVIDIA: CUDA Driver API,
 * "Initialization", "Version Management", "Device Management").
 *
 * @param version the newest CUDA that the driver runs, such as "12.6"
 * @param gpus the GPUs that it sees
 */
public record CudaDriver(String version, List<Gpu> gpus) {
  private static final int SUCCESS = 0;
  private static final int NAME_LENGTH = 256;

  /** {@code CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR} and {@code …_MINOR}. */
  private static final int MAJOR = 75;

  private static final int MINOR = 76;

  /**
   * A GPU.
   *
   * @param name as NVIDIA sells it
   * @param capability its compute capability, such as "9.0"
   */
  public record Gpu(String name, String capability) {
    @Override
    public String toString() {
      return "%s, compute capability %s".formatted(name, capability);
    }
  }

  /**
   * Asks a driver.
   *
   * @param library its library's name or path
   * @return empty if there is no such library, or it can't be initialised, as where a GPU is
   *     missing
   */
  public static Optional<CudaDriver> ask(String library) {
    try (NativeLibrary driver = NativeLibrary.getInstance(library)) {
      if (call(driver, "cuInit", 0) != SUCCESS) {
        return Optional.empty();
      }
      int count = number(driver, "cuDeviceGetCount");
      List<Gpu> gpus = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        gpus.add(gpu(driver, number(driver, "cuDeviceGet", i)));
      }
      return Optional.of(new CudaDriver(version(number(driver, "cuDriverGetVersion")), gpus));
    } catch (UnsatisfiedLinkError missing) {
      return Optional.empty();
    }
  }

  /**
   * The version of the CUDA runtime.
   *
   * @param library its library's name or path
   * @return such as "12.5"; empty if there is no such library
   */
  public static Optional<String> runtimeVersion(String library) {
    try (NativeLibrary runtime = NativeLibrary.getInstance(library)) {
      return Optional.of(version(number(runtime, "cudaRuntimeGetVersion")));
    } catch (UnsatisfiedLinkError missing) {
      return Optional.empty();
    }
  }

  /**
   * Whether it is new enough for a CUDA runtime: all of one major version run on each other's
   * drivers (NVIDIA: CUDA Compatibility, "Minor Version Compatibility").
   *
   * @param runtime its version, such as "12.5"
   */
  public boolean runs(String runtime) {
    return major(version) >= major(runtime);
  }

  private static int major(String version) {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  private static Gpu gpu(NativeLibrary driver, int device) {
    byte[] name = new byte[NAME_LENGTH];
    call(driver, "cuDeviceGetName", name, NAME_LENGTH, device);
    int length = 0;
    while (length < NAME_LENGTH && name[length] != 0) {
      length++;
    }
    return new Gpu(
        new String(name, 0, length, StandardCharsets.UTF_8),
        number(driver, "cuDeviceGetAttribute", MAJOR, device)
            + "."
            + number(driver, "cuDeviceGetAttribute", MINOR, device));
  }

  /** CUDA counts 1000 for a major version and 10 for a minor one. */
  private static String version(int number) {
    return number / 1000 + "." + number % 1000 / 10;
  }

  /** Calls a function whose first argument is a place for the number that it gives. */
  private static int number(NativeLibrary library, String function, Object... further) {
    IntByReference number = new IntByReference();
    Object[] arguments = new Object[further.length + 1];
    arguments[0] = number;
    System.arraycopy(further, 0, arguments, 1, further.length);
    call(library, function, arguments);
    return number.getValue();
  }

  private static int call(NativeLibrary library, String function, Object... arguments) {
    return library.getFunction(function).invokeInt(arguments);
  }
}
