package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ToleranceTest {
  /** A fault must stay outside by this much to be told from rounding. */
  private static final double MARGIN = 3;

  private static final double WIDEST = 10;
  private static final double ROUNDING = 1 + 1e-9;
  private static final Pattern FAULT = Pattern.compile(" gives? ([0-9.e-]+)$");

  /** The smallest fault's size stands at the end of the reason, measured by planting it. */
  @ParameterizedTest
  @EnumSource
  void onAGpuFaultsStillStandOut(Tolerance tolerance) {
    Tolerance onGpu = tolerance.onGpu();
    assertTrue(onGpu.relativeL2() >= tolerance.relativeL2());
    assertTrue(onGpu.relativeL2() <= WIDEST * tolerance.relativeL2() * ROUNDING);
    Matcher fault = FAULT.matcher(onGpu.reason());
    if (onGpu != tolerance && fault.find()) {
      assertTrue(
          MARGIN * onGpu.relativeL2() <= Double.parseDouble(fault.group(1)) * ROUNDING,
          onGpu::reason);
    }
  }
}
