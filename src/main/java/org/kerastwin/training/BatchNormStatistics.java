package org.kerastwin.training;

import java.util.Locale;

/** How batch normalization updates its moving statistics. */
public enum BatchNormStatistics {
  /** Keras's exponential average with momentum 0.99. */
  EXPONENTIAL,
  /** The plain mean over all batches seen, as the notebook's prose describes it. */
  CUMULATIVE;

  /** The name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label();
  }
}
