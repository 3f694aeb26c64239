package io.github.keycloakmcp.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

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
        return fold(next, Verdict::refused);
    }

    /** One value for either verdict. */
    default <R> R fold(Function<? super T, ? extends R> allowed, Function<? super Refusal, ? extends R> refused) {
        return this instanceof Refused<T> refusal
                ? refused.apply(refusal.refusal())
                : allowed.apply(((Allowed<T>) this).value());
    }

    /** The same verdict, its refusal told in another way. */
    default Verdict<T> because(UnaryOperator<Refusal> told) {
        return this instanceof Refused<T> refused ? new Refused<>(told.apply(refused.refusal())) : this;
    }

    /** What was decided; empty where the rule refuses. */
    default Optional<T> decided() {
        return this instanceof Allowed<T> allowed ? Optional.of(allowed.value()) : Optional.empty();
    }

    /** Why the rule refuses; empty where it allows. */
    default Optional<Refusal> reason() {
        return this instanceof Refused<T> refused ? Optional.of(refused.refusal()) : Optional.empty();
    }

    /**
     * Returns what was decided.
     *
     * @param error makes the exception for a refusal
     * @throws X where the rule refuses
     */
    default <X extends Exception> T orThrow(Function<? super Refusal, X> error) throws X {
        if (this instanceof Refused<T> refused) {
            throw error.apply(refused.refusal());
        }
        return ((Allowed<T>) this).value();
    }

    /** Applies {@code rule} to every value, in order: all that was decided, or the first refusal. */
    static <S, T> Verdict<List<T>> all(Collection<S> values, Function<? super S, Verdict<T>> rule) {
        List<T> decided = new ArrayList<>();
        for (S value : values) {
            Verdict<T> verdict = rule.apply(value);
            if (verdict instanceof Refused<T> refused) {
                return refused(refused.refusal());
            }
            decided.add(((Allowed<T>) verdict).value());
        }
        return allowed(List.copyOf(decided));
    }
}
