/** Shows the progress of a training on standard error. Knows no command and no option. */
package org.kerastwin.cli.progress;
