/** Shows the progress of training on standard error. Does not depend on commands or options. */
package org.kerastwin.cli.progress;
