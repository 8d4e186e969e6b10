import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerastwin.api.Generator;

/**
 * A web service that draws digits. All threads share one generator, which is warmed up before the
 * port opens. The queue is bounded: when it is full, the thread that accepts requests works too, so
 * that new requests wait in the operating system and memory stays bounded.
 *
 * <pre>
 * java -cp target/trainer.jar src/example/java/DigitService.java saved_models/upsampling 8080
 * curl 'http://localhost:8080/digits.png?count=25&amp;seed=7' --output digits.png
 * </pre>
 */
public final class DigitService {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final int QUEUE = 16 * THREADS;
  private static final int MAX_COUNT = 100;
  private static final Pattern QUERY = Pattern.compile("count=(\\d{1,3})&seed=(\\d{1,9})");

  private final Generator generator;

  private DigitService(Generator generator) {
    this.generator = generator;
  }

  public static void main(String[] arguments) throws IOException {
    Generator generator = Generator.load(Path.of(arguments[0]));
    generator.generate(MAX_COUNT, 0).gridPng();
    InetSocketAddress address = new InetSocketAddress(Integer.parseInt(arguments[1]));
    HttpServer server = HttpServer.create(address, QUEUE);
    server.setExecutor(
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            new ThreadPoolExecutor.CallerRunsPolicy()));
    server.createContext("/digits.png", new DigitService(generator)::answer);
    server.start();
    System.out.println("Ready: http://localhost:" + server.getAddress().getPort() + "/digits.png");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher query = QUERY.matcher(String.valueOf(exchange.getRequestURI().getQuery()));
      if (!query.matches() || !isCount(Integer.parseInt(query.group(1)))) {
        send(exchange, 400, "text/plain", text("Expected ?count=N&seed=S, N from 1 to 100."));
      } else {
        int count = Integer.parseInt(query.group(1));
        long seed = Long.parseLong(query.group(2));
        send(exchange, 200, "image/png", generator.generate(count, seed).gridPng());
      }
    }
  }

  private static boolean isCount(int count) {
    return count >= 1 && count <= MAX_COUNT;
  }

  private static byte[] text(String message) {
    return message.getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
