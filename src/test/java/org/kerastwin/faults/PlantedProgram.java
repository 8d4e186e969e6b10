package org.kerastwin.faults;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The program with a fault, loaded beside the one without. Libraries such as TensorFlow are shared,
 * which saves their start.
 */
final class PlantedProgram implements AutoCloseable {
  private static final String PACKAGE = "org.kerastwin.";
  private static final Path MAIN = Path.of("src/main/java/org/kerastwin");

  /** The exit code and output of a command. */
  record Ended(int code, String printed) {}

  private final URLClassLoader classes;

  /** Loads the classes of this program again, from a folder before the class path. */
  private static final class OwnClassesFirst extends URLClassLoader {
    OwnClassesFirst(URL[] places) {
      super(places, PlantedProgram.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  /**
   * Plants a fault.
   *
   * @param folder for the compiled file
   */
  PlantedProgram(Fault fault, Path folder) throws IOException {
    String classPath = System.getProperty("java.class.path");
    Path changed = folder.resolve(Path.of(fault.file()).getFileName());
    Files.writeString(changed, fault.plantedIn(Files.readString(MAIN.resolve(fault.file()))));
    StringWriter errors = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-nowarn", "-d", folder.toString(), "-cp", classPath);
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var sources = files.getJavaFileObjects(changed);
      if (!compiler.getTask(errors, files, null, options, null, sources).call()) {
        throw new IllegalStateException(
            "fault '%s': expected Java, received\n%s".formatted(fault.name(), errors));
      }
    }
    List<URL> places = new ArrayList<>(List.of(url(folder)));
    for (String place : classPath.split(File.pathSeparator, -1)) {
      places.add(url(Path.of(place)));
    }
    classes = new OwnClassesFirst(places.toArray(new URL[0]));
  }

  private static URL url(Path place) throws MalformedURLException {
    return place.toUri().toURL();
  }

  /** Runs a command line. */
  Ended run(List<String> arguments) throws ReflectiveOperationException {
    StringWriter printed = new StringWriter();
    PrintWriter to = new PrintWriter(printed);
    Class<?> program = classes.loadClass("org.kerastwin.cli.Program");
    Constructor<?> constructor =
        program.getDeclaredConstructor(PrintWriter.class, PrintWriter.class);
    constructor.setAccessible(true);
    Method run = program.getDeclaredMethod("run", String[].class);
    run.setAccessible(true);
    Object code =
        run.invoke(constructor.newInstance(to, to), (Object) arguments.toArray(new String[0]));
    to.flush();
    return new Ended((int) code, printed.toString());
  }

  /**
   * Whether one of some tests fails.
   *
   * @param tests classes, or one method of a class such as {@code run.TrainerTest#name}
   */
  boolean fails(List<String> tests) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    PrintStream out = System.out;
    thread.setContextClassLoader(classes);
    System.setOut(new PrintStream(PrintStream.nullOutputStream(), false));
    try {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(tests.stream().map(PlantedProgram::selector).toList())
              .filters(TagFilter.excludeTags("live", "fuzz"))
              .build();
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create().execute(request, listener);
      TestExecutionSummary summary = listener.getSummary();
      if (summary.getTestsFoundCount() == 0 && summary.getTotalFailureCount() == 0) {
        throw new IllegalStateException("expected tests, found none: " + tests);
      }
      return summary.getTotalFailureCount() > 0;
    } finally {
      thread.setContextClassLoader(before);
      System.setOut(out);
    }
  }

  private static DiscoverySelector selector(String test) {
    return test.contains("#")
        ? DiscoverySelectors.selectMethod(PACKAGE + test)
        : DiscoverySelectors.selectClass(PACKAGE + test);
  }

  @Override
  public void close() throws IOException {
    classes.close();
  }
}
