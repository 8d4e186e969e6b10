package org.kerastwin.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.kerastwin.io.NdArray;

/**
 * Encodes images as a GIF that plays forever. The palette of gray images holds the 256 grays, so no
 * gray changes; a color image gets a palette of 256 colors chosen for it. The last frame stays
 * longest to mark the end of the loop.
 */
public final class GifAnimation {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";
  private static final int GRAYS = 256;

  /** In hundredths of a second, GIF's unit. */
  private static final int FRAME_DELAY = 15;

  private static final int LAST_DELAY = 150;

  /** Single images of 28×28 pixels are too small to see. They are enlarged to about this size. */
  private static final int ENLARGED_SIDE = 224;

  private GifAnimation() {}

  /**
   * Encodes one frame per image, enlarged by a whole factor to about 224 pixels.
   *
   * @param images float32 {@code [count, height, width, 1 or 3]} in [-1, 1], at least one
   */
  public static byte[] ofImages(NdArray images) {
    int side = Math.max(images.shape().get(1), images.shape().get(2));
    int factor = Math.max(1, ENLARGED_SIDE / side);
    List<BufferedImage> frames = new ArrayList<>();
    for (int i = 0; i < images.shape().get(0); i++) {
      frames.add(enlarged(ImageGrid.single(images, i), factor));
    }
    return encode(frames);
  }

  /**
   * Encodes frames of one size.
   *
   * @param frames with 8 bits a channel, gray or color; at least one
   */
  public static byte[] encode(List<BufferedImage> frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames.size(); i++) {
        BufferedImage frame = frames.get(i);
        if (frame.getRaster().getNumBands() == 1) {
          frame = withPalette(frame);
        }
        int delay = i == frames.size() - 1 ? LAST_DELAY : FRAME_DELAY;
        writer.writeToSequence(
            new IIOImage(frame, null, metadata(writer, frame, delay, i == 0)), null);
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage enlarged(BufferedImage image, int factor) {
    BufferedImage large =
        new BufferedImage(image.getWidth() * factor, image.getHeight() * factor, image.getType());
    WritableRaster from = image.getRaster();
    WritableRaster to = large.getRaster();
    for (int y = 0; y < large.getHeight(); y++) {
      for (int x = 0; x < large.getWidth(); x++) {
        to.setDataElements(x, y, from.getDataElements(x / factor, y / factor, null));
      }
    }
    return large;
  }

  /** Turns the grays into indices of a palette of all grays. */
  private static BufferedImage withPalette(BufferedImage gray) {
    byte[] levels = new byte[GRAYS];
    for (int i = 0; i < GRAYS; i++) {
      levels[i] = (byte) i;
    }
    IndexColorModel palette = new IndexColorModel(8, GRAYS, levels, levels, levels);
    return new BufferedImage(palette, gray.getRaster(), false, null);
  }

  private static IIOMetadata metadata(
      ImageWriter writer, BufferedImage frame, int delay, boolean first) throws IOException {
    // The factory method of this type would take the default palette instead of the image's.
    ImageTypeSpecifier type = new ImageTypeSpecifier(frame);
    IIOMetadata metadata = writer.getDefaultImageMetadata(type, null);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(delay));
    control.setAttribute("transparentColorIndex", "0");
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    root.appendChild(control);
    if (first) {
      root.appendChild(endlessLoop());
    }
    metadata.mergeTree(FORMAT, root);
    return metadata;
  }

  /** Netscape's extension with a count of 0, which players take as "forever". */
  private static IIOMetadataNode endlessLoop() {
    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
    loop.setAttribute("applicationID", "NETSCAPE");
    loop.setAttribute("authenticationCode", "2.0");
    loop.setUserObject(new byte[] {1, 0, 0});
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(loop);
    return extensions;
  }
}
