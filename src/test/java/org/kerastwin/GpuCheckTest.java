package org.kerastwin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.testing.Programs;

/** Runs {@code tools/gpu-check} with scripts in place of the driver, Maven and the program. */
@EnabledOnOs(OS.LINUX)
class GpuCheckTest {
  private static final int MINUTES = 2;

  private static final String GPU = "NVIDIA Stand-in, 550.54.15";

  private static final String LOG_LINE =
      "I0000 00:00:1.2 3 gpu_device.cc:2022] Created device /device:GPU:0";

  /**
   * Stands in for the program: figures on standard output, a line by TensorFlow on standard error.
   */
  private static final String PROGRAM =
      """
      #!/bin/sh
      echo '%s' >&2
      output=
      report=
      for word; do
        case $last in --output) output=$word ;; --report) report=$word ;; esac
        last=$word
      done
      case $3$5 in
        doctor) echo "$DOCTOR" ;;
        verify*) echo '{"same": true}' >"$report" ;;
        train*) mkdir "$output"; echo losses >"$output/history.csv" ;;
        benchgpu) echo '{"step_ms": {"median": 4.0}}' ;;
        benchcpu) echo '{"step_ms": {"median": 60.0}}' ;;
      esac
      """
          .formatted(LOG_LINE);

  @TempDir private Path folder;
  private Path programs;
  private Path results;

  @BeforeEach
  void writeStandIns() throws IOException {
    assumeTrue(Programs.find("python3").isPresent(), "the script needs Python 3");
    programs = Files.createDirectory(folder.resolve("programs"));
    results = Files.createDirectory(folder.resolve("results"));
    standIn("java", PROGRAM);
    standIn("mvn", "#!/bin/sh\necho built\n");
    standIn("uname", "#!/bin/sh\necho Linux x86_64\n");
    standIn("nvidia-smi", "#!/bin/sh\necho '%s'\necho '%s'\n".formatted(GPU, GPU));
  }

  private void standIn(String name, String script) throws IOException {
    Path program = Files.writeString(programs.resolve(name), script);
    assertTrue(program.toFile().setExecutable(true));
  }

  @Test
  void writesResultsAsTextAndJson() throws Exception {
    assertEquals(0, check("CUDA /device:GPU:0"));
    JsonNode found = json();
    assertEquals(10, found.get("checks").size());
    found.get("checks").forEach(check -> assertEquals("passed", check.asText()));
    assertEquals(List.of(GPU, GPU), new ObjectMapper().convertValue(found.get("gpus"), List.class));
    assertTrue(found.get("parity_fast").get("same").asBoolean());
    assertEquals(4.0, found.get("bench").get("step_ms").get("median").asDouble());
    assertEquals(LOG_LINE, found.get("logged").get("bench").get(0).asText());
    String text = Files.readString(results.resolve("gpu-check.txt"));
    assertTrue(text.contains("4.00 ms on the GPU and 60.00 ms on the CPU: 15.0 times"), text);
  }

  @Test
  void stopsWithoutABuild() throws Exception {
    standIn("mvn", "#!/bin/sh\necho broken\nexit 1\n");
    assertEquals(1, check("CUDA /device:GPU:0"));
    assertEquals(
        Map.of("build", "failed"),
        new ObjectMapper().convertValue(json().get("checks"), Map.class));
    assertTrue(Files.readString(results.resolve("gpu-check.txt")).contains("broken"));
  }

  @Test
  void failsWhenALibraryIsMissing() throws Exception {
    assertEquals(1, check("cuDNN 9 libcudnn.so.9 missing\nCUDA /device:GPU:0"));
    assertEquals("failed", json().get("checks").get("doctor").asText());
    assertEquals("passed", json().get("checks").get("bench").asText());
  }

  @Test
  void writesNothingWithoutAGpu() throws Exception {
    standIn("nvidia-smi", "#!/bin/sh\nexit 9\n");
    assertEquals(3, check(""));
    assertEquals(0, results.toFile().list().length);
  }

  private int check(String doctor) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("tools/gpu-check", results.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
    builder.environment().put("DOCTOR", doctor);
    Process process = builder.start();
    assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "the script does not end");
    return process.exitValue();
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(results.resolve("gpu-check.json").toFile());
  }
}
