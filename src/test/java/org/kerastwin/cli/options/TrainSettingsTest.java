package org.kerastwin.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Variant;
import org.kerastwin.run.folder.DatasetOrigin;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.training.BatchNormStatistics;
import org.kerastwin.training.GanSettings;
import picocli.CommandLine;

class TrainSettingsTest {
  /** {@code num_epochs}, {@code batch_size}, {@code noise_dim}, {@code adam} and the labels. */
  @Test
  void theDefaultsAreThoseOfTheNotebook() {
    TrainSettings settings = new TrainSettings();
    Converters.register(new CommandLine(settings)).parseArgs();
    RunConfig config =
        settings.config(new DatasetOrigin("auto", "digits", "embedded", ""), Map.of());
    assertEquals(
        new GanSettings(
            Variant.UPSAMPLING,
            256,
            100,
            new AdamSettings(2e-4, 0.5),
            0.9,
            BatchNormStatistics.EXPONENTIAL,
            Form.FAST,
            Precision.FLOAT32,
            0),
        config.gan());
    assertEquals(50, config.epochs());
    assertEquals(10, config.saveEvery());
  }
}
