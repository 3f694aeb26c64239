package io.github.keycloakmcp.tests.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

/**
 * What the threads of a server have consumed. A Java virtual machine lists its Java threads only, so that the compiler's
 * and the garbage collector's work, which come and go as they like, are left out.
 */
public final class ServerCosts implements AutoCloseable {

    private final JMXConnector connector;
    private final ThreadMXBean threads;

    private ServerCosts(JMXConnector connector, ThreadMXBean threads) {
        this.connector = connector;
        this.threads = threads;
    }

    /**
     * What one thread has consumed.
     *
     * @param cpu CPU time in nanoseconds
     * @param bytes bytes allocated
     */
    public record Cost(long cpu, long bytes) {

        public static final Cost NONE = new Cost(0, 0);

        public Cost plus(Cost other) {
            return new Cost(cpu + other.cpu, bytes + other.bytes);
        }

        public Cost minus(Cost other) {
            return new Cost(cpu - other.cpu, bytes - other.bytes);
        }
    }

    /** Looks into a process of this user, which is one that we have started ourselves. */
    @SuppressWarnings("BanJNDI")
    public static ServerCosts of(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
            MBeanServerConnection server = connector.getMBeanServerConnection();
            return new ServerCosts(
                    connector,
                    ManagementFactory.newPlatformMXBeanProxy(
                            server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class));
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("cannot look into process " + pid, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything consumed so far, by thread; without the threads that answer this question. */
    public Map<Long, Cost> soFar() {
        long[] ids = threads.getAllThreadIds();
        long[] cpu = threads.getThreadCpuTime(ids);
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        Map<Long, Cost> costs = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            boolean ours = infos[i] != null && infos[i].getThreadName().matches("(RMI|JMX) .*");
            if (cpu[i] >= 0 && !ours) {
                costs.put(ids[i], new Cost(cpu[i], bytes[i]));
            }
        }
        return costs;
    }

    /** What was consumed since {@code before}. */
    public Cost since(Map<Long, Cost> before) {
        return soFar().entrySet().stream()
                .map(now -> now.getValue().minus(before.getOrDefault(now.getKey(), Cost.NONE)))
                .reduce(Cost.NONE, Cost::plus);
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
