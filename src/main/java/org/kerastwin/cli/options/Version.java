package org.kerastwin.cli.options;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The program's version, from its jar's manifest. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"trainer " + number()};
  }

  public static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
