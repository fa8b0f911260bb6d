import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.security.Permission;
import java.security.Policy;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.LoggerFactory;

/**
 * Runs Kafka's command line tools inside one JVM, because starting a JVM costs more than most tools do.
 *
 * One JSON line in, one JSON line out:
 *   {id, op: "run", main, args, stdin, timeoutMs}  runs to the end: {id, status, stdout, stderr}
 *   {id, op: "start", name, main, args, stdin}     begins a tool that goes on: {id}
 *   {id, op: "stop", name, timeoutMs}              ends it as SIGTERM does: {id, status, stdout, stderr}
 *
 * Each run has its own output, input, exit status and shutdown hooks, found by the thread that asks for them.
 */
public final class ToolRunner {
    private static final InheritableThreadLocal<Run> CURRENT = new InheritableThreadLocal<>();
    private static final Map<String, Run> STARTED = new ConcurrentHashMap<>();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static PrintStream answers;

    /** Unwinds a tool's thread after it called Exit. What it prints from then on is dropped. */
    private static final class Ended extends Error {
        Ended() {
            super("ended", null, false, false);
        }
    }

    private static final class Run implements Runnable {
        final String main;
        final String[] args;
        final InputStream in;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final List<Runnable> hooks = new ArrayList<>();
        final CountDownLatch over = new CountDownLatch(1);
        final ThreadGroup threads = new ThreadGroup("tool");
        Thread thread;
        private Integer status;
        private boolean exiting;

        Run(JsonNode request) {
            main = request.get("main").asText();
            args = JSON.convertValue(request.get("args"), String[].class);
            in = new ByteArrayInputStream(request.path("stdin").asText("").getBytes(StandardCharsets.UTF_8));
        }

        void begin() {
            thread = new Thread(threads, this, "main");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void run() {
            CURRENT.set(this);
            try {
                Class.forName(main).getMethod("main", String[].class).invoke(null, (Object) args);
                awaitOthers();
                exit(0);
            } catch (InterruptedException stopped) {
                exit(0);
            } catch (InvocationTargetException thrown) {
                if (!isOver()) {
                    System.err.print("Exception in thread \"main\" ");
                    thrown.getCause().printStackTrace(System.err);
                }
                exit(1);
            } catch (ReflectiveOperationException wrong) {
                wrong.printStackTrace(System.err);
                exit(1);
            }
        }

        /** As a JVM does after main: waits for every thread that is not a daemon. */
        private void awaitOthers() throws InterruptedException {
            Thread[] alive = new Thread[1000];
            int count = threads.enumerate(alive);
            for (int index = 0; index < count; index++) {
                if (!alive[index].isDaemon()) alive[index].join();
            }
        }

        /** What a JVM does when it exits: runs the shutdown hooks, then nothing more is printed. */
        void exit(int code) {
            synchronized (this) {
                if (exiting) return;
                exiting = true;
            }
            List<Thread> ending = new ArrayList<>();
            for (Runnable hook : hooks) {
                Thread one = new Thread(() -> {
                    CURRENT.set(this);
                    hook.run();
                });
                one.setDaemon(true);
                one.start();
                ending.add(one);
            }
            for (Thread one : ending) {
                try {
                    one.join(10_000);
                } catch (InterruptedException stopped) {
                    break;
                }
            }
            synchronized (this) {
                status = code;
            }
            over.countDown();
        }

        synchronized boolean isOver() {
            return status != null;
        }

        synchronized void write(ByteArrayOutputStream to, byte[] bytes, int from, int count) {
            if (status == null) to.write(bytes, from, count);
        }

        synchronized ObjectNode result() {
            ObjectNode answer = JSON.createObjectNode();
            answer.put("status", status);
            answer.put("stdout", out.toString(StandardCharsets.UTF_8));
            answer.put("stderr", err.toString(StandardCharsets.UTF_8));
            return answer;
        }

        /** Waits for the end; the status stays null when time is up. */
        ObjectNode await(long timeoutMs) throws InterruptedException {
            boolean ended = over.await(timeoutMs, TimeUnit.MILLISECONDS);
            if (!ended) thread.interrupt();
            thread.join(1_000);
            // A tool that a signal would have killed goes on here: it is told to end.
            thread.interrupt();
            thread.join(5_000);
            return result();
        }
    }

    /** System.out or System.err: writes where the asking thread's run keeps its output. */
    private static PrintStream capturing(boolean isError) {
        return new PrintStream(new OutputStream() {
            @Override
            public void write(int value) {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) {
                Run run = CURRENT.get();
                if (run != null) run.write(isError ? run.err : run.out, bytes, from, count);
            }
        }, true, StandardCharsets.UTF_8);
    }

    /** System.in: reads what the asking thread's run was given. */
    private static InputStream given() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                Run run = CURRENT.get();
                return run == null ? -1 : run.in.read();
            }

            @Override
            public int read(byte[] bytes, int from, int count) throws IOException {
                Run run = CURRENT.get();
                return run == null ? -1 : run.in.read(bytes, from, count);
            }
        };
    }

    private static void leave(int status) {
        Run run = CURRENT.get();
        if (run != null) run.exit(status);
        throw new Ended();
    }

    /** Some tools leave by System.exit, through the library that parses their arguments. */
    @SuppressWarnings("removal")
    private static final class ExitGuard extends SecurityManager {
        @Override
        public void checkExit(int status) {
            if (CURRENT.get() != null) leave(status);
        }

        @Override
        public void checkPermission(Permission allowed) {}
    }

    private static ObjectNode perform(JsonNode request) throws InterruptedException {
        switch (request.get("op").asText()) {
            case "run": {
                Run run = new Run(request);
                run.begin();
                return run.await(request.get("timeoutMs").asLong());
            }
            case "start": {
                Run run = new Run(request);
                STARTED.put(request.get("name").asText(), run);
                run.begin();
                return JSON.createObjectNode();
            }
            default: {
                Run run = STARTED.remove(request.get("name").asText());
                // 128 + SIGTERM, as a shell tells it.
                Thread stopping = new Thread(() -> run.exit(143));
                stopping.start();
                return run.await(request.get("timeoutMs").asLong());
            }
        }
    }

    @SuppressWarnings("removal")
    public static void main(String[] ignored) throws Exception {
        answers = System.out;
        // The logging library greets on stderr once: here, and not within a step.
        LoggerFactory.getLogger(ToolRunner.class);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Policy.setPolicy(new Policy() {
            @Override
            public boolean implies(ProtectionDomain domain, Permission permission) {
                return true;
            }
        });
        System.setSecurityManager(new ExitGuard());
        System.setOut(capturing(false));
        System.setErr(capturing(true));
        System.setIn(given());
        Exit.setExitProcedure((status, message) -> leave(status));
        Exit.setHaltProcedure((status, message) -> leave(status));
        Exit.setShutdownHookAdder((name, hook) -> {
            Run run = CURRENT.get();
            if (run != null) run.hooks.add(hook);
        });
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            JsonNode request = JSON.readTree(line);
            Thread serving = new Thread(() -> {
                ObjectNode answer;
                try {
                    answer = perform(request);
                } catch (Throwable wrong) {
                    answer = JSON.createObjectNode().put("failure", wrong.toString());
                }
                answer.set("id", request.get("id"));
                synchronized (answers) {
                    answers.println(answer);
                    answers.flush();
                }
            });
            serving.setDaemon(true);
            serving.start();
        }
        System.exit(0);
    }
}
