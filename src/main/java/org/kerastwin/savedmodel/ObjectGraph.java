package org.kerastwin.savedmodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedUserObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;
import org.tensorflow.proto.Struct.StructuredValue;

/**
 * The objects that {@code tf.saved_model.load} creates: a root with the layers and their variables
 * by name, the lists {@code variables}, {@code trainable_variables} and {@code
 * non_trainable_variables}, the callables {@code serve} and {@code __call__}, and the signatures.
 */
final class ObjectGraph {
  private static final int ROOT = 0;

  private final InferenceGraph graph;
  private final WeightMap weights;
  private final List<SavedObject.Builder> nodes = new ArrayList<>();

  private ObjectGraph(InferenceGraph graph, WeightMap weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /**
   * The object graph of a model.
   *
   * @param function the function behind the callables
   * @param wrapper the function behind the signature
   */
  static SavedObjectGraph of(
      InferenceGraph graph, WeightMap weights, String function, String wrapper) {
    return new ObjectGraph(graph, weights).define(function, wrapper);
  }

  private SavedObjectGraph define(String function, String wrapper) {
    addObject("_generic_user_object");
    Map<WeightSlot, Integer> variables = new LinkedHashMap<>();
    graph.weights().forEach(slot -> variables.put(slot, addVariable(slot)));
    addList("variables", variables, true, true);
    addList("trainable_variables", variables, true, false);
    addList("non_trainable_variables", variables, false, true);
    addCallable("serve", function);
    addCallable("__call__", function);
    addSignatures(wrapper);
    SavedObjectGraph.Builder objects = SavedObjectGraph.newBuilder();
    nodes.forEach(objects::addNodes);
    return objects
        .putConcreteFunctions(function, callableTypes(variables))
        .putConcreteFunctions(wrapper, signatureTypes(variables))
        .build();
  }

  /**
   * Adds the variable below its layer. The first part of the path is the model, which is the root.
   */
  private int addVariable(WeightSlot slot) {
    List<String> parts = VariablePaths.parts(slot.path());
    int parent = ROOT;
    for (String part : parts.subList(1, parts.size() - 1)) {
      parent = childObject(parent, part);
    }
    SavedVariable variable =
        SavedVariable.newBuilder()
            .setName(slot.path())
            .setDtype(DataType.DT_FLOAT)
            .setShape(TensorSpec.shapeProto(weights.get(slot.path()).shape()))
            .setTrainable(slot.trainable())
            .build();
    int id = add(SavedObject.newBuilder().setVariable(variable));
    addChild(parent, VariablePaths.name(slot.path()), id);
    return id;
  }

  private int childObject(int parent, String name) {
    return nodes.get(parent).getChildrenList().stream()
        .filter(child -> child.getLocalName().equals(name))
        .map(child -> child.getNodeId())
        .findFirst()
        .orElseGet(() -> addChild(parent, name, addObject("_generic_user_object")));
  }

  private void addList(
      String name, Map<WeightSlot, Integer> variables, boolean trainable, boolean nonTrainable) {
    int list = addChild(ROOT, name, addObject("trackable_list_wrapper"));
    int index = 0;
    for (Map.Entry<WeightSlot, Integer> variable : variables.entrySet()) {
      if (variable.getKey().trainable() ? trainable : nonTrainable) {
        addChild(list, Integer.toString(index++), variable.getValue());
      }
    }
  }

  private void addCallable(String name, String function) {
    SavedFunction callable =
        SavedFunction.newBuilder()
            .addConcreteFunctions(function)
            .setFunctionSpec(
                Structures.callable(
                    List.of(graph.input().name()), List.of(), Structures.tuple(inputTensor())))
            .build();
    addChild(ROOT, name, add(SavedObject.newBuilder().setFunction(callable)));
  }

  private void addSignatures(String wrapper) {
    int signatures = addChild(ROOT, "signatures", addObject("signature_map"));
    SavedObject.Builder signature = SavedObject.newBuilder();
    signature
        .getBareConcreteFunctionBuilder()
        .setConcreteFunctionName(wrapper)
        .addArgumentKeywords(graph.input().name())
        .setAllowedPositionalArguments(1)
        .setFunctionSpec(
            Structures.callable(List.of(), List.of(graph.input().name()), Structures.none()));
    addChild(signatures, Signature.NAME, add(signature));
  }

  private SavedConcreteFunction callableTypes(Map<WeightSlot, Integer> variables) {
    return SavedConcreteFunction.newBuilder()
        .addAllBoundInputs(variables.values())
        .setCanonicalizedInputSignature(
            Structures.tuple(Structures.tuple(inputTensor()), Structures.dictionary(Map.of())))
        .setOutputSignature(Structures.tensor(graph.output()))
        .build();
  }

  private SavedConcreteFunction signatureTypes(Map<WeightSlot, Integer> variables) {
    Map<String, StructuredValue> keywords = Map.of(graph.input().name(), inputTensor());
    Map<String, StructuredValue> result =
        Map.of(graph.output().name(), Structures.tensor(graph.output()));
    return SavedConcreteFunction.newBuilder()
        .addAllBoundInputs(variables.values())
        .setCanonicalizedInputSignature(
            Structures.tuple(Structures.tuple(), Structures.dictionary(keywords)))
        .setOutputSignature(Structures.dictionary(result))
        .build();
  }

  private StructuredValue inputTensor() {
    return Structures.tensor(graph.input());
  }

  /** Adds a user object. Python requires a version. */
  private int addObject(String identifier) {
    SavedObject.Builder object = SavedObject.newBuilder();
    SavedUserObject.Builder user = object.getUserObjectBuilder().setIdentifier(identifier);
    user.getVersionBuilder().setProducer(1).setMinConsumer(1);
    return add(object);
  }

  private int add(SavedObject.Builder object) {
    nodes.add(object);
    return nodes.size() - 1;
  }

  private int addChild(int parent, String name, int child) {
    boolean taken =
        nodes.get(parent).getChildrenList().stream()
            .anyMatch(other -> other.getLocalName().equals(name));
    if (taken) {
      throw new IllegalArgumentException("two objects of the model have the name '" + name + "'");
    }
    nodes.get(parent).addChildrenBuilder().setNodeId(child).setLocalName(name);
    return child;
  }
}
