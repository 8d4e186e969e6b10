package org.kerastwin.runtime.cuda;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Information from NVIDIA's driver, through the CUDA driver API (NVIDIA: CUDA Driver API,
 * "Initialization", "Version Management", "Device Management", "Error Handling").
 *
 * @param version the newest CUDA version that the driver runs
 * @param failure the driver's error if it can't be initialized, for instance without a GPU
 * @param gpus the GPUs that the driver finds
 */
public record CudaDriver(CudaVersion version, Optional<String> failure, List<Gpu> gpus) {
  private static final int SUCCESS = 0;
  private static final int NAME_LENGTH = 256;

  /** {@code CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR} and {@code …_MINOR}. */
  private static final int MAJOR = 75;

  private static final int MINOR = 76;

  /**
   * A GPU.
   *
   * @param name product name
   * @param capability its compute capability, such as "9.0"
   */
  public record Gpu(String name, String capability) {
    @Override
    public String toString() {
      return "%s, compute capability %s".formatted(name, capability);
    }
  }

  /**
   * Queries a driver. Its version is available even if it can't be initialized.
   *
   * @param library its library's name or path
   * @return empty if there is no such library
   */
  public static Optional<CudaDriver> query(String library) {
    try {
      NativeFunctions driver = NativeFunctions.of(library);
      CudaVersion version = CudaVersion.ofCuda(driver.number("cuDriverGetVersion"));
      int code = driver.call("cuInit", 0);
      return Optional.of(
          code == SUCCESS
              ? new CudaDriver(version, Optional.empty(), gpus(driver))
              : new CudaDriver(version, Optional.of(failure(driver, code)), List.of()));
    } catch (UnsatisfiedLinkError missing) {
      return Optional.empty();
    }
  }

  /**
   * Whether the driver is new enough for a CUDA runtime: any driver of the same major version is
   * (NVIDIA: CUDA Compatibility, "Minor Version Compatibility").
   */
  public boolean runs(CudaVersion runtime) {
    return version.major() >= runtime.major();
  }

  private static String failure(NativeFunctions driver, int code) {
    return "cuInit gives %d, %s".formatted(code, driver.text("cuGetErrorString", code));
  }

  private static List<Gpu> gpus(NativeFunctions driver) {
    return IntStream.range(0, driver.number("cuDeviceGetCount"))
        .map(ordinal -> driver.number("cuDeviceGet", ordinal))
        .mapToObj(device -> gpu(driver, device))
        .toList();
  }

  private static Gpu gpu(NativeFunctions driver, int device) {
    byte[] name = new byte[NAME_LENGTH];
    driver.call("cuDeviceGetName", name, NAME_LENGTH, device);
    int length = 0;
    while (length < NAME_LENGTH && name[length] != 0) {
      length++;
    }
    return new Gpu(
        new String(name, 0, length, StandardCharsets.UTF_8),
        driver.number("cuDeviceGetAttribute", MAJOR, device)
            + "."
            + driver.number("cuDeviceGetAttribute", MINOR, device));
  }
}
