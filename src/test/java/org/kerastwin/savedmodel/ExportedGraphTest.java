package org.kerastwin.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.testing.Zeros;
import org.tensorflow.TensorFlow;

/**
 * Guards {@link SavedModelFolder#requireGraph}: a folder is read only if its graph equals, byte for
 * byte, the one that this program writes, so that graph must not change.
 */
class ExportedGraphTest {
  private static final int NOISE_DIM = 100;

  @ParameterizedTest
  @CsvSource({
    "upsampling, false, f94c2055eb33671329c448cad33d6b9b0a29932732ed4843cd5d8f3414674b01",
    "upsampling, true, 810891a191de831b5f641e20263a685345f92d92299dfd74097768cfcf07fa2e",
    "transposed, false, fee070d0c99a988eee296e3de6b3fb454ade04095f7f38e8a213e2396e57cc68",
    "transposed, true, 077885fbb1b6d354fad649c2093b13ab4635f89907b32745dba2c5cd345c5ac5",
    "transposed-literal, false, a126a65732fb4c4fc11123005e5f2b8981f34e67143b64c69e02afa9aedf291a",
    "transposed-literal, true, 5d3a47b0e050385eee1491855767b08084a6b2dca0318487b73af8653d0fad73",
    "discriminator, false, 26ae05bc5ad997bc27705de03f265a49c7611d83ef82b10cedc4620ebbbe2026",
  })
  void exportedGraphsDoNotChange(String network, boolean folded, String sha256)
      throws NoSuchAlgorithmException {
    // TensorFlow 2.10 builds the same graphs, except for transposed convolutions.
    assumeTrue(TensorFlow.version().startsWith("2.18.") || !network.startsWith("transposed"));
    Sequential trained = trained(network);
    Sequential model = folded ? FoldedModel.of(trained) : trained;
    byte[] graph =
        Deterministic.bytes(
            SavedModelFolder.withoutVersions(
                SavedModelWriter.meta(ModelGraph.of(model), Zeros.of(model))));
    assertEquals(
        sha256,
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(graph)),
        "%s%s has another graph: this program now refuses every such model that was exported before."
                .formatted(network, folded ? ", folded," : "")
            + " Keep the graph as it was; or, if it must change, go on to accept the old one too,"
            + " or say in the release that models are to be exported again.");
  }

  private static Sequential trained(String network) {
    return List.of(Variant.values()).stream()
        .filter(variant -> variant.label().equals(network))
        .findFirst()
        .map(variant -> Dcgan.generator(variant, NOISE_DIM))
        .orElseGet(Dcgan::discriminator);
  }
}
