package org.kerastwin.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.RegularFile;
import org.kerastwin.kerasmodel.GanNetwork;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.UnfitNetworksException;

/**
 * The architectures of two networks without weights: a JSON object with Keras's {@code
 * model.to_json()} of each, under {@code generator} and {@code discriminator}.
 *
 * @param path the file
 */
public record NetworksFile(Path path) {
  private static final String WHAT = "architecture";

  /** Usual files have some kilobytes. */
  private static final long MAX_BYTES = 4L << 20;

  /**
   * Reads the networks.
   *
   * @throws EnvironmentException if the file is missing or damaged, a layer can't be trained by
   *     this program, or the networks do not fit each other
   */
  public Networks read() {
    String json = new String(RegularFile.bytes(WHAT, path, MAX_BYTES), StandardCharsets.UTF_8);
    try {
      JsonNode both = new JsonMapper().readTree(json);
      return new Networks(network(both, Dcgan.GENERATOR), network(both, Dcgan.DISCRIMINATOR));
    } catch (JsonProcessingException malformed) {
      throw refused("a JSON object with generator and discriminator", "something else")
          .causedBy(malformed);
    } catch (UnfitNetworksException misfit) {
      throw misfit.in(WHAT, path);
    }
  }

  private Sequential network(JsonNode both, String name) {
    if (!both.path(name).isObject()) {
      throw refused("a Keras model at '%s'".formatted(name), "none");
    }
    KerasConfig.DescribedModel described =
        GanNetwork.read(both.path(name).toString(), name, "%s[%s]".formatted(path, name));
    described.unsupportedInTraining().stream().findFirst().ifPresent(this::refuseArgument);
    described.unsupportedInitializers().stream().findFirst().ifPresent(this::refuseArgument);
    return described.model();
  }

  private void refuseArgument(String argument) {
    throw refused("layers that this program trains", "the argument " + argument);
  }

  private EnvironmentException refused(String expected, String received) {
    return new EnvironmentException(Problem.with(WHAT, path).expected(expected).received(received));
  }
}
