package org.kerastwin.savedmodel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.FunctionSpec;
import org.tensorflow.proto.Struct.DictValue;
import org.tensorflow.proto.Struct.ListValue;
import org.tensorflow.proto.Struct.NamedTupleValue;
import org.tensorflow.proto.Struct.NoneValue;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.Struct.TensorSpecProto;
import org.tensorflow.proto.Struct.TupleValue;

/** Python's tuples, dictionaries and argument lists as SavedModel files store them. */
final class Structures {
  private Structures() {}

  static StructuredValue tensor(TensorSpec spec) {
    return StructuredValue.newBuilder()
        .setTensorSpecValue(
            TensorSpecProto.newBuilder()
                .setName(spec.name())
                .setDtype(DataType.DT_FLOAT)
                .setShape(spec.shapeProto()))
        .build();
  }

  static StructuredValue none() {
    return StructuredValue.newBuilder().setNoneValue(NoneValue.getDefaultInstance()).build();
  }

  static StructuredValue tuple(StructuredValue... values) {
    return StructuredValue.newBuilder()
        .setTupleValue(TupleValue.newBuilder().addAllValues(Arrays.asList(values)))
        .build();
  }

  static StructuredValue dictionary(Map<String, StructuredValue> fields) {
    return StructuredValue.newBuilder()
        .setDictValue(DictValue.newBuilder().putAllFields(fields))
        .build();
  }

  /**
   * The arguments of a function in Python: {@code def f(positional..., *, keywords...)}.
   *
   * @param inputSignature the accepted tensors, or {@link #none()}
   */
  static FunctionSpec callable(
      List<String> positional, List<String> keywords, StructuredValue inputSignature) {
    Map<String, StructuredValue> fields = new LinkedHashMap<>();
    fields.put("args", names(positional));
    fields.put("varargs", none());
    fields.put("varkw", none());
    fields.put("defaults", none());
    fields.put("kwonlyargs", names(keywords));
    fields.put("kwonlydefaults", none());
    fields.put("annotations", dictionary(Map.of()));
    NamedTupleValue.Builder tuple = NamedTupleValue.newBuilder().setName("FullArgSpec");
    fields.forEach((key, value) -> tuple.addValuesBuilder().setKey(key).setValue(value));
    return FunctionSpec.newBuilder()
        .setFullargspec(StructuredValue.newBuilder().setNamedTupleValue(tuple))
        .setInputSignature(inputSignature)
        .build();
  }

  private static StructuredValue names(List<String> names) {
    ListValue.Builder list = ListValue.newBuilder();
    names.forEach(name -> list.addValuesBuilder().setStringValue(name));
    return StructuredValue.newBuilder().setListValue(list).build();
  }
}
