package org.kerastwin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kerastwin.graph.GraphRun;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Variant;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.testing.KerasFixtures;
import org.kerastwin.testing.TinyRuns;
import org.kerastwin.training.GanGraph.Order;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.op.Op;
import org.tensorflow.proto.NodeDef;

class GanGraphTest {
  private static Networks networks(GanSettings settings) {
    return Networks.notebook(settings.variant(), settings.noiseDim());
  }

  private static final int BATCH = 4;

  /**
   * The variables that each of the three updates changes, from Keras's lists of trainable weights.
   */
  @ParameterizedTest
  @CsvSource({"upsampling,FAST", "transposed,EXACT"})
  void updatesChangeOnlyTheirVariables(String label, Form form) {
    Variant variant = Variant.of(label).orElseThrow();
    GanSettings settings = TinyRuns.settings(variant, form, BatchNormStatistics.EXPONENTIAL, BATCH);
    Batch batch = TinyRuns.batch(settings, 1);
    Set<String> ofDiscriminator = trained("discriminator", "discriminator");
    Set<String> ofGenerator = trained(label, "generator");
    Set<String> statistics = new TreeSet<>();
    try (Graph graph = new Graph()) {
      GanGraph gan =
          new GanGraph(graph, networks(settings), settings, TinyRuns.seeds(), Order.SEPARATE);
      gan.variables().all().stream()
          .map(variable -> variable.path())
          .filter(path -> path.contains("/moving_"))
          .forEach(statistics::add);
      assertEquals(4, statistics.size());
      ofGenerator.addAll(statistics);
      try (GraphSession session =
          new GraphSession(graph, gan.variables(), SessionOptions.exact(Device.CPU))) {
        session.initialize();
        assertEquals(
            ofDiscriminator, changedBy(session, gan.update(GanUpdate.REAL), batch.images()));
        assertEquals(
            ofDiscriminator, changedBy(session, gan.update(GanUpdate.FAKE), batch.fakeNoise()));
        assertEquals(
            ofGenerator, changedBy(session, gan.update(GanUpdate.GENERATOR), batch.noise()));
      }
    }
  }

  /** Hundreds of ops come from autodiff, which ignores the device of a scope. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void everyOpRequestsTheDevice(Form form) {
    Device second = new Device(DeviceSpec.DeviceType.GPU, 1, OptionalDouble.empty());
    GanSettings settings =
        TinyRuns.settings(Variant.UPSAMPLING, form, BatchNormStatistics.EXPONENTIAL, BATCH);
    try (Graph graph = new Graph()) {
      GanGraph gan =
          new GanGraph(graph, networks(settings), settings, TinyRuns.seeds(), Order.CHAINED);
      try (GraphSession session =
          new GraphSession(graph, gan.variables(), SessionOptions.exact(second))) {
        List<NodeDef> nodes = session.definition().getNodeList();
        assertTrue(nodes.stream().anyMatch(node -> node.getName().startsWith("gradients")));
        nodes.forEach(node -> assertEquals("/device:GPU:1", node.getDevice(), node.getName()));
      }
    }
  }

  /** The trainable weights of a model, their slots, and the optimizer's iteration. */
  private static Set<String> trained(String fixture, String model) {
    Set<String> paths = new TreeSet<>();
    paths.add("optimizer/" + model + "/iteration");
    for (String path : KerasFixtures.texts(KerasFixtures.names().get("trainable").get(fixture))) {
      paths.addAll(
          List.of(path, "optimizer/" + path + "/momentum", "optimizer/" + path + "/velocity"));
    }
    return paths;
  }

  private static Set<String> changedBy(
      GraphSession session, GanGraph.Update update, float[] values) {
    WeightMap before = session.weights();
    GraphRun run = session.run().feed(update.feed(), values);
    update.targets().forEach(run::addTarget);
    run.run().close();
    WeightMap after = session.weights();
    return before.paths().stream()
        .filter(path -> !before.get(path).equals(after.get(path)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * A session runs ops in any order that their edges allow. So an op that reads a variable must be
   * an ancestor of the op that assigns it, or it may see either value.
   */
  @ParameterizedTest
  @EnumSource(BatchNormStatistics.class)
  void updatesReadBeforeTheyAssign(BatchNormStatistics statistics) {
    GanSettings settings = TinyRuns.settings(Variant.UPSAMPLING, Form.EXACT, statistics, BATCH);
    try (Graph graph = new Graph()) {
      GanGraph gan =
          new GanGraph(graph, networks(settings), settings, TinyRuns.seeds(), Order.SEPARATE);
      Map<String, NodeDef> nodes = new HashMap<>();
      graph.toGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
      for (GanGraph.Update update :
          List.of(
              gan.update(GanUpdate.REAL),
              gan.update(GanUpdate.FAKE),
              gan.update(GanUpdate.GENERATOR))) {
        Set<String> run = ancestors(nodes, names(update.targets()));
        int assignments = 0;
        for (String name : names(update.targets())) {
          NodeDef assignment = nodes.get(name);
          assertEquals("AssignVariableOp", assignment.getOp());
          Set<String> before = ancestors(nodes, Set.of(name));
          Set<String> readers = readers(nodes, run, assignment.getInput(0));
          assertTrue(
              before.containsAll(readers),
              () -> assignment.getInput(0) + " is read without order by " + minus(readers, before));
          assignments++;
        }
        assertTrue(assignments > 12);
      }
    }
  }

  /**
   * In one call, an update reads the variables as assigned by all earlier updates, and by no later
   * ones.
   */
  @ParameterizedTest
  @CsvSource({"EXACT,EXPONENTIAL", "FAST,EXPONENTIAL", "FAST,CUMULATIVE"})
  void updatesInOneCallSeeEarlierAssignments(Form form, BatchNormStatistics statistics) {
    GanSettings settings = TinyRuns.settings(Variant.UPSAMPLING, form, statistics, BATCH);
    try (Graph graph = new Graph()) {
      GanGraph gan =
          new GanGraph(graph, networks(settings), settings, TinyRuns.seeds(), Order.CHAINED);
      Map<String, NodeDef> nodes = new HashMap<>();
      graph.toGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
      int ordered = 0;
      for (GanUpdate reading : GanUpdate.values()) {
        // A read belongs to the first update that needs it.
        Set<String> own = ancestors(nodes, names(gan.update(reading).targets()));
        for (GanUpdate earlier : GanUpdate.values()) {
          if (earlier.compareTo(reading) < 0) {
            own.removeAll(ancestors(nodes, names(gan.update(earlier).targets())));
          }
        }
        for (GanUpdate assigning : GanUpdate.values()) {
          for (String assignment : names(gan.update(assigning).targets())) {
            for (String read : readers(nodes, own, nodes.get(assignment).getInput(0))) {
              String first = assigning.compareTo(reading) < 0 ? assignment : read;
              String second = first.equals(read) ? assignment : read;
              assertTrue(
                  ancestors(nodes, Set.of(second)).contains(first),
                  () -> "%s of %s, %s of %s".formatted(read, reading, assignment, assigning));
              ordered++;
            }
          }
        }
      }
      assertTrue(ordered > 60, "only " + ordered + " pairs");
    }
  }

  private static Set<String> names(Collection<Op> ops) {
    return ops.stream().map(op -> op.op().name()).collect(Collectors.toSet());
  }

  private static Set<String> readers(Map<String, NodeDef> nodes, Set<String> among, String handle) {
    return among.stream()
        .map(nodes::get)
        .filter(node -> node.getOp().equals("ReadVariableOp") && node.getInput(0).equals(handle))
        .map(NodeDef::getName)
        .collect(Collectors.toSet());
  }

  private static Set<String> ancestors(Map<String, NodeDef> nodes, Set<String> of) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(of);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (found.add(name)) {
        for (String input : nodes.get(name).getInputList()) {
          open.push(input.replaceFirst("^\\^", "").replaceFirst(":\\d+$", ""));
        }
      }
    }
    return found;
  }

  private static Set<String> minus(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
