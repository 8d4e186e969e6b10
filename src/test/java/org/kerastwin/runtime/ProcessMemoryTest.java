package org.kerastwin.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  private static final long MIB = 1 << 20;

  /** The JVM must return memory that is no longer used. */
  @Test
  void returnsUnusedMemoryToTheSystem() {
    long kept = 0;
    for (int i = 0; i < 64; i++) {
      kept += new byte[(int) (4 * MIB)].length;
    }
    assertTrue(kept > 0);
    long before = usage().getCommitted();
    ProcessMemory.returnUnused();
    MemoryUsage after = usage();
    assertTrue(
        after.getCommitted() < Math.max(before, 2 * after.getUsed() + 32 * MIB),
        () -> before + " bytes before, " + after);
  }

  private static MemoryUsage usage() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
  }
}
