/** Handwritten digits drawn from strokes, for machines without MNIST and without a network. */
package org.kerastwin.data.digits;
