/**
 * The training loop of a run, and what it writes at the end of an epoch: pictures, models and
 * reports. Must not depend on the command line.
 *
 * <p>A new output of an epoch implements {@code EpochOutput}.
 */
package org.kerastwin.run;
