package org.kerastwin.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * IN OUT [IN OUT ...]: {@code convert} many times in one process. IN begins with its network's name
 * and a dot.
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
