package org.kerastwin.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description follows the environment. */
class GpuArithmeticTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | 1    | TF32 off (NVIDIA_TF32_OVERRIDE=0), determinism on (TF_DETERMINISTIC_OPS=1)
          1 | true | TF32 on (NVIDIA_TF32_OVERRIDE=1), determinism on (TF_DETERMINISTIC_OPS=true)
            | 0    | TF32 on (NVIDIA_TF32_OVERRIDE is not set), determinism off (TF_DETERMINISTIC_OPS=0)
          """)
  void describesTheEnvironment(String tf32, String deterministic, String words) {
    assertEquals(
        words,
        new GpuArithmetic(Optional.ofNullable(tf32), Optional.ofNullable(deterministic))
            .toString());
  }
}
