package org.kerastwin.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.testing.Fuzzing;
import org.kerastwin.testing.Mutations;

/**
 * Reads mutations of a SavedModel with our own checks, without a fingerprint, which would reveal
 * every change.
 */
@Tag("fuzz")
class SavedModelFuzzTest {
  @TempDir Path temporary;

  @Test
  void savedModel() throws Exception {
    TinyGenerator.Model generator = TinyGenerator.of(1);
    Path folder = temporary.resolve("saved_model");
    SavedModelWriter.write(generator.graph(), generator.weights(), folder);
    Path model = folder.resolve("saved_model.pb");
    List<byte[]> seeds = List.of(Files.readAllBytes(model), TinyGenerator.nestedGroups());
    Files.delete(folder.resolve("fingerprint.pb"));
    new Fuzzing("savedmodel", model)
        .run(
            Fuzzing.inputs(),
            number -> {
              Mutations mutations = new Mutations(number);
              return mutations.bytes(mutations.pick(seeds));
            },
            file -> SavedModelFolder.open(folder));
  }

  /** The object graph of a checkpoint; TensorFlow reads the rest. */
  @Test
  void objectGraph() throws Exception {
    TinyGenerator.Model generator = TinyGenerator.of(1);
    byte[] seed =
        TensorBundle.objectGraph(
                SavedModelWriter.meta(generator.graph(), generator.weights()).getObjectGraphDef())
            .toByteArray();
    new Fuzzing("object-graph", temporary.resolve("objects"))
        .run(
            Fuzzing.inputs(),
            number -> new Mutations(number).bytes(seed),
            SavedModelFuzzTest::readObjectGraph);
  }

  private static void readObjectGraph(Path file) {
    try {
      CheckpointKeys.byName(Files.readAllBytes(file));
    } catch (InvalidProtocolBufferException damaged) {
      throw SavedModelFolder.unreadable(file, damaged);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void fingerprint() throws Exception {
    TinyGenerator.Model generator = TinyGenerator.of(1);
    Path folder = temporary.resolve("saved_model");
    SavedModelWriter.write(generator.graph(), generator.weights(), folder);
    Path fingerprint = folder.resolve("fingerprint.pb");
    byte[] seed = Files.readAllBytes(fingerprint);
    new Fuzzing("fingerprint", fingerprint)
        .run(
            Fuzzing.inputs(),
            number -> new Mutations(number).bytes(seed),
            file -> SavedModelFolder.open(folder));
  }
}
