package org.kerastwin.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * Runs {@code convert} many times in one process. Arguments: IN OUT [IN OUT ...]. The file name of
 * IN starts with the name of the network and a dot.
 */
public final class ConvertAll {
  public static void main(String[] files) {
    for (int i = 0; i < files.length; i += 2) {
      String network = Path.of(files[i]).getFileName().toString().split("\\.")[0];
      String option = network.equals("discriminator") ? "--network" : "--variant";
      List<String> command = List.of("convert", files[i], files[i + 1], option, network);
      int code = new Program().run(command.toArray(new String[0]));
      if (code != 0) {
        System.err.println(command + " ended with " + code);
        System.exit(code);
      }
    }
  }
}
