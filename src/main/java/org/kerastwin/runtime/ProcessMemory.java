package org.kerastwin.runtime;

import com.sun.jna.NativeLibrary;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;

/** The memory of this process apart from TensorFlow's tensors. */
public final class ProcessMemory {
  /** Minimum and maximum percentage of the heap that is free after a collection. */
  private static final int LEAST_FREE = 10;

  private static final int MOST_FREE = 20;

  private ProcessMemory() {}

  /**
   * Returns unused memory to the system, such as garbage from building a graph. Otherwise the JVM
   * fills its initial heap, a 64th of the machine's memory, before it collects, so that memory
   * grows over thousands of steps.
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
      // Another JVM or collector sizes its heap in its own way.
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
      // Only glibc has it.
    }
  }
}
