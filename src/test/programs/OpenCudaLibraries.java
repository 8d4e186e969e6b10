import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.util.List;
import org.kerastwin.cuda.Cuda;
import org.tensorflow.TensorFlow;

/**
 * Opens what comes with the program, and has TensorFlow open its CUDA libraries, which by itself it
 * does only where there is a driver. Under LD_DEBUG=files the loader's log then names them on
 * standard error: java -cp trainer.jar OpenCudaLibraries.java
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
    // It returns a status, which is a class: in a place that a hidden argument names. Not read, since
    // 2.10 says OK also where it has found none.
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
    throw new IllegalStateException("TensorFlow has none of " + FUNCTIONS);
  }
}
