package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelWriter;
import org.kerastwin.testing.Zeros;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/** SavedModels with our variables and a foreign graph are rejected and never run. */
class ForeignSavedModelTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void writeOurs() throws IOException {
    Sequential generator = Dcgan.generator(Variant.TRANSPOSED, 4);
    model = folder.resolve("model");
    SavedModelWriter.write(ModelGraph.of(generator), Zeros.of(generator), model);
  }

  private void rewrite(Consumer<MetaGraphDef.Builder> change) throws IOException {
    Path file = model.resolve("saved_model.pb");
    SavedModel.Builder changed = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(changed.getMetaGraphsBuilder(0));
    Files.write(file, changed.build().toByteArray());
    // The fingerprint of the original file.
    Files.delete(model.resolve("fingerprint.pb"));
  }

  private void assertRefused(String expected) {
    String output = folder.resolve("out.npy").toString();
    String in = model.toString();
    for (List<String> command :
        List.of(
            List.of("generate", "--model", in, "--count", "1", "--output", output),
            List.of("convert", in, folder.resolve("out.keras").toString()),
            List.of("summary", "--model", in),
            List.of("verify", "--model", in))) {
      Invocation run = Invocation.of(command.toArray(new String[0]));
      assertEquals(ExitCode.ENVIRONMENT, run.code(), command::toString);
      assertTrue(run.err().contains(expected), run.err());
      assertEquals(1, run.errLines().size(), run.err());
    }
  }

  @Test
  void acceptsItsOwnModels() throws IOException {
    rewrite(meta -> meta.getMetaInfoDefBuilder().setTensorflowVersion("another"));
    assertEquals(ExitCode.DONE, Invocation.of("verify", "--model", model.toString()).code());
  }

  @Test
  void doesNotRunRestoreOps() throws IOException {
    Path written = folder.resolve("written");
    rewrite(
        meta -> {
          GraphDef.Builder graph = meta.getGraphDefBuilder();
          graph.addNode(text("name", written.toString())).addNode(text("content", "by a model"));
          graph.addNode(
              NodeDef.newBuilder()
                  .setOp("WriteFile")
                  .setName("write")
                  .addInput("name")
                  .addInput("content"));
          for (NodeDef.Builder node : graph.getNodeBuilderList()) {
            if (node.getName().equals(meta.getSaverDef().getRestoreOpName())) {
              node.addInput("^write");
            }
          }
        });
    assertRefused("the graph that this program writes");
    assertTrue(Files.notExists(written));
  }

  private static NodeDef text(String name, String value) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .addStringVal(ByteString.copyFromUtf8(value))
            .build();
    return NodeDef.newBuilder()
        .setOp("Const")
        .setName(name)
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  @Test
  void rejectsAnotherSlope() throws IOException {
    rewrite(
        meta -> {
          for (FunctionDef.Builder function :
              meta.getGraphDefBuilder().getLibraryBuilder().getFunctionBuilderList()) {
            for (NodeDef.Builder node : function.getNodeDefBuilderList()) {
              if (node.getOp().equals("LeakyRelu")) {
                node.putAttr("alpha", AttrValue.newBuilder().setF(0.9f).build());
              }
            }
          }
        });
    assertRefused("the graph that this program writes");
  }

  /** 2^40 is no int. */
  @Test
  void rejectsImpossibleOutputs() throws IOException {
    rewrite(
        meta -> {
          SignatureDef.Builder signature =
              meta.getSignatureDefOrThrow("serving_default").toBuilder();
          TensorInfo.Builder images = signature.getOutputsOrThrow("images").toBuilder();
          images.getTensorShapeBuilder().getDimBuilder(1).setSize(1L << 40);
          meta.putSignatureDef(
              "serving_default", signature.putOutputs("images", images.build()).build());
        });
    assertRefused("a model with output shape [-1, 1099511627776, 28, 1]");
  }

  @Test
  void shortensLongNames() throws IOException {
    rewrite(
        meta -> {
          SignatureDef signature = meta.getSignatureDefOrThrow("serving_default");
          meta.removeSignatureDef("serving_default");
          for (int i = 0; i < 2000; i++) {
            meta.putSignatureDef("\u001b[31m" + "n".repeat(200) + i, signature);
          }
        });
    assertRefused("and 1995 others");
    String message = Invocation.of("summary", "--model", model.toString()).err();
    assertTrue(message.length() < 1200 && message.indexOf('\u001b') < 0, message);
  }
}
