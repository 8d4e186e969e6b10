package org.kerastwin.graph;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.kerastwin.io.NdArray;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;

/**
 * A session over a finished graph, with all ops on one device. It owns the native session; close it
 * before the graph. Weights are set and read as {@link WeightMap}s.
 */
public final class GraphSession implements AutoCloseable {
  private final Graph graph;
  private final Graph placed;
  private final Session session;
  private final Variables variables;
  private final Map<String, Operand<?>> reads = new LinkedHashMap<>();

  /**
   * Opens a session.
   *
   * @param graph the finished graph; only ops that read its variables are added here
   * @param variables the variables of that graph
   * @param options device and optimizations
   */
  public GraphSession(Graph graph, Variables variables, SessionOptions options) {
    this.graph = graph;
    this.variables = variables;
    Ops tf = Ops.create(graph).withSubScope("read");
    variables.all().forEach(variable -> reads.put(variable.path(), variable.read(tf)));
    // A session on the CPU sees no GPU, so its ops need no placement.
    this.placed = options.device().isCpu() ? graph : DevicePlacement.of(graph, options.device());
    try {
      this.session = new Session(placed, options.toConfigProto());
    } catch (RuntimeException | Error failure) {
      closePlaced();
      throw failure;
    }
  }

  /**
   * Opens a session and sets its variables. If that fails, the session is closed, since closing a
   * graph waits for its open sessions.
   *
   * @param preparation {@link #initialize} or {@link #restore}
   */
  public static GraphSession prepared(
      Graph graph,
      Variables variables,
      SessionOptions options,
      Consumer<GraphSession> preparation) {
    GraphSession session = new GraphSession(graph, variables, options);
    try {
      preparation.accept(session);
      return session;
    } catch (RuntimeException | Error failure) {
      session.close();
      throw failure;
    }
  }

  /** Gives all variables their initial values. */
  public void initialize() {
    GraphRun run = run();
    variables.initializers().forEach(run::addTarget);
    run.run().close();
  }

  /** A new run; the caller closes its {@link Result}. */
  public GraphRun run() {
    return new GraphRun(session.runner());
  }

  /** The graph that it runs, with the placement of its ops. */
  public GraphDef definition() {
    return placed.toGraphDef();
  }

  /** A copy of the values of all variables. */
  public WeightMap weights() {
    return weights(reads.keySet());
  }

  /** A copy of the values of the variables with those paths. */
  public WeightMap weights(Collection<String> paths) {
    GraphRun run = run();
    paths.forEach(path -> run.fetch(reads.get(path)));
    Map<String, NdArray> values = new LinkedHashMap<>();
    try (Result result = run.run()) {
      int index = 0;
      for (String path : paths) {
        values.put(path, Tensors.toNdArray(result.get(index++)));
      }
    }
    return new WeightMap(values);
  }

  /**
   * Gives variables the values of their paths; variables that the map does not name keep theirs.
   *
   * @throws IllegalArgumentException if a path names no variable
   */
  public void restore(WeightMap weights) {
    if (weights.paths().isEmpty()) {
      // A session cannot run without fetches and targets.
      return;
    }
    GraphRun run = run();
    weights
        .tensors()
        .forEach(
            (path, value) -> {
              Variables.Restore restore = variables.restore(path);
              run.feed(restore.value(), value).addTarget(restore.assign());
            });
    run.run().close();
  }

  @Override
  public void close() {
    session.close();
    closePlaced();
  }

  private void closePlaced() {
    if (placed != graph) {
      placed.close();
    }
  }
}
