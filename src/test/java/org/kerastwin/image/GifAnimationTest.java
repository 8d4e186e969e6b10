package org.kerastwin.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.w3c.dom.Node;

final class GifAnimationTest {
  /** All 256 grays in a square. */
  private static BufferedImage ramp(int offset) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      image.getRaster().setSample(i % 16, i / 16, 0, (i + offset) % 256);
    }
    return image;
  }

  @Test
  void keepsEveryGrayOfEveryFrame() throws IOException {
    List<BufferedImage> frames = read(GifAnimation.encode(List.of(ramp(0), ramp(100))));
    assertEquals(2, frames.size());
    for (int frame = 0; frame < 2; frame++) {
      for (int i = 0; i < 256; i++) {
        int gray = (i + 100 * frame) % 256;
        assertEquals(
            0xff000000 | gray * 0x010101, frames.get(frame).getRGB(i % 16, i / 16), "gray " + gray);
      }
    }
  }

  @Test
  void playsForeverAndPausesAtTheEnd() throws IOException {
    byte[] gif = GifAnimation.encode(List.of(ramp(0), ramp(1), ramp(2)));
    assertEquals(List.of("15", "15", "150"), delays(gif));
    assertEquals("NETSCAPE", loop(gif).getAttribute("applicationID"));
    assertArrayEquals(new byte[] {1, 0, 0}, (byte[]) loop(gif).getUserObject());
  }

  @Test
  void enlargesSmallImagesByWholeFactors() throws IOException {
    NdArray images =
        NdArray.ofFloats(new float[] {-1, 1, 0, 0.5f, 1, 1, 1, 1}, List.of(2, 2, 2, 1));
    List<BufferedImage> frames = read(GifAnimation.ofImages(images));
    assertEquals(224, frames.get(0).getWidth());
    assertEquals(224, frames.get(0).getHeight());
    assertEquals(0xff000000, frames.get(0).getRGB(111, 111));
    assertEquals(0xffffffff, frames.get(0).getRGB(112, 111));
    assertEquals(0xff808080, frames.get(0).getRGB(111, 112));
    assertEquals(0xffffffff, frames.get(1).getRGB(0, 0));
  }

  @Test
  void keepsTheColorsOfEveryFrame() throws IOException {
    NdArray images =
        NdArray.ofFloats(
            new float[] {-1, 1, 0, 1, -1, -1, 0, 0.5f, -0.5f, 1, 1, 1}, List.of(2, 1, 2, 3));
    List<BufferedImage> frames = read(GifAnimation.ofImages(images));
    assertEquals(224, frames.get(0).getWidth());
    assertEquals(112, frames.get(0).getHeight());
    assertEquals(0xff00ff80, frames.get(0).getRGB(111, 111));
    assertEquals(0xffff0000, frames.get(0).getRGB(112, 111));
    assertEquals(0xff80bf40, frames.get(1).getRGB(111, 111));
    assertEquals(0xffffffff, frames.get(1).getRGB(112, 111));
  }

  @Test
  void sameFramesGiveTheSameBytes() {
    assertArrayEquals(
        GifAnimation.encode(List.of(ramp(0), ramp(9))),
        GifAnimation.encode(List.of(ramp(0), ramp(9))));
  }

  private static List<BufferedImage> read(byte[] gif) throws IOException {
    ImageReader reader = reader(gif);
    List<BufferedImage> frames = new ArrayList<>();
    for (int i = 0; i < reader.getNumImages(true); i++) {
      frames.add(reader.read(i));
    }
    return frames;
  }

  private static List<String> delays(byte[] gif) throws IOException {
    ImageReader reader = reader(gif);
    List<String> delays = new ArrayList<>();
    for (int i = 0; i < reader.getNumImages(true); i++) {
      delays.add(child(tree(reader, i), "GraphicControlExtension").getAttribute("delayTime"));
    }
    return delays;
  }

  private static IIOMetadataNode loop(byte[] gif) throws IOException {
    IIOMetadataNode extensions = child(tree(reader(gif), 0), "ApplicationExtensions");
    return child(extensions, "ApplicationExtension");
  }

  private static IIOMetadataNode tree(ImageReader reader, int frame) throws IOException {
    return (IIOMetadataNode)
        reader.getImageMetadata(frame).getAsTree("javax_imageio_gif_image_1.0");
  }

  private static IIOMetadataNode child(IIOMetadataNode node, String name) {
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child.getNodeName().equals(name)) {
        return (IIOMetadataNode) child;
      }
    }
    throw new AssertionError("no " + name);
  }

  private static ImageReader reader(byte[] gif) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(gif));
    reader.setInput(input);
    return reader;
  }
}
