import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.util.List;
import org.kerastwin.runtime.cuda.Cuda;
import org.tensorflow.TensorFlow;

/**
 * Opens the CUDA libraries that come with the program, then makes TensorFlow open its own list.
 * TensorFlow itself does so only if there is a driver. With LD_DEBUG=files the dynamic loader names
 * them on standard error: java -cp trainer.jar OpenCudaLibraries.java
 */
final class OpenCudaLibraries {
  /** DsoLoader::MaybeTryDlopenGPULibraries of 2.18 and of 2.10. */
  private static final List<String> FUNCTIONS =
      List.of(
          "_ZN3tsl8internal9DsoLoader26MaybeTryDlopenGPULibrariesEv",
          "_ZN15stream_executor8internal9DsoLoader26MaybeTryDlopenGPULibrariesEv");

  private OpenCudaLibraries() {}

  public static void main(String[] arguments) {
    Cuda.ofBuild().redistributed().open();
    String version = TensorFlow.version();
    NativeLibrary framework = NativeLibrary.getInstance("libtensorflow_framework.so.2");
    // The function returns an object through a hidden first argument. It is not read, because 2.10
    // reports OK even if it has found no library.
    try (Memory status = new Memory(Long.BYTES)) {
      System.err.printf("TensorFlow %s opens:%n", version);
      open(framework, status);
    }
  }

  private static void open(NativeLibrary framework, Memory status) {
    for (String function : FUNCTIONS) {
      try {
        framework.getFunction(function).invokeVoid(new Object[] {status});
        return;
      } catch (UnsatisfiedLinkError anotherLine) {
        status.clear();
      }
    }
    throw new IllegalStateException("TensorFlow exports none of " + FUNCTIONS);
  }
}
