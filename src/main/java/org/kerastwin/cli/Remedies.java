package org.kerastwin.cli;

import org.kerastwin.Remedy;

/** Remedies in terms of options. */
final class Remedies {
  private static final String LESS = "A smaller --batch-size or --count needs less memory.";

  private Remedies() {}

  /** One or two sentences. */
  static String words(Remedy remedy) {
    return switch (remedy) {
      case RESUME_OR_CHOOSE_ANOTHER_FOLDER ->
          "Continue that run with --resume, or choose another folder with --output.";
      case CHOOSE_ANOTHER_FOLDER -> "Choose another folder with --output.";
      case BEGIN_A_NEW_RUN -> "Leave out --resume to begin a new run there.";
      case ALLOW_MORE_EPOCHS -> "--epochs counts all epochs of the run.";
      case NAME_THE_VARIANT -> "Name it with --variant upsampling or --variant transposed.";
      case NAME_THE_MODEL -> "Name that model with --model.";
      case EXPORT_WITH_VARIABLES -> "Export it without --frozen.";
      case NAME_THE_NETWORK ->
          "export and convert take --network generator or --network discriminator.";
      case NAME_BOTH_NETWORKS ->
          "Train other layers than the notebook's with --generator and --discriminator.";
      case CONVERT_ONE_NETWORK -> "Make a file of one network with 'convert' and --network.";
      case CONVERT_TO_SEQUENTIAL -> "'convert' makes a .keras file of such a Sequential.";
      case GIVE_ADAM_SETTINGS -> "Set them with --learning-rate and --beta-1.";
      case LOWER_THE_LEARNING_RATE ->
          "A smaller --learning-rate may help, in a new run or with --initial-weights.";
      case NEED_LESS_HEAP -> LESS + " 'java -Xmx…' gives Java more.";
      case NEED_LESS_OF_A_GPU ->
          LESS + " If you gave --gpu-memory-fraction, a larger value allows more.";
      case NEED_LESS_MEMORY -> LESS;
      case CHECK_DEVICES -> "'doctor' shows what is missing; --device cpu needs no GPU.";
    };
  }
}
