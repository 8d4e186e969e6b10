package org.kerastwin.runtime;

import com.sun.jna.NativeLibrary;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;

/** The memory of this process beside that of TensorFlow's tensors. */
public final class ProcessMemory {
  /** Percent of the heap that is free after a collection, at least and at most. */
  private static final int LEAST_FREE = 10;

  private static final int MOST_FREE = 20;

  private ProcessMemory() {}

  /**
   * Returns to the system what a preparation has left unused, such as the steps by which a graph
   * was built. Otherwise the JVM keeps the heap that it begins with, a 64th of the machine's
   * memory, and fills all of it before it collects: memory would grow over thousands of steps.
   */
  public static void returnUnused() {
    shrinkHeap();
    trimMalloc();
  }

  private static void shrinkHeap() {
    try {
      HotSpotDiagnosticMXBean vm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      if (vm != null) {
        setUnlessAsked(vm, "MinHeapFreeRatio", LEAST_FREE);
        setUnlessAsked(vm, "MaxHeapFreeRatio", MOST_FREE);
      }
    } catch (IllegalArgumentException unknown) {
      // Another JVM or collector, which has its own way to size its heap.
    }
    System.gc();
  }

  private static void setUnlessAsked(HotSpotDiagnosticMXBean vm, String option, int value) {
    if (vm.getVMOption(option).getOrigin() != VMOption.Origin.VM_CREATION) {
      vm.setVMOption(option, Integer.toString(value));
    }
  }

  private static void trimMalloc() {
    try {
      NativeLibrary.getProcess().getFunction("malloc_trim").invokeInt(new Object[] {0L});
    } catch (UnsatisfiedLinkError unknown) {
      // glibc alone has it.
    }
  }
}
