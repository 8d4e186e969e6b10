package org.kerastwin.parity.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.kerastwin.parity.compare.PixelMap;

/** Colors of errors. */
class PngDataUriTest {
  private static final int WHITE = 0xffffffff;

  @Test
  void colorsOnlyErrors() throws Exception {
    BufferedImage map =
        read(PngDataUri.ofErrors(new PixelMap(3, new float[] {0, 1e-7f, Float.NaN})));
    assertEquals(WHITE, map.getRGB(0, 0));
    assertTrue(map.getRGB(1, 0) != WHITE && map.getRGB(2, 0) != WHITE);
    assertTrue(map.getRGB(1, 0) != map.getRGB(2, 0));
  }

  private static BufferedImage read(String dataUri) throws Exception {
    String base64 = dataUri.substring(dataUri.indexOf(',') + 1);
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }
}
