package org.kerastwin.runtime;

import java.util.Optional;

/**
 * The precision and determinism of GPUs in this process. By default GPUs from Ampere on multiply
 * float32 with the 11 significant bits of TF32, and the order of additions may change from run to
 * run.
 *
 * @param tf32 the value of {@code NVIDIA_TF32_OVERRIDE}, which cuBLAS and cuDNN read when they are
 *     loaded (NVIDIA: cuBLAS, "Environment Variables")
 * @param deterministic the value of {@code TF_DETERMINISTIC_OPS}, which TensorFlow reads
 */
public record GpuArithmetic(Optional<String> tf32, Optional<String> deterministic) {
  private static final String TF32 = "NVIDIA_TF32_OVERRIDE";
  private static final String DETERMINISTIC = "TF_DETERMINISTIC_OPS";

  /**
   * Makes GPUs compute in float32 and in the same order in every run. Call this before TensorFlow
   * or a CUDA library is loaded. Variables that are set are kept.
   */
  public static GpuArithmetic reproducible() {
    NativeEnvironment.setUnlessSet(TF32, "0");
    NativeEnvironment.setUnlessSet(DETERMINISTIC, "1");
    return new GpuArithmetic(NativeEnvironment.get(TF32), NativeEnvironment.get(DETERMINISTIC));
  }

  /** Whether every GPU multiplies float32 with full precision. */
  public boolean isFloat32() {
    return tf32.equals(Optional.of("0"));
  }

  /** Such as "TF32 off (NVIDIA_TF32_OVERRIDE=0), determinism on (TF_DETERMINISTIC_OPS=1)". */
  @Override
  public String toString() {
    return "TF32 %s (%s), determinism %s (%s)"
        .formatted(
            isFloat32() ? "off" : "on",
            setting(TF32, tf32),
            deterministic.filter(value -> value.matches("(?i)1|true")).isPresent() ? "on" : "off",
            setting(DETERMINISTIC, deterministic));
  }

  private static String setting(String variable, Optional<String> value) {
    return value.map(set -> variable + "=" + set).orElse(variable + " is not set");
  }
}
