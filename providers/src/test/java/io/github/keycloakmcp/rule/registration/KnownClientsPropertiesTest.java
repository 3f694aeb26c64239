package io.github.keycloakmcp.rule.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Cases;
import io.github.keycloakmcp.rule.Chance;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every string that somebody makes of a vendor's address or name. */
class KnownClientsPropertiesTest {

    private static final int TRIES = 50_000;

    private static final RedirectUriRule RULE =
            new RedirectUriRule(List.of(), Set.of(), true, KnownClients.all(), false);

    private static final Pattern CONNECTOR = Pattern.compile(
            "https://(chatgpt\\.com/connector/oauth|global\\.consent\\.azure-apim\\.net/redirect)/[A-Za-z0-9_-]+");

    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)http://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?([/?].*)?");

    private static final List<String> EXACT = KnownClients.all().stream()
            .flatMap(known -> known.redirectUris().stream())
            .filter(uri -> !uri.contains("{id}"))
            .toList();

    private static final List<String> ADDRESSES = KnownClients.all().stream()
            .flatMap(known -> Stream.concat(known.redirectUris().stream(), known.documents().stream()))
            .toList();

    @Test
    void beyondThisComputerCodesGoToTheAddressesInTheFileOnly() {
        Cases.check(TRIES, KnownClientsPropertiesTest::bent, uri -> {
            if (RULE.judge(uri) instanceof Verdict.Allowed) {
                assertThat(isTheVendors(uri) || LOOPBACK.matcher(uri).matches()).isTrue();
            }
        });
    }

    @Test
    void nobodyIsVerifiedWhoseCodesMayGoElsewhere() {
        Cases.check(TRIES, chance -> chance.list(4, () -> bent(chance)), uris -> {
            Optional<KnownClient> proven = KnownClients.proven("", uris);
            if (proven.isPresent()) {
                assertThat(uris).anyMatch(uri -> uri.startsWith("https://"));
                assertThat(uris)
                        .allMatch(uri ->
                                isTheVendors(uri) || LOOPBACK.matcher(uri).matches());
            }
        });
    }

    @Test
    void aNameThatIsReadAsAVendorsIsTheVendorsWhateverStandsAroundItsLetters() {
        Cases.check(
                TRIES,
                KnownClientsPropertiesTest::disguised,
                name -> assertThat(KnownClients.byName(name))
                        .map(KnownClient::id)
                        .contains("claude"));
    }

    @Test
    void anyTextHasASkeleton() {
        Cases.check(TRIES, chance -> chance.text(300), text -> {
            String skeleton = NameSkeleton.of(text);
            assertThat(skeleton.codePoints()).allMatch(Character::isLetterOrDigit);
        });
    }

    private static boolean isTheVendors(String uri) {
        return EXACT.contains(uri) || CONNECTOR.matcher(uri).matches();
    }

    /** A vendor's address with something of it replaced, or nothing. */
    private static String bent(Chance chance) {
        String address = chance.oneOf(ADDRESSES)
                .replace("{id}", chance.oneOf("a1B2", "..", "a/b", "%2e%2e", "", "a?b", "a#b", "\u0430"));
        return switch (chance.upTo(7)) {
            case 0 -> address;
            case 1 -> address + chance.text(3);
            case 2 -> chance.text(2) + address;
            case 3 -> address.replaceFirst("https", chance.oneOf("http", "HTTPS", "ftp", "javascript"));
            case 4 -> address.replaceFirst("://", chance.oneOf("://evil.example/", "://evil@", ":///", ":/", ":\\\\"));
            case 5 ->
                address.replaceFirst("(?<=[a-z])/", chance.oneOf(".evil.example/", ":8443/", ":443/", "@evil/", "./"));
            case 6 ->
                chance.oneOf("http://localhost:1/cb", "http://127.0.0.1/", "cursor://x/y", "https://evil.example/");
            default ->
                new StringBuilder(address)
                        .insert(chance.upTo(address.length()), chance.text(1))
                        .toString();
        };
    }

    private static String disguised(Chance chance) {
        List<List<String>> letters = List.of(
                List.of("C", "c", "\u0421", "\u0441", "\uff23"),
                List.of("l", "L", "1", "I", "|", "\u04cf", "\uff4c"),
                List.of("a", "A", "\u0430", "\u03b1", "\u00e4", "\u0101"),
                List.of("u", "U", "\u00fc", "\u03c5"),
                List.of("d", "D", "\u0501", "\u010f"),
                List.of("e", "E", "\u0435", "\u0415", "\u00e9"));
        List<String> parts = new ArrayList<>();
        for (List<String> letter : letters) {
            parts.add(chance.oneOf("", "", "", " ", ".", "-", "_", "\u00a0"));
            parts.add(chance.oneOf(letter));
        }
        return String.join("", parts) + chance.oneOf("", "", " ", "!", " (official)", " (1)");
    }
}
