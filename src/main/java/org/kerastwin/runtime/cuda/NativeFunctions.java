package org.kerastwin.runtime.cuda;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Map;

/**
 * The functions of a native library on Linux, called by name. Libraries stay loaded, because
 * TensorFlow loads them too and NVIDIA's driver must not be unloaded after its initialization.
 *
 * @param library the open library
 */
record NativeFunctions(NativeLibrary library) {
  /** {@code RTLD_LAZY | RTLD_NODELETE}: not {@code RTLD_GLOBAL}, which is JNA's default. */
  private static final Map<String, Integer> OPENING =
      Map.of(Library.OPTION_OPEN_FLAGS, 0x1 | 0x1000);

  /**
   * Opens a library.
   *
   * @param name its name or path
   * @throws UnsatisfiedLinkError if the loader does not find it or one of its dependencies
   */
  static NativeFunctions of(String name) {
    return new NativeFunctions(NativeLibrary.getInstance(name, OPENING));
  }

  /** Calls a function that returns a number. */
  int call(String function, Object... arguments) {
    return library.getFunction(function).invokeInt(arguments);
  }

  /** Calls a function that writes a number to its first argument. */
  int number(String function, Object... further) {
    IntByReference number = new IntByReference();
    Object[] arguments = new Object[further.length + 1];
    arguments[0] = number;
    System.arraycopy(further, 0, arguments, 1, further.length);
    call(function, arguments);
    return number.getValue();
  }

  /** Calls a function that takes a number and writes a text to its second argument. */
  String text(String function, int number) {
    PointerByReference text = new PointerByReference();
    call(function, number, text);
    return text.getValue() == null ? "unknown" : text.getValue().getString(0);
  }
}
