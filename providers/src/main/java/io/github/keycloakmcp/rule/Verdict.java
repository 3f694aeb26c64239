package io.github.keycloakmcp.rule;

import java.util.function.Function;

/**
 * The outcome of a rule: either the value that was decided, or the {@link Refusal} that says why not.
 *
 * <p>Rules return verdicts instead of throwing, so that a shell cannot forget the refused case and every refusal reaches
 * the client, the event log and the server log in one shape.
 *
 * @param <T> what is decided when the rule allows
 */
public sealed interface Verdict<T> {

    /** The rule allows; {@code value} is what it decided. */
    record Allowed<T>(T value) implements Verdict<T> {}

    /** The rule refuses; {@code refusal} says what the client and the administrator are told. */
    record Refused<T>(Refusal refusal) implements Verdict<T> {}

    static <T> Verdict<T> allowed(T value) {
        return new Allowed<>(value);
    }

    static <T> Verdict<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /** Goes on with {@code next} where this verdict allows, keeps the refusal where it does not. */
    default <R> Verdict<R> then(Function<? super T, Verdict<R>> next) {
        if (this instanceof Refused<T> refused) {
            return new Refused<>(refused.refusal());
        }
        return next.apply(((Allowed<T>) this).value());
    }
}
