package org.kerastwin.parity.reference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.TemporaryFolder;

/** The references in the program itself, one a network, so that no Python is needed. */
public final class StoredReferences {
  /**
   * The networks that have one: the discriminator, and then the three generators, which are trained
   * through it.
   */
  public static final List<String> NETWORKS =
      List.of("discriminator", "upsampling", "transposed", "transposed-literal");

  /** The seed that they were made from. */
  public static final long SEED = 3;

  /** Samples of their inputs. */
  static final int BATCH = 4;

  private StoredReferences() {}

  /** Reads the reference of a network, one of {@link #NETWORKS}. */
  public static Reference read(String network) {
    String resource = "reference-" + network + ".npz";
    // An archive is read by seeking in it, which needs a file.
    try (TemporaryFolder temporary = new TemporaryFolder();
        InputStream in =
            StoredReferences.class.getResourceAsStream("/org/kerastwin/parity/" + resource)) {
      if (in == null) {
        throw new EnvironmentException("reference", resource, "one in the program", "none");
      }
      Path file = temporary.path().resolve(resource);
      Files.copy(in, file);
      return ReferenceFile.read(file, resource);
    } catch (IOException e) {
      throw IoFailure.of("reference", resource, "one that can be read", e);
    }
  }
}
