package org.kerastwin.parity.stages;

import java.util.function.IntFunction;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.SeededNoise;
import org.kerastwin.model.Variant;
import org.kerastwin.training.GanSettings;

/**
 * The settings that the program derives from its options: the defaults of {@code train}, and a walk
 * between two seeds, drawn in a grid of {@value #COLUMNS} columns and {@value #ROWS} rows.
 *
 * @param gan the settings of a step
 * @param epochs number of epochs
 * @param walk the noise of the walk from seed {@value #FIRST} to seed {@value #LAST}, by its noise
 *     dimension
 * @param grid the grid
 */
public record ProgramSettings(
    GanSettings gan, int epochs, IntFunction<NdArray> walk, ImageGrid grid) {
  /** The first seed of the walk. */
  public static final long FIRST = 1;

  /** The last seed of the walk. */
  public static final long LAST = 7;

  /** The columns of the grid. */
  public static final int COLUMNS = 3;

  /** The rows of the grid. */
  public static final int ROWS = 2;

  /** The settings of the notebook. */
  public static final ProgramSettings NOTEBOOK =
      new ProgramSettings(
          GanSettings.notebook(Variant.UPSAMPLING),
          50,
          noiseDim -> SeededNoise.walk(FIRST, LAST, COLUMNS * ROWS, noiseDim),
          new ImageGrid(COLUMNS, ROWS));
}
