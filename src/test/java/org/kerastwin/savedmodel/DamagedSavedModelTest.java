package org.kerastwin.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/** Incomplete and damaged folders are rejected with one message that names the fault. */
class DamagedSavedModelTest {
  @TempDir Path temporary;
  private Path folder;
  private Path model;

  @BeforeEach
  void write() throws IOException {
    TinyGenerator.Model generator = TinyGenerator.of(1);
    folder = temporary.resolve("saved_model");
    model = folder.resolve("saved_model.pb");
    SavedModelWriter.write(generator.graph(), generator.weights(), folder);
  }

  @Test
  void namesMissingFolders() {
    folder = temporary.resolve("nowhere");
    assertEquals(
        "SavedModel '%s': expected a folder with saved_model.pb, received no such folder. Export the model again."
            .formatted(folder),
        refusal());
  }

  @Test
  void rejectsFiles() {
    folder = model;
    assertContains("received a file");
  }

  @Test
  void rejectsEmptyFolders() throws IOException {
    folder = Files.createDirectory(temporary.resolve("empty"));
    assertContains("received a folder without it");
  }

  @Test
  void namesEmptyFiles() throws IOException {
    Files.write(model, new byte[0]);
    assertContains("received an empty file");
  }

  @Test
  void rejectsTruncatedFiles() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(bytes, bytes.length / 2));
    assertContains("cut off");
  }

  @Test
  void rejectsOtherFiles() throws IOException {
    Files.writeString(model, "not a protocol buffer");
    assertContains("of another kind");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "saved_model.pb",
        "variables/variables.index",
        "variables/variables.data-00000-of-00001"
      })
  void detectsEveryChangedBit(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    int step = Math.max(1, whole.length / 40);
    for (int position = 3; position < whole.length; position += step) {
      byte[] changed = whole.clone();
      changed[position] ^= 4;
      Files.write(file, changed);
      int at = position;
      assertThrows(
          EnvironmentException.class,
          () -> LoadedModel.open(folder).close(),
          () -> "%s with byte %d changed".formatted(name, at));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"variables.index", "variables.data-00000-of-00001"})
  void namesMissingVariables(String name) throws IOException {
    Files.delete(folder.resolve("variables").resolve(name));
    assertContains(name);
    assertContains("received no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"variables.index", "variables.data-00000-of-00001"})
  void rejectsTruncatedVariables(String name) throws IOException {
    Path file = folder.resolve("variables").resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));
    refusal();
  }

  /** A sparse file of 3 GB takes no space, and must not be read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "saved_model.pb",
        "variables/variables.index",
        "variables/variables.data-00000-of-00001"
      })
  void rejectsLargeFilesUnread(String name) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.setLength(3L << 30);
    }
    assertContains("bytes, received 3221225472");
  }

  /** Nested unknown groups in an entry of a map (CVE-2024-7254). */
  @Test
  void rejectsNestedGroups() throws IOException {
    Files.write(folder.resolve("saved_model.pb"), TinyGenerator.nestedGroups());
    assertThrows(EnvironmentException.class, () -> SavedModelFolder.open(folder));
  }

  @Test
  void rejectsModelsWithoutTheTag() throws IOException {
    rewrite(meta -> meta.getMetaInfoDefBuilder().clearTags().addTags("train"));
    assertContains("a graph with the tag serve");
  }

  @Test
  void rejectsModelsWithoutTheSignature() throws IOException {
    rewrite(
        meta -> {
          SignatureDef signature = meta.getSignatureDefOrThrow("serving_default");
          meta.clearSignatureDef().putSignatureDef("classify", signature);
        });
    assertContains("received the signatures [classify]");
  }

  @Test
  void rejectsSignaturesWithTwoInputs() throws IOException {
    rewrite(
        meta -> {
          SignatureDef.Builder signature =
              meta.getSignatureDefOrThrow("serving_default").toBuilder();
          signature.putInputs("labels", signature.getInputsOrThrow("noise"));
          meta.putSignatureDef("serving_default", signature.build());
        });
    assertContains("received 2 inputs");
  }

  @Test
  void rejectsSignaturesOfOtherTypes() throws IOException {
    rewrite(
        meta -> {
          SignatureDef.Builder signature =
              meta.getSignatureDefOrThrow("serving_default").toBuilder();
          signature.putOutputs(
              "images",
              signature.getOutputsOrThrow("images").toBuilder()
                  .setDtype(DataType.DT_INT64)
                  .build());
          meta.putSignatureDef("serving_default", signature.build());
        });
    assertContains("one float32 output");
  }

  private interface Change {
    void make(MetaGraphDef.Builder meta);
  }

  /** Changes the model and removes our fingerprint, as if another program had written it. */
  private void rewrite(Change change) throws IOException {
    SavedModel.Builder changed = SavedModel.parseFrom(Files.readAllBytes(model)).toBuilder();
    change.make(changed.getMetaGraphsBuilder(0));
    Files.write(model, changed.build().toByteArray());
    Files.delete(folder.resolve("fingerprint.pb"));
  }

  private void assertContains(String part) {
    String message = refusal();
    assertTrue(message.contains(part), message);
  }

  private String refusal() {
    return assertThrows(EnvironmentException.class, () -> LoadedModel.open(folder).close())
        .getMessage();
  }
}
