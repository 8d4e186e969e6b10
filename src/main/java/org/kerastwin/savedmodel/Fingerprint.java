package org.kerastwin.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
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
   * The fingerprint of the model in a folder.
   *
   * @param meta what its {@code saved_model.pb} holds
   */
  static FingerprintDef of(Layout layout, MetaGraphDef meta) throws IOException {
    FingerprintDef.Builder fingerprint =
        FingerprintDef.newBuilder()
            .setSavedModelChecksum(hash(Files.readAllBytes(layout.model())))
            .setCheckpointHash(checkpoint(layout))
            .setGraphDefProgramHash(hash(Deterministic.bytes(meta.getGraphDef())))
            .setSignatureDefHash(
                hash(Deterministic.bytes(meta.getSignatureDefOrThrow(Signature.NAME))));
    fingerprint.getVersionBuilder().setProducer(1);
    return fingerprint.setSavedObjectGraphHash(seal(fingerprint.build())).build();
  }

  /**
   * Whether the folder has a fingerprint of ours and files that it was not made for. TensorFlow's
   * own fingerprints use other hashes and say nothing here.
   */
  static boolean contradicts(Layout layout) throws IOException {
    if (!Files.isRegularFile(layout.fingerprint())) {
      return false;
    }
    try {
      FingerprintDef read = FingerprintDef.parseFrom(Files.readAllBytes(layout.fingerprint()));
      return read.getSavedObjectGraphHash() == seal(read)
          && (read.getSavedModelChecksum() != hash(Files.readAllBytes(layout.model()))
              || read.getCheckpointHash() != checkpoint(layout));
    } catch (InvalidProtocolBufferException e) {
      return true;
    }
  }

  /**
   * Covers the tensors too: TensorFlow checks theirs, but only of those that it happens to read.
   */
  private static long checkpoint(Layout layout) throws IOException {
    byte[] index = Files.readAllBytes(layout.index());
    byte[] data = Files.readAllBytes(layout.data());
    return hash(ByteBuffer.allocate(index.length + data.length).put(index).put(data).array());
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
