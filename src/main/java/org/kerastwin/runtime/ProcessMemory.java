package org.kerastwin.runtime;

import com.sun.jna.NativeLibrary;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;

/** The memory of this process apart from TensorFlow's tensors. */
public final class ProcessMemory {
  /** Minimum and maximum percentage of the heap to keep free after a collection. */
  private static final int MIN_FREE = 10;

  private static final int MAX_FREE = 20;

  private ProcessMemory() {}

  /**
   * Returns unused memory to the system, such as garbage from building a graph. Otherwise the JVM
   * fills its initial heap, 1/64 of the machine's memory, before it collects garbage, so memory
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
        setUnlessGiven(vm, "MinHeapFreeRatio", MIN_FREE);
        setUnlessGiven(vm, "MaxHeapFreeRatio", MAX_FREE);
      }
    } catch (IllegalArgumentException unknown) {
      // Another JVM or collector sizes its heap in its own way.
    }
    System.gc();
  }

  private static void setUnlessGiven(HotSpotDiagnosticMXBean vm, String option, int value) {
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
