package org.kerastwin.tensorboard;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Writes one event file: the version, then a record for each addition. */
public final class EventWriter {
  private static final String VERSION = "brain.Event:2";
  private static final double NANOS = 1e9;

  /** The color spaces of {@code Summary.Image}. */
  private static final int GRAY = 1;

  private static final int RGB = 3;

  /** Offsets in a PNG file. */
  private static final int PNG_WIDTH = 16;

  private static final int PNG_HEIGHT = 20;
  private static final int PNG_COLOR_TYPE = 25;

  /** The color type of a PNG with red, green and blue. */
  private static final int PNG_RGB = 2;

  private final OutputStream output;
  private final double seconds;

  /**
   * Starts a file.
   *
   * @param output the stream to write to; it stays open
   * @param time the time of all events
   */
  EventWriter(OutputStream output, Instant time) {
    this.output = output;
    this.seconds = time.getEpochSecond() + time.getNano() / NANOS;
    write(Event.newBuilder().setFileVersion(VERSION));
  }

  /** Adds a number, which TensorBoard draws as a curve of its tag. */
  public void scalar(long step, String tag, float value) {
    add(step, Summary.Value.newBuilder().setTag(tag).setSimpleValue(value));
  }

  /**
   * Adds an image.
   *
   * @param png the content of a PNG file
   */
  public void image(long step, String tag, byte[] png) {
    ByteBuffer header = ByteBuffer.wrap(png);
    Summary.Image image =
        Summary.Image.newBuilder()
            .setColorspace(png[PNG_COLOR_TYPE] == PNG_RGB ? RGB : GRAY)
            .setWidth(header.getInt(PNG_WIDTH))
            .setHeight(header.getInt(PNG_HEIGHT))
            .setEncodedImageString(ByteString.copyFrom(png))
            .build();
    add(step, Summary.Value.newBuilder().setTag(tag).setImage(image));
  }

  /** Adds the distribution of numbers, ignoring those that are not finite. */
  public void histogram(long step, String tag, float[] values) {
    add(step, Summary.Value.newBuilder().setTag(tag).setHisto(Histogram.of(values)));
  }

  private void add(long step, Summary.Value.Builder value) {
    write(Event.newBuilder().setStep(step).setSummary(Summary.newBuilder().addValue(value)));
  }

  private void write(Event.Builder event) {
    try {
      TfRecords.write(event.setWallTime(seconds).build().toByteArray(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
