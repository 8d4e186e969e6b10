package org.kerastwin.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.tensorflow.proto.FingerprintDef;
import org.tensorflow.proto.MetaGraphDef;

/**
 * The file {@code fingerprint.pb}, which names a model by hashes of its parts. TensorFlow asks only
 * that they are not zero; here they are the first eight bytes of a SHA-256, so that damage shows:
 * {@code saved_model.pb} has no other protection, and with a bit changed may well load and compute
 * something else.
 */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * The fingerprint of a model.
   *
   * @param file the bytes of {@code saved_model.pb}
   * @param index the bytes of the checkpoint's {@code variables.index}
   * @param meta what the file holds
   */
  static FingerprintDef of(byte[] file, byte[] index, MetaGraphDef meta) {
    FingerprintDef.Builder fingerprint =
        FingerprintDef.newBuilder()
            .setSavedModelChecksum(hash(file))
            .setCheckpointHash(hash(index))
            .setGraphDefProgramHash(hash(Deterministic.bytes(meta.getGraphDef())))
            .setSignatureDefHash(
                hash(Deterministic.bytes(meta.getSignatureDefOrThrow(Signature.NAME))));
    fingerprint.getVersionBuilder().setProducer(1);
    return fingerprint.setSavedObjectGraphHash(seal(fingerprint.build())).build();
  }

  /**
   * Whether the files are not those that the fingerprint was made for. TensorFlow's own
   * fingerprints use other hashes and always pass.
   */
  static boolean contradicts(byte[] fingerprint, byte[] file, byte[] index) {
    try {
      FingerprintDef read = FingerprintDef.parseFrom(fingerprint);
      return read.getSavedObjectGraphHash() == seal(read)
          && (read.getSavedModelChecksum() != hash(file)
              || read.getCheckpointHash() != hash(index));
    } catch (InvalidProtocolBufferException e) {
      return true;
    }
  }

  /** The objects' hash covers the other hashes instead, by which our own files are known. */
  private static long seal(FingerprintDef fingerprint) {
    return hash(
        ByteBuffer.allocate(4 * Long.BYTES)
            .putLong(fingerprint.getSavedModelChecksum())
            .putLong(fingerprint.getCheckpointHash())
            .putLong(fingerprint.getGraphDefProgramHash())
            .putLong(fingerprint.getSignatureDefHash())
            .array());
  }

  private static long hash(byte[] bytes) {
    try {
      long hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getLong();
      return hash == 0 ? 1 : hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
