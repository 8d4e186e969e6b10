package org.kerastwin.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The program's version, from its jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"trainer " + number()};
  }

  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
