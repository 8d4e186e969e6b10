package org.kerastwin.parity.reference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.TemporaryFolder;

/** The references that come with the program, one per network, so that no Python is needed. */
public final class StoredReferences {
  /**
   * The networks with a reference: the discriminator first, since the generators are trained
   * through it.
   */
  public static final List<String> NETWORKS =
      List.of("discriminator", "upsampling", "transposed", "transposed-literal");

  /** The seed of all references. */
  public static final long SEED = 3;

  /** The batch size of all references. */
  static final int BATCH = 4;

  private StoredReferences() {}

  /** Reads the reference of one of the {@link #NETWORKS}. */
  public static Reference read(String network) {
    String resource = "reference-" + network + ".npz";
    // Archives are read with random access, which needs a file.
    try (TemporaryFolder temporary = new TemporaryFolder();
        InputStream in =
            StoredReferences.class.getResourceAsStream("/org/kerastwin/parity/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      Path file = temporary.path().resolve(resource);
      Files.copy(in, file);
      return ReferenceFile.read(file, resource);
    } catch (IOException e) {
      throw IoFailure.of("reference", resource, "one that can be read", e);
    }
  }
}
