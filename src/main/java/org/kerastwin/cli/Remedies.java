package org.kerastwin.cli;

import org.kerastwin.Remedy;

/** Remedies in terms of options. */
final class Remedies {
  private Remedies() {}

  /** One or two sentences. */
  static String words(Remedy remedy) {
    return switch (remedy) {
      case RESUME_OR_CHOOSE_ANOTHER_FOLDER ->
          "--resume continues that run, --output names another folder.";
      case CHOOSE_ANOTHER_FOLDER -> "--output names another folder.";
      case BEGIN_A_NEW_RUN -> "Without --resume a new run begins there.";
      case ALLOW_MORE_EPOCHS -> "--epochs is the number of all epochs.";
      case NAME_THE_VARIANT -> "Say which with --variant upsampling or --variant transposed.";
      case NAME_THE_MODEL -> "--model names that model.";
      case EXPORT_WITH_VARIABLES -> "Export it without --frozen.";
      case NAME_THE_NETWORK ->
          "export and convert take --network generator or --network discriminator.";
      case CONVERT_ONE_NETWORK -> "'convert' with --network makes a file of one network.";
      case GIVE_ADAM_SETTINGS -> "--learning-rate and --beta-1 decide.";
      case LOWER_THE_LEARNING_RATE ->
          "A smaller --learning-rate may help, in a new run or with --initial-weights.";
      case CHECK_DEVICES -> "'doctor' shows what is missing; --device cpu does without.";
    };
  }
}
