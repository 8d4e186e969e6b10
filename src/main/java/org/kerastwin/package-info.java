/**
 * The Java twin of a Keras notebook that trains a DCGAN on MNIST. This package holds only the two
 * exceptions that end in a message to the user; every other package may throw them.
 */
package org.kerastwin;
