package org.kerastwin.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.EnvironmentException;

class MnistDownloadTest {
  /** Far more than any test needs, so that a hang fails. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** For silent servers; any value works, even on slow machines. */
  private static final Duration SHORT = Duration.ofMillis(300);

  /** For a server that pauses for a quarter of this time, more than four times. */
  private static final Duration PATIENT = Duration.ofSeconds(2);

  private static final byte[] SMALL = Samples.smallNpz();

  @TempDir Path folder;

  /** Answers every connection with given bytes. */
  private interface Answer {
    void send(OutputStream out) throws IOException, InterruptedException;
  }

  @Test
  void downloadsAndChecks() throws IOException {
    Answer whole = out -> send(out, "200 OK", SMALL.length, SMALL);
    assertArrayEquals(SMALL, fetch(Samples.PATIENCE, whole));
  }

  @Test
  void waitsForSlowServers() throws IOException {
    int piece = SMALL.length / 6;
    Answer slow =
        out -> {
          send(out, "200 OK", SMALL.length, new byte[0]);
          for (int at = 0; at < SMALL.length; at += piece) {
            out.write(SMALL, at, Math.min(piece, SMALL.length - at));
            out.flush();
            Thread.sleep(PATIENT.toMillis() / 4);
          }
        };
    assertArrayEquals(SMALL, fetch(PATIENT, slow));
  }

  @Test
  void rejectsOtherContent() {
    byte[] other = SMALL.clone();
    other[100] ^= 1;
    assertRejected("SHA-256", out -> send(out, "200 OK", other.length, other));
    assertRejected("SHA-256", out -> send(out, "200 OK", 0, new byte[0]));
  }

  @Test
  void rejectsAnotherStatus() {
    assertRejected("404", out -> send(out, "404 Not Found", SMALL.length, SMALL));
    assertRejected("500", out -> send(out, "500 Oops", 0, new byte[0]));
  }

  @Test
  void rejectsTruncatedDownloads() {
    byte[] half = Arrays.copyOf(SMALL, SMALL.length / 2);
    assertRejected("received", out -> send(out, "200 OK", SMALL.length, half));
    assertRejected("received", out -> {});
    assertRejected("received", out -> out.write(new byte[] {'H', 'T', 'T', 'P'}));
    assertRejected(
        "received", out -> out.write("no http\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void doesNotWaitForASilentServer() {
    assertRejected(SHORT, "nothing for", out -> Thread.sleep(LIMIT.toMillis()));
    assertRejected(
        SHORT,
        "nothing for",
        out -> {
          send(out, "200 OK", SMALL.length, Arrays.copyOf(SMALL, 10));
          Thread.sleep(LIMIT.toMillis());
        });
  }

  @Test
  void stopsEndlessDownloads() {
    byte[] chunk = new byte[1 << 20];
    assertRejected(
        "at most " + MnistDownload.MAX_BYTES,
        out -> {
          send(out, "200 OK", Integer.MAX_VALUE, chunk);
          while (true) {
            out.write(chunk);
          }
        });
  }

  @Test
  void reportsRefusedConnections() {
    DatasetEnvironment environment = Samples.environment(folder, Samples.REFUSED);
    String message =
        assertThrows(EnvironmentException.class, () -> MnistDownload.fetch(environment, news -> {}))
            .getMessage();
    assertTrue(message.startsWith("download 'http://127.0.0.1:1/mnist.npz'"), message);
    DatasetEnvironment nowhere =
        Samples.environment(folder, URI.create("http://no-such-host.invalid/mnist.npz"));
    assertThrows(EnvironmentException.class, () -> MnistDownload.fetch(nowhere, news -> {}));
  }

  private void assertRejected(String reason, Answer answer) {
    assertRejected(Samples.PATIENCE, reason, answer);
  }

  private void assertRejected(Duration idle, String reason, Answer answer) {
    String message =
        assertThrows(EnvironmentException.class, () -> fetch(idle, answer)).getMessage();
    assertTrue(message.startsWith("download 'http://127.0.0.1:"), message);
    assertTrue(message.contains(reason), message);
    assertFalse(message.contains("Exception"), message);
  }

  private byte[] fetch(Duration idle, Answer answer) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread serving = new Thread(() -> serve(server, answer));
      serving.setDaemon(true);
      serving.start();
      URI url = URI.create("http://127.0.0.1:%d/mnist.npz".formatted(server.getLocalPort()));
      DatasetEnvironment environment = Samples.environment(folder, url, idle);
      try {
        return assertTimeoutPreemptively(LIMIT, () -> MnistDownload.fetch(environment, news -> {}));
      } finally {
        serving.interrupt();
      }
    }
  }

  private static void serve(ServerSocket server, Answer answer) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        byte[] request = new byte[4096];
        if (socket.getInputStream().read(request) > 0) {
          answer.send(socket.getOutputStream());
        }
      } catch (IOException e) {
        // The client has left, or the test has closed the server, which ends the loop.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void send(OutputStream out, String status, int length, byte[] body)
      throws IOException {
    String head = "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n".formatted(status, length);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }
}
