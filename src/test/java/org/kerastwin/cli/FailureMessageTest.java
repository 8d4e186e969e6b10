package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** What TensorFlow throws, in words of the user. */
class FailureMessageTest {
  /** A failure may quote a file, and a file may say what rules the terminal. */
  @Test
  void whatWasNotForeseenIsOnePlainLine() {
    assertEquals(
        "program 'trainer': expected no failure, received java.lang.IllegalStateException: first"
            + " second ?[31m. --debug shows where.",
        FailureMessage.of(new IllegalStateException("first\n  second \u001b[31m")));
  }

  @Test
  void aHeapThatIsUsedUp() {
    assertEquals(
        "memory 'Java heap': expected room for this command, received Java heap space. A smaller"
            + " --batch-size or --count needs less. 'java -Xmx…' allows more.",
        FailureMessage.of(new OutOfMemoryError("Java heap space")));
  }

  /** As TensorFlow words it; the trace and its hint follow on further lines. */
  @ParameterizedTest
  @CsvSource({
    "GPU:1 by allocator GPU_1_bfc,gpu:1,"
        + "' --gpu-memory-fraction allows more, where it was given.'",
    "CPU:0 by allocator cpu,cpu:0,''"
  })
  void memoryThatIsUsedUpIsThatOfADevice(String place, String device, String more) {
    String words =
        "OOM when allocating tensor with shape[4096,14,14,128] and type float on"
            + " /job:localhost/replica:0/task:0/device:"
            + place;
    assertEquals(
        "memory '"
            + device
            + "': expected room for this command, received "
            + words
            + ". A smaller --batch-size or --count needs less."
            + more,
        FailureMessage.of(
            new TFResourceExhaustedException(words + "\n\t [[{{node step/conv}}]]\nHint: …")));
  }
}
