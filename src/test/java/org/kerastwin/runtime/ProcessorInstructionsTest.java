package org.kerastwin.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of /proc/cpuinfo, shortened. */
class ProcessorInstructionsTest {
  @Test
  void findsInstructionsForBfloat16() {
    List<String> sapphireRapids =
        List.of(
            "vendor_id\t: GenuineIntel",
            "flags\t\t: fpu avx2 avx512f avx512_bf16 amx_bf16 amx_tile",
            "bugs\t\t: spectre_v1");
    assertEquals(
        Optional.of(List.of("amx_bf16", "avx512_bf16")),
        ProcessorInstructions.bfloat16(sapphireRapids));
  }

  /** Measured: src/doc/measurements/speed-avx512-bf16.txt and src/doc/performance.md. */
  @Test
  void countsAvx512OnlyWhereItIsFaster() {
    String flags = "flags\t\t: fpu avx2 avx512f avx512_bf16";
    assertEquals(
        Optional.of(List.of()),
        ProcessorInstructions.bfloat16(List.of("vendor_id\t: GenuineIntel", flags)));
    assertEquals(
        Optional.of(List.of("avx512_bf16")),
        ProcessorInstructions.bfloat16(List.of("vendor_id\t: AuthenticAMD", flags)));
  }

  @Test
  void findsNoneInOlderProcessors() {
    List<String> epyc = List.of("vendor_id\t: AuthenticAMD", "flags\t\t: fpu fma avx avx2");
    assertEquals(Optional.of(List.of()), ProcessorInstructions.bfloat16(epyc));
  }

  @Test
  void knowsNothingWhereLinuxListsNoFlags() {
    List<String> arm = List.of("processor\t: 0", "Features\t: fp asimd bf16");
    assertEquals(Optional.empty(), ProcessorInstructions.bfloat16(arm));
  }
}
