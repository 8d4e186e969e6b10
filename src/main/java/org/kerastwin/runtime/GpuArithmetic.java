package org.kerastwin.runtime;

import java.util.Optional;

/**
 * How GPUs compute in this process. By default products of float32 are made with the 11 significant
 * bits of TF32 on GPUs that can (Ampere and later), and additions in an order that may change from
 * run to run.
 *
 * @param tf32 the value of {@code NVIDIA_TF32_OVERRIDE}, which cuBLAS and cuDNN read as they are
 *     opened (NVIDIA: cuBLAS, "Environment Variables")
 * @param deterministic the value of {@code TF_DETERMINISTIC_OPS}, which TensorFlow reads
 */
public record GpuArithmetic(Optional<String> tf32, Optional<String> deterministic) {
  private static final String TF32 = "NVIDIA_TF32_OVERRIDE";
  private static final String DETERMINISTIC = "TF_DETERMINISTIC_OPS";

  /**
   * Has GPUs compute in float32 throughout, and in the same order from run to run. Must be called
   * before TensorFlow or a library of CUDA is opened; what the user set is respected.
   */
  public static GpuArithmetic reproducible() {
    NativeEnvironment.setUnlessSet(TF32, "0");
    NativeEnvironment.setUnlessSet(DETERMINISTIC, "1");
    return new GpuArithmetic(NativeEnvironment.get(TF32), NativeEnvironment.get(DETERMINISTIC));
  }

  /** Whether products of float32 are made with all of its bits on every GPU. */
  public boolean isFloat32() {
    return tf32.equals(Optional.of("0"));
  }

  /** As the environment has it, such as "TF32 off (NVIDIA_TF32_OVERRIDE=0), determinism on (…)". */
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
