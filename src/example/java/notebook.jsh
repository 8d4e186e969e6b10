// The notebook cell by cell, in JShell:
//
//   jshell --class-path target/trainer.jar src/example/java/notebook.jsh
//
// Settings: -R-Ddataset=digits (default mnist), -R-Dsteps=20 (default: one epoch of 235),
// -R-Doutput=FOLDER (default runs/notebook).

import java.nio.file.*;
import org.kerastwin.api.*;

// Cells 1 to 6: load MNIST, print its shapes, scale it to [-1, 1], print maximum and minimum.
String dataset = System.getProperty("dataset", "mnist");
Training training = Training.of("upsampling").dataset(dataset);
training.describeImages().forEach(System.out::println);

// Cell 8: hyperparameters. These are the defaults, except for the number of epochs.
training = training.epochs(1).batchSize(256).learningRate(0.0002).seed(42);

// Cell 11: both models. They are compiled by the training, each with its own Adam.
System.out.println(training.summary());

// The training loop, which the notebook lacks.
int steps = Integer.getInteger("steps", 235);
class Report implements TrainingObserver {
  int step = 0;

  public void stepDone(int epoch, float real, float fake, float generator) {
    System.out.printf("step %d: real %.4f, fake %.4f, generator %.4f%n", ++step, real, fake, generator);
  }

  public boolean shouldStop() {
    return step >= steps;
  }
}
Path run = Path.of(System.getProperty("output", "runs/notebook"));
training.run(run, new Report());

// The generator makes 100 digits.
Generator generator = Generator.load(run);
Files.write(run.resolve("digits.png"), generator.generate(100, 0).gridPng());
generator.close();

// The models for Keras.
KerasModel.read(run).write(run.resolve("generator.keras"));

// The second generator.
System.out.println(Training.of("transposed").summary());
/exit
