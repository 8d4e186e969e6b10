package org.kerastwin;

/**
 * What a user can do about a problem, where only the command line knows how: it has a sentence with
 * its own options for each of these.
 */
public enum Remedy {
  /** Go on with the run in this folder, or choose another folder. */
  RESUME_OR_CHOOSE_ANOTHER_FOLDER,
  /** Choose another folder for the output. */
  CHOOSE_ANOTHER_FOLDER,
  /** Begin a new run in this folder. */
  BEGIN_A_NEW_RUN,
  /** Allow at least as many epochs as the run has begun. */
  ALLOW_MORE_EPOCHS,
  /** Name the variant, since the file does not say it. */
  NAME_THE_VARIANT,
  /** Name the model under test. */
  NAME_THE_MODEL,
  /** Export again with variables, not constants. */
  EXPORT_WITH_VARIABLES,
  /** Say which of the two networks is meant. */
  NAME_THE_NETWORK,
  /** Convert one network to a file of its own. */
  CONVERT_ONE_NETWORK,
  /** Give the settings of Adam, which then win over those of files. */
  GIVE_ADAM_SETTINGS,
  /** Train with a smaller learning rate. */
  LOWER_THE_LEARNING_RATE,
  /** Look at what the doctor says of the device, or use the CPU. */
  CHECK_DEVICES
}
