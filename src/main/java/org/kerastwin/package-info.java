/**
 * The Java twin of a Keras notebook that trains a DCGAN on MNIST. This package describes problems
 * and holds the exceptions that report them; every other package may use it.
 */
package org.kerastwin;
