package org.kerastwin.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The build hides GPUs from its tests, so that none is found. */
class GpuSearchTest {
  @Test
  void givesAReasonWithoutGpus() {
    Gpus found = GpuSearch.find(OptionalDouble.of(0.5));
    assertEquals(List.of(), found.names());
    assertEquals(Optional.of("TensorFlow found no GPU that it can use"), found.reasonForNone());
  }

  /** Like a GPU in exclusive use by another process; here the configuration is invalid. */
  @Test
  void failedContextsAreAReason() {
    byte[] noConfiguration = "no message of that type".getBytes(StandardCharsets.UTF_8);
    Gpus found = GpuSearch.find(noConfiguration, OptionalDouble.empty());
    assertEquals(List.of(), found.names());
    String why = found.reasonForNone().orElseThrow();
    assertTrue(why.matches("TensorFlow can't initialize the GPUs: \\S.*"), why);
  }
}
