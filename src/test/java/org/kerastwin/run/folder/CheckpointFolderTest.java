package org.kerastwin.run.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.testing.TinyRuns;
import org.kerastwin.weights.WeightMap;
import org.kerastwin.weights.WeightTypes;

class CheckpointFolderTest {
  private static final WeightMap STATE =
      new WeightMap(Map.of("kernel", NdArray.ofFloats(new float[] {1, 2}, List.of(2))));
  private static final WeightTypes TYPES = WeightTypes.of(STATE);
  private static final RunConfig CONFIG = TinyRuns.config(5, 8);

  @TempDir Path temporary;
  private final List<Problem> warnings = new ArrayList<>();

  private CheckpointFolder folder() {
    return new CheckpointFolder(temporary);
  }

  private void write(long step, boolean keepNewest) {
    KerasStreams streams = KerasStreams.ofSeed(1);
    folder()
        .write(
            new TrainingCheckpoint(step, STATE, streams, Optional.empty(), List.of()),
            CONFIG,
            keepNewest);
  }

  private long read() {
    return folder().repair(TYPES, warnings::add).step();
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
  }

  @Test
  void keepsTheNewestTwo() {
    write(0, false);
    assertEquals(List.of(folder().newest()), folder().files());
    write(10, true);
    write(20, true);
    assertEquals(20, read());
    assertEquals(10, TrainingCheckpoint.read(folder().previous(), TYPES).step());
    assertEquals(List.of(), warnings);
  }

  /** The files at an epoch's end must not depend on the speed of its steps. */
  @Test
  void deletesCheckpointsWithinAnEpoch() {
    write(10, false);
    write(15, true);
    write(17, false);
    write(20, false);
    assertEquals(10, TrainingCheckpoint.read(folder().previous(), TYPES).step());
  }

  @Test
  void skipsAndSetsAsideDamagedCheckpoints() throws IOException {
    write(10, false);
    write(20, true);
    damage(folder().newest());
    assertEquals(10, read());
    assertTrue(Files.exists(temporary.resolve("damaged-state.npz")));
    String said = warnings.get(0).toString();
    assertTrue(said.contains(folder().newest().toString()), said);
    assertTrue(said.contains("after step 10"), said);
    // Resuming again before the next checkpoint changes nothing.
    assertEquals(10, read());
    write(20, true);
    assertEquals(20, read());
    assertEquals(10, TrainingCheckpoint.read(folder().previous(), TYPES).step());
  }

  @Test
  void namesTheNewestOfTwoDamagedCheckpoints() throws IOException {
    write(10, false);
    write(20, true);
    damage(folder().newest());
    damage(folder().previous());
    String said = assertThrows(EnvironmentException.class, this::read).getMessage();
    assertTrue(said.contains(folder().newest().toString()), said);
    assertEquals(2, folder().files().size());
  }

  @Test
  void readersUseThePreviousOfADamagedCheckpointUnchanged() throws IOException {
    write(10, false);
    write(20, true);
    damage(folder().newest());
    CheckpointFolder.Found found = folder().find(TrainingCheckpoint::read);
    assertEquals(10, found.checkpoint().step());
    assertEquals(folder().previous(), found.file());
    assertTrue(found.damage().get().toString().contains(folder().newest().toString()));
    assertEquals(List.of(folder().newest(), folder().previous()), folder().files());
  }

  @Test
  void setsDamagedOlderCheckpointsAside() throws IOException {
    write(10, false);
    write(20, true);
    damage(folder().previous());
    assertEquals(20, read());
    assertEquals(List.of(folder().newest()), folder().files());
    assertTrue(warnings.get(0).toString().contains("previous.npz"), warnings.toString());
  }

  @Test
  void holdsTheSettings() throws IOException {
    assertEquals(Optional.empty(), folder().config());
    write(10, false);
    write(20, true);
    assertEquals(Optional.of(CONFIG), folder().config());
    Files.delete(folder().newest());
    assertEquals(Optional.of(CONFIG), folder().config());
  }

  /** The state after a kill between the two renames of a write. */
  @Test
  void acceptsTwoNamesOfOneCheckpoint() {
    write(10, false);
    AtomicFile.keepAs(folder().newest(), folder().previous());
    write(20, true);
    assertEquals(20, read());
    assertEquals(10, TrainingCheckpoint.read(folder().previous(), TYPES).step());
    assertEquals(2, temporary.toFile().list().length);
  }

  /** The user may keep the large file on another disk. */
  @Test
  void keepsThePreviousOfALinkedCheckpoint() throws IOException {
    write(10, false);
    Path elsewhere = temporary.resolve("elsewhere.npz");
    Files.move(folder().newest(), elsewhere);
    Files.createSymbolicLink(folder().newest(), elsewhere);
    write(20, true);
    assertEquals(20, read());
    assertEquals(20, TrainingCheckpoint.read(elsewhere, TYPES).step());
    assertEquals(10, TrainingCheckpoint.read(folder().previous(), TYPES).step());
  }
}
