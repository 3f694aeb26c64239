package io.github.keycloakmcp.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.github.keycloakmcp.rule.Loopback;
import io.github.keycloakmcp.rule.fetch.AddressBlocks;
import io.github.keycloakmcp.rule.fetch.PublicAddress;

/**
 * Resolves names, once for each request, and lets nothing through unless every address is allowed: public ones for a name,
 * those of this computer for {@code localhost} and its literals, and those that an administrator has listed for a host. The
 * connection is made to the addresses returned here, so a name that resolves differently a moment later gains nothing.
 */
final class AddressGuard implements Names {

    private final Names names;
    private final AddressBlocks inside;

    /** @param inside addresses of a private network that are allowed as well */
    AddressGuard(Names names, AddressBlocks inside) {
        this.names = names;
        this.inside = inside;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        boolean loopback = Loopback.isLoopback(host);
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            boolean allowed = loopback
                    ? address.isLoopbackAddress()
                    : PublicAddress.isPublic(address.getAddress()) || inside.contains(address.getAddress());
            if (!allowed) {
                throw new ForbiddenAddressException(host + " has the address " + address.getHostAddress());
            }
        }
        return addresses;
    }
}
