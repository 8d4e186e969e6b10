package org.kerastwin.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.Sha256;

/**
 * Downloads MNIST as Keras does, into memory: 11 MB, checked by SHA-256. The time to connect, the
 * time without data and the length are bounded.
 */
final class MnistDownload {
  /** 64 MiB; MNIST is smaller. */
  static final int MAX_BYTES = 64 << 20;

  private static final int MEGABYTE = 1_000_000;

  /** Bytes between two lines of progress. */
  private static final int PROGRESS_BYTES = 2 * MEGABYTE;

  private static final String WHAT = "download";
  private static final String REMEDY = "Check the connection.";
  private static final int OK = 200;

  private final URI url;
  private final Duration idleTimeout;
  private final Consumer<String> progress;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private MnistDownload(URI url, Duration idleTimeout, Consumer<String> progress) {
    this.progress = progress;
    this.url = url;
    this.idleTimeout = idleTimeout;
  }

  /**
   * Downloads and checks.
   *
   * @param progress receives a line every two megabytes
   * @return the bytes of {@code mnist.npz}
   * @throws EnvironmentException if there is no connection, it breaks or stalls, or the file has
   *     another hash
   */
  static byte[] fetch(DatasetEnvironment environment, Consumer<String> progress) {
    URI url = environment.url();
    byte[] bytes;
    try {
      HttpClient client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NORMAL)
              .connectTimeout(environment.connectTimeout())
              .build();
      bytes = new MnistDownload(url, environment.idleTimeout(), progress).bytes(client);
    } catch (IOException | TimeoutException | RuntimeException e) {
      throw e instanceof EnvironmentException known
          ? known
          : new EnvironmentException(
                  Problem.with(WHAT, url)
                      .expected("MNIST's mnist.npz")
                      .received(reason(e))
                      .advice(REMEDY))
              .causedBy(e);
    }
    String received = Sha256.of(bytes);
    if (!received.equals(environment.sha256())) {
      throw new EnvironmentException(
          Problem.with(WHAT, url)
              .expected("SHA-256 " + environment.sha256())
              .received("%s of %d bytes".formatted(received, bytes.length))
              .advice("A proxy may have answered instead of the server."));
    }
    return bytes;
  }

  private static String reason(Exception e) {
    // An unknown host surfaces as a ConnectException without a message.
    return e instanceof ConnectException && e.getMessage() == null
        ? "no connection"
        : IoFailure.describe(e);
  }

  private byte[] bytes(HttpClient client) throws IOException, TimeoutException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(url).build(),
            BodyHandlers.ofByteArrayConsumer(chunk -> chunk.ifPresent(this::take)));
    try {
      int status = await(answer).statusCode();
      if (status != OK) {
        throw new EnvironmentException(
            Problem.with(WHAT, url)
                .expected("status 200")
                .received("status " + status)
                .advice(REMEDY));
      }
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("an interruption", e);
    } finally {
      answer.cancel(true);
    }
    synchronized (body) {
      return body.toByteArray();
    }
  }

  /** Finds the exception that {@link #take} threw, which the library wraps. */
  private static IOException unwrapped(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EnvironmentException known) {
        throw known;
      }
    }
    return failure instanceof IOException io ? io : new IOException(failure);
  }

  /** Waits for the end as long as bytes arrive; the library has no such timeout for the body. */
  private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    while (true) {
      int before = received();
      try {
        return answer.get(idleTimeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (received() == before) {
          throw new TimeoutException(
              "nothing for %d ms after %d bytes".formatted(idleTimeout.toMillis(), before));
        }
      }
    }
  }

  private int received() {
    synchronized (body) {
      return body.size();
    }
  }

  private void take(byte[] chunk) {
    synchronized (body) {
      if (body.size() + chunk.length > MAX_BYTES) {
        throw new EnvironmentException(
            Problem.with(WHAT, url)
                .expected("at most %d bytes".formatted(MAX_BYTES))
                .received("more")
                .advice(REMEDY));
      }
      if (body.size() / PROGRESS_BYTES < (body.size() + chunk.length) / PROGRESS_BYTES) {
        progress.accept(
            "Downloading MNIST: %d of 11 MB".formatted((body.size() + chunk.length) / MEGABYTE));
      }
      body.writeBytes(chunk);
    }
  }
}
