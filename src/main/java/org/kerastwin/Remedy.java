package org.kerastwin;

/** A remedy whose wording depends on options: the command line has a sentence for each. */
public enum Remedy {
  /** Resume the run in this folder, or choose another folder. */
  RESUME_OR_CHOOSE_ANOTHER_FOLDER,
  /** Choose another folder for the output. */
  CHOOSE_ANOTHER_FOLDER,
  /** Begin a new run in this folder. */
  BEGIN_A_NEW_RUN,
  /** Allow at least as many epochs as the run has begun. */
  ALLOW_MORE_EPOCHS,
  /** Name the variant of a file without an architecture. */
  NAME_THE_VARIANT,
  /** Name the model under test. */
  NAME_THE_MODEL,
  /** Export again with variables, not constants. */
  EXPORT_WITH_VARIABLES,
  /** Name one of the two networks. */
  NAME_THE_NETWORK,
  /** Name the files of both networks, to train other layers than the notebook's. */
  NAME_BOTH_NETWORKS,
  /** Convert one network to a file of its own. */
  CONVERT_ONE_NETWORK,
  /** Convert a Functional model, or a model of Keras 2, to a Sequential of Keras 3. */
  CONVERT_TO_SEQUENTIAL,
  /** Give the settings of Adam, which override those of files. */
  GIVE_ADAM_SETTINGS,
  /** Train with a smaller learning rate. */
  LOWER_THE_LEARNING_RATE,
  /** Run {@code doctor}, or use the CPU. */
  CHECK_DEVICES,
  /** Compute less at a time, or give Java a larger heap. */
  NEED_LESS_HEAP,
  /** Compute less at a time, or use more of the GPU's memory. */
  NEED_LESS_OF_A_GPU,
  /** Compute less at a time. */
  NEED_LESS_MEMORY
}
