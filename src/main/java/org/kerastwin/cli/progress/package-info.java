/** Shows the progress of a training on standard error. Does not depend on commands or options. */
package org.kerastwin.cli.progress;
