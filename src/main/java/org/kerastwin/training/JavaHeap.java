package org.kerastwin.training;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** The JVM's own memory, of which a training needs little beside that of TensorFlow. */
public final class JavaHeap {
  /** Percent of the heap that is free after a collection, at least and at most. */
  private static final int LEAST_FREE = 10;

  private static final int MOST_FREE = 20;

  private JavaHeap() {}

  /**
   * Returns to the system what the preparation of a training has left unused. Otherwise the JVM
   * keeps the heap that it begins with, a 64th of the machine's memory, and fills all of it before
   * it collects: memory would grow over thousands of steps.
   */
  public static void shrink() {
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      vm.setVMOption("MinHeapFreeRatio", Integer.toString(LEAST_FREE));
      vm.setVMOption("MaxHeapFreeRatio", Integer.toString(MOST_FREE));
    } catch (IllegalArgumentException unknown) {
      // Another JVM or collector, which has its own way to size its heap.
    }
    System.gc();
  }
}
