/**
 * The training loop of a run, and what it writes at the end of an epoch: pictures, models and
 * reports. Must not know the command line.
 */
package org.kerastwin.run;
