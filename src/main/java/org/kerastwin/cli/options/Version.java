package org.kerastwin.cli.options;

import org.kerastwin.run.folder.Versions;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as {@code --version} prints it. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"trainer " + Versions.ofProgram()};
  }
}
