package org.kerastwin.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.kerastwin.io.RegularFile;
import org.kerastwin.io.Sha256;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.VersionDef;

/**
 * The file {@code fingerprint.pb}, with hashes of a model's parts. TensorFlow only requires them to
 * be nonzero. Here they are the first eight bytes of a SHA-256, to detect damage: a model with one
 * changed bit in {@code saved_model.pb} may still load but compute something else.
 *
 * <p>Fields are written by their numbers in TensorFlow's {@code fingerprint.proto}, since the class
 * in TensorFlow-Java 0.5 is a draft with other fields.
 */
final class Fingerprint {
  private static final int SAVED_MODEL_CHECKSUM = 1;
  private static final int GRAPH_DEF_PROGRAM_HASH = 2;
  private static final int SIGNATURE_DEF_HASH = 3;
  private static final int SAVED_OBJECT_GRAPH_HASH = 4;
  private static final int CHECKPOINT_HASH = 5;
  private static final int VERSION = 6;

  /** A fingerprint has five hashes and a version. */
  private static final long MAX_BYTES = 1 << 16;

  private Fingerprint() {}

  /**
   * The fingerprint of the model in a folder.
   *
   * @param meta the graph in its {@code saved_model.pb}
   */
  static UnknownFieldSet of(Layout layout, MetaGraphDef meta) throws IOException {
    UnknownFieldSet hashes =
        UnknownFieldSet.newBuilder()
            .addField(SAVED_MODEL_CHECKSUM, number(hash(layout.model())))
            .addField(GRAPH_DEF_PROGRAM_HASH, number(hash(Deterministic.bytes(meta.getGraphDef()))))
            .addField(
                SIGNATURE_DEF_HASH,
                number(hash(Deterministic.bytes(meta.getSignatureDefOrThrow(Signature.NAME)))))
            .addField(CHECKPOINT_HASH, number(checkpoint(layout)))
            .build();
    return hashes.toBuilder()
        .addField(SAVED_OBJECT_GRAPH_HASH, number(overallHash(hashes)))
        .addField(
            VERSION,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(VersionDef.newBuilder().setProducer(1).build().toByteString())
                .build())
        .build();
  }

  private static UnknownFieldSet.Field number(long value) {
    return UnknownFieldSet.Field.newBuilder().addVarint(value).build();
  }

  /** The value of a field; 0 if it is absent, as in every protocol buffer. */
  private static long number(UnknownFieldSet message, int field) {
    List<Long> values = message.getField(field).getVarintList();
    return values.isEmpty() ? 0 : values.get(values.size() - 1);
  }

  /**
   * Whether the folder has a fingerprint by this program that does not match its files.
   * TensorFlow's own fingerprints use other hashes and are not checked.
   */
  static boolean contradicts(Layout layout) throws IOException {
    if (!Files.isRegularFile(layout.fingerprint())) {
      return false;
    }
    try {
      UnknownFieldSet read =
          UnknownFieldSet.parseFrom(
              RegularFile.bytes("fingerprint", layout.fingerprint(), MAX_BYTES));
      return number(read, SAVED_OBJECT_GRAPH_HASH) == overallHash(read)
          && (number(read, SAVED_MODEL_CHECKSUM) != hash(layout.model())
              || number(read, CHECKPOINT_HASH) != checkpoint(layout));
    } catch (InvalidProtocolBufferException e) {
      return true;
    }
  }

  /** Covers the tensors too, since TensorFlow checks only those that it reads. */
  private static long checkpoint(Layout layout) throws IOException {
    return hash(layout.index(), layout.data());
  }

  /** Covers the other hashes instead of the object graph, which marks files of this program. */
  private static long overallHash(UnknownFieldSet fingerprint) {
    return hash(
        ByteBuffer.allocate(4 * Long.BYTES)
            .putLong(number(fingerprint, SAVED_MODEL_CHECKSUM))
            .putLong(number(fingerprint, CHECKPOINT_HASH))
            .putLong(number(fingerprint, GRAPH_DEF_PROGRAM_HASH))
            .putLong(number(fingerprint, SIGNATURE_DEF_HASH))
            .array());
  }

  private static long hash(byte[] bytes) {
    return first64Bits(new Sha256().update(ByteBuffer.wrap(bytes)));
  }

  /** The hash of several files, one after the other. */
  private static long hash(Path... files) throws IOException {
    Sha256 sha256 = new Sha256();
    for (Path file : files) {
      sha256.update(file);
    }
    return first64Bits(sha256);
  }

  private static long first64Bits(Sha256 sha256) {
    long hash = ByteBuffer.wrap(sha256.digest()).getLong();
    return hash == 0 ? 1 : hash;
  }
}
